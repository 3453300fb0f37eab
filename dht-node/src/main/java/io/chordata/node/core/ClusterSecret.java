package io.chordata.node.core;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the nodes of a cluster know and nobody else: who knows it may join, read and write everything. Never printed, never
 * handed out; keys for a purpose are derived from it (HKDF with SHA-256, RFC 5869).
 */
public final class ClusterSecret {
    public static final int BYTES_MIN = 32;
    public static final int KEY_BYTES = 32;

    /** Fewer tell of a placeholder, {@code changeme} again and again; 32 random bytes in any encoding have more. */
    private static final int DISTINCT_MIN = 10;

    private static final int BYTES_MAX = 4096;
    private static final String MAC = "HmacSHA256";

    private final byte[] bytes;

    private ClusterSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The text itself is the secret, blanks and line ends around it aside, whatever it encodes.
     *
     * @throws IllegalArgumentException if it is too short, too long, or made of too few characters; never quotes it
     */
    public static ClusterSecret of(String text) {
        byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < BYTES_MIN || bytes.length > BYTES_MAX) {
            throw new IllegalArgumentException("the cluster secret must have " + BYTES_MIN + " to " + BYTES_MAX
                    + " bytes, it has " + bytes.length);
        }
        if (text.strip().chars().distinct().count() < DISTINCT_MIN) {
            throw new IllegalArgumentException(
                    "the cluster secret must be random, it has fewer than " + DISTINCT_MIN + " different characters");
        }
        return new ClusterSecret(bytes);
    }

    /** A new secret as text for {@link #of}: 32 random bytes, 43 characters. */
    public static String newText(RandomSource random) {
        byte[] bytes = new byte[BYTES_MIN];
        random.nextUint128().writeTo(bytes, 0);
        random.nextUint128().writeTo(bytes, Uint128.BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What keys for many purposes follow from: one for each salt. */
    public Keys keysFor(byte[] salt) {
        return new Keys(hmac(salt, bytes));
    }

    /** Keys that follow from the secret and a salt, one for each label, none telling of another or of the secret. */
    public static final class Keys {
        private final byte[] pseudoRandomKey;

        private Keys(byte[] pseudoRandomKey) {
            this.pseudoRandomKey = pseudoRandomKey;
        }

        /** {@link #KEY_BYTES} bytes: the first block of HKDF's expansion. */
        public byte[] key(String label) {
            byte[] info = label.getBytes(StandardCharsets.US_ASCII);
            byte[] input = Arrays.copyOf(info, info.length + 1);
            input[info.length] = 1;
            return hmac(pseudoRandomKey, input);
        }

        @Override
        public String toString() {
            return "Keys[…]";
        }
    }

    /** HMAC-SHA-256; the key is never empty. */
    public static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }

    @Override
    public String toString() {
        return "ClusterSecret[…]";
    }
}
