package io.chordata.node.s3.auth;

import io.chordata.node.block.ChecksumAlgorithm;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A request whose signature was found good: who sent it, and how its body is to be read and verified. */
public final class Authentication {
    private final String accessKey;
    private final boolean presigned;

    Authentication(String accessKey, boolean presigned) {
        this.accessKey = accessKey;
        this.presigned = presigned;
    }

    public String accessKey() {
        return accessKey;
    }

    public boolean isPresigned() {
        return presigned;
    }

    /** What {@code x-amz-checksum-ALGORITHM} headers speak of. */
    public enum ChecksumHeaders {
        OF_THE_BODY,
        /** CompleteMultipartUpload: of the object that comes of it, which is not this body. */
        OF_THE_OBJECT
    }

    /**
     * The decoded body. Everything that the headers promise of it is checked for sense here, before a byte is read (and
     * before 100-continue): lengths, Content-MD5, checksums, trailers announced.
     *
     * @param raw the bytes as they come off the wire; paused, and left so
     * @param fallback an algorithm to compute and keep if the client names none; null for none
     * @throws AuthException MISSING_LENGTH, INVALID_DIGEST, INVALID_REQUEST, UNSUPPORTED_BODY
     */
    public SignedPayload payload(
            ReadStream<Buffer> raw, ChecksumHeaders headers, @Nullable ChecksumAlgorithm fallback) {
        throw new UnsupportedOperationException();
    }
}
