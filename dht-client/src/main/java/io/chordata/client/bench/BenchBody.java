package io.chordata.client.bench;

import io.chordata.client.sigv4.Hex;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.SplittableRandom;

/**
 * What goes with a request: the body of every object is random bytes, which nothing can compress, in pieces of up to 1 MiB
 * that repeat. Hashed once, so that the client's hashing is not what is measured.
 */
final class BenchBody {
    private static final int PIECE_BYTES = 1 << 20;

    private final long size;
    private final Buffer piece;
    private final String sha256;

    BenchBody(long size) {
        this(size, random(size));
    }

    private BenchBody(long size, byte[] piece) {
        this.size = size;
        this.piece = Buffer.buffer(piece);
        this.sha256 = hash(piece, size);
    }

    /** @param text of up to 1 MiB */
    static BenchBody of(Buffer text) {
        return new BenchBody(text.length(), text.getBytes());
    }

    private static byte[] random(long size) {
        byte[] bytes = new byte[(int) Math.min(size, PIECE_BYTES)];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    long size() {
        return size;
    }

    String sha256() {
        return sha256;
    }

    /** Completes when the last byte was handed to the connection. */
    Future<Void> sendTo(HttpClientRequest request) {
        return size <= PIECE_BYTES ? request.end(piece) : sendRest(request, size);
    }

    private Future<Void> sendRest(HttpClientRequest request, long rest) {
        if (rest <= PIECE_BYTES) {
            return request.end(piece.slice(0, (int) rest));
        }
        return request.write(piece).compose(written -> sendRest(request, rest - PIECE_BYTES));
    }

    private static String hash(byte[] piece, long size) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (long rest = size; rest > 0; rest -= piece.length) {
                digest.update(piece, 0, (int) Math.min(rest, piece.length));
            }
            return Hex.of(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
