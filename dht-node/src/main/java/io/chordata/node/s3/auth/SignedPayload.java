package io.chordata.node.s3.auth;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A body freed from its aws-chunked encoding. Its stream fails, and {@link #verify} refuses, with {@link AuthException}:
 * INCOMPLETE_BODY, SIGNATURE_MISMATCH, MALFORMED_TRAILER, BAD_DIGEST, CONTENT_SHA256_MISMATCH.
 */
public interface SignedPayload extends Payload {
    /** The algorithm that the client named by a checksum header or trailer, else the fallback; null for none. */
    @Nullable
    ChecksumAlgorithm keptChecksum();

    /** True if a Content-MD5 or a checksum came with the request, or will come in its trailer. */
    boolean isDigested();
}
