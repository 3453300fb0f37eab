package io.chordata.node.admin;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;

/**
 * Lets in who may ask: by a signature, or by the session of a browser. To read needs neither where only this machine can
 * connect; to change anything always does. Futures complete on the caller's loop and fail with {@link ProblemException}.
 */
final class SignIn {
    private final AdminAuthenticator signatures;
    private final Sessions sessions;
    private final boolean readsFreely;

    /** @param readsFreely whether the port is bound to loopback */
    SignIn(AdminAuthenticator signatures, Sessions sessions, boolean readsFreely) {
        this.signatures = signatures;
        this.sessions = sessions;
        this.readsFreely = readsFreely;
    }

    boolean readsFreely() {
        return readsFreely;
    }

    Future<Void> toRead(HttpServerRequest request) {
        if (readsFreely) {
            return Future.succeededFuture();
        }
        return isBySession(request)
                ? sessions.ofReader(request).mapEmpty()
                : signatures.authenticate(request).mapEmpty();
    }

    /** Completes with who asks, and the body that was signed. */
    Future<ChangeRequest> toChange(HttpServerRequest request, SmallBodies bodies) {
        request.pause();
        if (isBySession(request)) {
            return sessions.ofWriter(request)
                    .compose(
                            accessKey -> bodies.read(request).map(body -> new ChangeRequest(request, accessKey, body)));
        }
        return signatures
                .authenticate(request)
                .compose(signature -> bodies.read(request)
                        .compose(body -> SmallBodies.sha256(body).equals(signature.bodySha256())
                                ? Future.succeededFuture(new ChangeRequest(request, signature.accessKey(), body))
                                : Future.failedFuture(new ProblemException(
                                        400, "Wrong body", "the body has not the SHA-256 in x-amz-content-sha256"))));
    }

    private static boolean isBySession(HttpServerRequest request) {
        return request.getHeader("Authorization") == null && Sessions.isNamedBy(request);
    }
}
