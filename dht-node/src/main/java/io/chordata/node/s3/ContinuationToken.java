package io.chordata.node.s3;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Where the next page begins, as an opaque text. Holds the last name of the page before, so it means the same on every
 * node and after any writes in between.
 */
final class ContinuationToken {
    /** Tells our tokens from other texts, and this form from later ones. */
    private static final String PREFIX = "1";

    private ContinuationToken() {}

    static String of(String startAfter) {
        return PREFIX
                + Base64.getUrlEncoder().withoutPadding().encodeToString(startAfter.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws S3Exception INVALID_ARGUMENT if it is not one of ours */
    static String startAfter(String token) {
        try {
            if (token.startsWith(PREFIX)) {
                byte[] bytes = Base64.getUrlDecoder().decode(token.substring(PREFIX.length()));
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // answered below, together with tokens of another form
        }
        throw S3Error.INVALID_ARGUMENT
                .with("The continuation token provided is incorrect")
                .detail("ArgumentName", "continuation-token");
    }
}
