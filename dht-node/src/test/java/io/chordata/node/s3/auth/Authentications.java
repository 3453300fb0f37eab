package io.chordata.node.s3.auth;

import io.chordata.node.access.AccessKeys;
import io.vertx.core.Future;

/** For tests whose keys are at hand. */
final class Authentications {
    private Authentications() {}

    /** Every key there is has this secret. */
    static AccessKeys all(String secret) {
        return key -> Future.succeededFuture(secret);
    }

    static Authentication now(Future<Authentication> authentication) {
        if (authentication.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        return authentication.result();
    }
}
