package io.chordata.node.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/**
 * Lets in who may ask. To read needs no sign-in where only this machine can connect; to change anything always does. Futures
 * complete on the caller's loop and fail with {@link ProblemException}.
 */
final class SignIn {
    private final AdminAuthenticator signatures;
    private final boolean readsFreely;

    /** @param readsFreely whether the port is bound to loopback */
    SignIn(AdminAuthenticator signatures, boolean readsFreely) {
        this.signatures = signatures;
        this.readsFreely = readsFreely;
    }

    boolean readsFreely() {
        return readsFreely;
    }

    Future<Void> toRead(HttpServerRequest request) {
        return readsFreely
                ? Future.succeededFuture()
                : signatures.authenticate(request).mapEmpty();
    }

    /** Completes with who asks, and the body that was signed. */
    Future<ChangeRequest> toChange(HttpServerRequest request, SmallBodies bodies) {
        request.pause();
        return signatures
                .authenticate(request)
                .compose(signature -> bodies.read(request).compose(body -> {
                    if (!SmallBodies.sha256(body).equals(signature.bodySha256())) {
                        return Future.failedFuture(new ProblemException(
                                400, "Wrong body", "the body has not the SHA-256 in x-amz-content-sha256"));
                    }
                    return Future.succeededFuture(new ChangeRequest(request, signature.accessKey(), body));
                }));
    }
}
