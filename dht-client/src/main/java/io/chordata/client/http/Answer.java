package io.chordata.client.http;

import io.chordata.client.model.ChordataException;
import io.chordata.client.retry.Failure;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import org.jspecify.annotations.Nullable;

/** The answer to an attempt that was not refused. Its body is read in the turn in which it arrives, or never. */
public final class Answer {
    private final HttpClientResponse response;
    private final Runnable onProgress;
    private final Runnable onEnd;
    private final boolean withBody;

    /**
     * @param withBody false where HTTP has none, as for HEAD
     * @param onEnd when the body was read to its end
     */
    Answer(HttpClientResponse response, boolean withBody, Runnable onProgress, Runnable onEnd) {
        this.response = response;
        this.withBody = withBody;
        this.onProgress = onProgress;
        this.onEnd = onEnd;
    }

    public int status() {
        return response.statusCode();
    }

    public MultiMap headers() {
        return response.headers();
    }

    public @Nullable String header(String name) {
        return response.getHeader(name);
    }

    /** The body as a stream, from here on the caller's to watch. */
    public HttpClientResponse stream() {
        return response;
    }

    /** The whole body, of a length that fits into memory. */
    public Future<Buffer> body(int maxBytes) {
        if (!withBody) {
            return Future.succeededFuture(Buffer.buffer());
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer target = Buffer.buffer();
        response.handler(piece -> {
            onProgress.run();
            if (target.length() + piece.length() > maxBytes) {
                whole.tryFail(tooLong(maxBytes));
                response.request().reset();
            } else {
                target.appendBuffer(piece);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> {
            onEnd.run();
            whole.tryComplete(target);
        });
        return whole.future();
    }

    private static AttemptFailure tooLong(int maxBytes) {
        return AttemptFailure.unanswered(
                Failure.answered(200, ChordataException.MALFORMED_ANSWER),
                ChordataException.of(
                        ChordataException.MALFORMED_ANSWER, "the answer has more than " + maxBytes + " bytes"));
    }
}
