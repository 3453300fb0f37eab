package io.chordata.node.s3.auth;

import io.chordata.node.core.Clock;

/** Verifies that a request was signed with Signature V4, in its header or in its query, by a key that we know. */
public final class Authenticator {
    public Authenticator(AccessKeys keys, Clock clock) {}

    /** @throws AuthException if it was not; about the signature, never about the body */
    public Authentication authenticate(SignedRequest request) {
        throw new UnsupportedOperationException();
    }
}
