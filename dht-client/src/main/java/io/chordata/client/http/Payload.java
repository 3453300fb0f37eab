package io.chordata.client.http;

import io.chordata.client.checksum.BufferBytes;
import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.checksum.RunningChecksum;
import io.chordata.client.model.BufferContent;
import io.chordata.client.model.Content;
import io.chordata.client.sigv4.ChunkSignatures;
import io.chordata.client.sigv4.Hex;
import io.chordata.client.sigv4.PayloadHash;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * How a body goes over the wire: what is in memory and small as it is, hashed before; what is large or a stream in {@code aws-chunked}, hashed
 * on its way, unless nothing is hashed. The same for all attempts.
 */
final class Payload {
    static final Payload NONE = new Payload(null, PayloadHash.EMPTY, null, false);

    /** More is hashed piece by piece, so that an event loop is not kept from its other requests. */
    private static final int HASHED_BEFORE_MAX_BYTES = 256 << 10;

    private static final ChecksumAlgorithm ALGORITHM = ChecksumAlgorithm.CRC32C;

    private final @Nullable Content content;
    private final String hash;
    private final @Nullable String checksum;
    private final boolean trailer;

    private Payload(@Nullable Content content, String hash, @Nullable String checksum, boolean trailer) {
        this.content = content;
        this.hash = hash;
        this.checksum = checksum;
        this.trailer = trailer;
    }

    /** @param sign whether the body is to be signed, too */
    static Payload of(@Nullable Content content, boolean withChecksum, boolean sign) {
        if (content == null) {
            return NONE;
        }
        if (content instanceof BufferContent memory && content.length() <= HASHED_BEFORE_MAX_BYTES) {
            String hash = sign ? sha256(memory.bytes()) : PayloadHash.UNSIGNED;
            return new Payload(content, hash, withChecksum ? checksum(memory.bytes()) : null, false);
        }
        if (sign) {
            String hash = withChecksum ? PayloadHash.STREAMING_TRAILER : PayloadHash.STREAMING;
            return new Payload(content, hash, null, withChecksum);
        }
        String hash = withChecksum ? PayloadHash.STREAMING_UNSIGNED_TRAILER : PayloadHash.UNSIGNED;
        return new Payload(content, hash, null, withChecksum);
    }

    @Nullable
    Content content() {
        return content;
    }

    /** What is signed of it. */
    String hash() {
        return hash;
    }

    private boolean isChunked() {
        return hash.startsWith("STREAMING");
    }

    private boolean isSigned() {
        return hash.startsWith("STREAMING-AWS4");
    }

    void putHeaders(MultiMap headers) {
        if (content == null) {
            return;
        }
        if (checksum != null) {
            headers.set(ALGORITHM.headerName(), checksum);
        }
        if (!isChunked()) {
            headers.set("Content-Length", Long.toString(content.length()));
            return;
        }
        String encoding = headers.get("Content-Encoding");
        headers.set("Content-Encoding", encoding == null ? "aws-chunked" : "aws-chunked," + encoding);
        headers.set("x-amz-decoded-content-length", Long.toString(content.length()));
        String name = trailer ? ALGORITHM.headerName() : null;
        if (name != null) {
            headers.set("x-amz-trailer", name);
        }
        headers.set(
                "Content-Length", Long.toString(AwsChunkedEncoder.encodedLength(content.length(), isSigned(), name)));
    }

    /** @return null if bytes go as they are */
    @Nullable
    AwsChunkedEncoder encoder(ChunkSignatures signatures) {
        return isChunked()
                ? new AwsChunkedEncoder(isSigned() ? signatures : null, trailer ? ALGORITHM.start() : null)
                : null;
    }

    private static String checksum(Buffer bytes) {
        RunningChecksum running = ALGORITHM.start();
        running.update(bytes);
        return running.text();
    }

    private static String sha256(Buffer bytes) {
        MessageDigest sha256 = Digests.sha256();
        BufferBytes.update(sha256, bytes);
        return Hex.of(sha256.digest());
    }
}
