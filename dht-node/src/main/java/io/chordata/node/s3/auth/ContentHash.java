package io.chordata.node.s3.auth;

import io.chordata.client.sigv4.Hex;
import io.chordata.client.sigv4.PayloadHash;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What {@code x-amz-content-sha256} may say. */
final class ContentHash {
    private static final int SHA256_DIGITS = 64;
    private static final String ECDSA = "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD";
    private static final String ECDSA_TRAILER = ECDSA + "-TRAILER";

    private static final Set<String> WORDS = Set.of(
            PayloadHash.UNSIGNED,
            PayloadHash.STREAMING_UNSIGNED_TRAILER,
            PayloadHash.STREAMING,
            PayloadHash.STREAMING_TRAILER,
            ECDSA,
            ECDSA_TRAILER);

    private ContentHash() {}

    /** True for the bodies whose signatures nobody here can check. */
    static boolean isEcdsa(String value) {
        return value.equals(ECDSA) || value.equals(ECDSA_TRAILER);
    }

    /** @throws AuthException INVALID_HASH, with or without a body to hold to it */
    static void require(String value) {
        if (!WORDS.contains(value) && !Hex.isLowerHex(value, SHA256_DIGITS)) {
            Map<String, String> details = new LinkedHashMap<>();
            details.put("ArgumentName", Authenticator.CONTENT_SHA256);
            details.put("ArgumentValue", value);
            throw new AuthException(
                    AuthError.INVALID_HASH,
                    "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER,"
                            + " STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER,"
                            + " STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER"
                            + " or a valid sha256 value.",
                    details);
        }
    }
}
