package io.chordata.client.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that signatures are made of. */
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
