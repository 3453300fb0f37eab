package io.chordata.client.admin;

import io.chordata.client.sigv4.PayloadHash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a small body, as signatures name it. */
final class BodyHash {
    private BodyHash() {}

    static String of(String body) {
        if (body.isEmpty()) {
            return PayloadHash.EMPTY;
        }
        try {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
