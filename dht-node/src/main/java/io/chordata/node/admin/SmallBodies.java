package io.chordata.node.admin;

import io.chordata.node.http.CutOff;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads bodies of requests, which are held whole and therefore small. */
final class SmallBodies {
    static final int MAX_BYTES = 16 << 10;

    private final Vertx vertx;
    private final long bodyMillis;

    /** @param bodyMillis how long a client may take to send one before it is cut off */
    SmallBodies(Vertx vertx, long bodyMillis) {
        this.vertx = vertx;
        this.bodyMillis = bodyMillis;
    }

    /** Of a request that is paused. Fails with 413 where it is too long; the rest of it is read, but not kept. */
    Future<Buffer> read(HttpServerRequest request) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        long deadline = vertx.setTimer(bodyMillis, late -> CutOff.now(request.connection()));
        request.handler(piece -> {
            if (whole.future().isComplete() || body.length() + piece.length() > MAX_BYTES) {
                whole.tryFail(new ProblemException(
                        413, "Body too long", "no request here has a body of more than " + MAX_BYTES + " bytes"));
            } else {
                body.appendBuffer(piece);
            }
        });
        request.endHandler(end -> {
            vertx.cancelTimer(deadline);
            whole.tryComplete(body);
        });
        request.exceptionHandler(failure -> {
            vertx.cancelTimer(deadline);
            whole.tryFail(failure);
        });
        request.resume();
        return whole.future();
    }

    /** In hex digits. */
    static String sha256(Buffer body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
