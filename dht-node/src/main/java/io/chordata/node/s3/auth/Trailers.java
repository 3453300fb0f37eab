package io.chordata.node.s3.auth;

import io.chordata.client.sigv4.ChunkSignatures;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The lines after the last chunk: the one trailer that was announced, and its signature where chunks are signed. */
final class Trailers {
    private static final String SIGNATURE = "x-amz-trailer-signature";
    private static final int MAX_LINES = 8;

    private final @Nullable String announced;
    private final boolean signed;
    private @Nullable String value;
    private boolean verified;
    private int lines;

    /** @param signed whether a signature must follow, if anything was announced */
    Trailers(@Nullable String announced, boolean signed) {
        this.announced = announced;
        this.signed = signed && announced != null;
    }

    @Nullable
    String value() {
        return value;
    }

    /** Takes a line without its end; true if it was the last. */
    boolean add(String line, @Nullable ChunkSignatures signatures) {
        lines++;
        if (lines > MAX_LINES) {
            throw malformed("too many lines");
        }
        if (line.isEmpty()) {
            return endsHere();
        }
        int colon = line.indexOf(':');
        String name = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
        String text = line.substring(colon + 1).strip();
        if (signed && !verified && value != null && signatures != null && name.equals(SIGNATURE)) {
            verify(text, signatures);
        } else if (name.equals(announced) && value == null) {
            value = text;
        } else {
            throw malformed("a trailer that x-amz-trailer did not announce, or more than one");
        }
        return false;
    }

    private boolean endsHere() {
        if (announced != null && value == null) {
            throw malformed(announced + " is missing");
        }
        return !signed || verified;
    }

    private void verify(String text, ChunkSignatures signatures) {
        String expected = signatures.trailer(Collections.singletonMap(announced, value));
        if (!Authenticator.sameSignature(expected, text)) {
            throw new AuthException(AuthError.SIGNATURE_MISMATCH, "The signature of the trailer does not match");
        }
        verified = true;
    }

    private static AuthException malformed(String what) {
        return new AuthException(AuthError.MALFORMED_TRAILER, "The trailer of the body is malformed: " + what);
    }
}
