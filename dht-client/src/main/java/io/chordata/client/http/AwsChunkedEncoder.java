package io.chordata.client.http;

import io.chordata.client.checksum.BufferBytes;
import io.chordata.client.checksum.RunningChecksum;
import io.chordata.client.sigv4.ChunkSignatures;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a body in the chunks of {@code aws-chunked}: signed if there are signatures, with a checksum behind the last one
 * if there is one. Every chunk but the last has {@link #CHUNK_BYTES}, so that the length is known before.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">S3 API reference,
 *     Signature calculations for trailing headers</a>
 */
final class AwsChunkedEncoder {
    static final int CHUNK_BYTES = 128 << 10;

    private static final String SIGNATURE = ";chunk-signature=";
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature:";
    private static final String LINE_END = "\r\n";
    private static final int HEX_SIGNATURE = 64;
    private static final int BASE64_CRC = 8;

    /** What goes around a chunk, at most. */
    private static final int LINES_BYTES = 128;

    private final @Nullable ChunkSignatures signatures;
    private final @Nullable RunningChecksum checksum;
    private final MessageDigest sha256 = Digests.sha256();
    private Buffer held = Buffer.buffer();

    AwsChunkedEncoder(@Nullable ChunkSignatures signatures, @Nullable RunningChecksum checksum) {
        this.signatures = signatures;
        this.checksum = checksum;
    }

    /** @param trailerName of a CRC of 32 bits, or null */
    static long encodedLength(long decoded, boolean signed, @Nullable String trailerName) {
        long full = decoded / CHUNK_BYTES;
        int rest = (int) (decoded % CHUNK_BYTES);
        long length = full * chunkLength(CHUNK_BYTES, signed) + (rest == 0 ? 0 : chunkLength(rest, signed));
        length += lineLength(0, signed);
        if (trailerName != null) {
            length += trailerName.length() + 1 + BASE64_CRC + LINE_END.length();
            length += signed ? TRAILER_SIGNATURE.length() + HEX_SIGNATURE + LINE_END.length() : 0;
        }
        return length + LINE_END.length();
    }

    private static long chunkLength(int size, boolean signed) {
        return (long) lineLength(size, signed) + size + LINE_END.length();
    }

    private static int lineLength(int size, boolean signed) {
        return Integer.toHexString(size).length()
                + (signed ? SIGNATURE.length() + HEX_SIGNATURE : 0)
                + LINE_END.length();
    }

    /** What can be sent now; may be empty. */
    Buffer update(Buffer piece) {
        if (checksum != null) {
            checksum.update(piece);
        }
        int chunks = (held.length() + piece.length()) / CHUNK_BYTES;
        Buffer target = Buffer.buffer(chunks * (CHUNK_BYTES + LINES_BYTES));
        int at = 0;
        if (chunks > 0 && held.length() > 0) {
            at = CHUNK_BYTES - held.length();
            appendChunk(target, held.appendBuffer(piece, 0, at));
            held = Buffer.buffer();
        }
        for (; piece.length() - at >= CHUNK_BYTES; at += CHUNK_BYTES) {
            appendChunk(target, piece.slice(at, at + CHUNK_BYTES));
        }
        if (at < piece.length()) {
            held.appendBuffer(piece, at, piece.length() - at);
        }
        return target;
    }

    /** The rest, the chunk that ends it, and the trailer. */
    Buffer end() {
        Buffer target = Buffer.buffer(held.length() + HEX_SIGNATURE * 8);
        if (held.length() > 0) {
            appendChunk(target, held);
        }
        appendLine(target, Buffer.buffer());
        if (checksum != null) {
            appendTrailer(target, checksum);
        }
        return target.appendString(LINE_END);
    }

    private void appendChunk(Buffer target, Buffer chunk) {
        appendLine(target, chunk);
        target.appendBuffer(chunk).appendString(LINE_END);
    }

    private void appendLine(Buffer target, Buffer chunk) {
        target.appendString(Integer.toHexString(chunk.length()));
        if (signatures != null) {
            target.appendString(SIGNATURE).appendString(signatures.next(sha256(chunk)));
        }
        target.appendString(LINE_END);
    }

    private void appendTrailer(Buffer target, RunningChecksum sum) {
        String name = sum.algorithm().headerName();
        String value = sum.text();
        target.appendString(name + ':' + value + LINE_END);
        if (signatures != null) {
            target.appendString(TRAILER_SIGNATURE + signatures.trailer(Map.of(name, value)) + LINE_END);
        }
    }

    private byte[] sha256(Buffer chunk) {
        BufferBytes.update(sha256, chunk);
        return sha256.digest();
    }
}
