package io.chordata.node.admin;

import io.chordata.node.http.CutOff;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Sends JSON that grows with the cluster, piece by piece and no faster than the client reads, so that it never stands in memory
 * as a whole. Only so many at once, and each for so long: what they are made of stays in memory meanwhile.
 */
final class LargeAnswers {
    static final int OPEN_MAX = 16;

    private static final int PIECE_BYTES = 64 << 10;

    private final Vertx vertx;
    private final long answerMillis;
    private final AtomicInteger open = new AtomicInteger();

    /** @param answerMillis how long a client may take to read one */
    LargeAnswers(Vertx vertx, long answerMillis) {
        this.vertx = vertx;
        this.answerMillis = answerMillis;
    }

    int open() {
        return open.get();
    }

    /** A JSON object with an array in it. */
    <T> Future<Void> send(
            HttpServerRequest request,
            JsonObject frame,
            String arrayName,
            Iterator<T> elements,
            Function<T, JsonObject> shape) {
        return sendTexts(request, frame, arrayName, elements, shape.andThen(JsonObject::encode));
    }

    /** The same, of elements that know their JSON as text. */
    <T> Future<Void> sendTexts(
            HttpServerRequest request,
            JsonObject frame,
            String arrayName,
            Iterator<T> elements,
            Function<T, String> shape) {
        String text = frame.encode();
        String head = text.substring(0, text.length() - 1) + (frame.isEmpty() ? "" : ",") + '"' + arrayName + "\":[";
        return send(request, new Pieces<>(head, elements, shape, "]}"));
    }

    /** A JSON array. */
    <T> Future<Void> send(HttpServerRequest request, Iterator<T> elements, Function<T, JsonObject> shape) {
        return send(request, new Pieces<>("[", elements, shape.andThen(JsonObject::encode), "]"));
    }

    private Future<Void> send(HttpServerRequest request, Pieces<?> pieces) {
        Buffer first = pieces.next();
        if (!pieces.hasNext()) {
            Answers.send(request, 200, Answers.JSON, first);
            return Future.succeededFuture();
        }
        if (open.incrementAndGet() > OPEN_MAX) {
            open.decrementAndGet();
            return Future.failedFuture(new ProblemException(
                    503, "Too many answers", OPEN_MAX + " large answers are being sent; ask again in a second"));
        }
        new Sending(request, pieces).begin(first);
        return Future.succeededFuture();
    }

    /** Cuts the document into buffers. */
    private static final class Pieces<T> {
        private final Iterator<T> elements;
        private final Function<T, String> shape;
        private final String tail;
        private String before;
        private boolean isDone;

        Pieces(String head, Iterator<T> elements, Function<T, String> shape, String tail) {
            this.before = head;
            this.elements = elements;
            this.shape = shape;
            this.tail = tail;
        }

        boolean hasNext() {
            return !isDone;
        }

        Buffer next() {
            Buffer piece = Buffer.buffer();
            while (elements.hasNext() && piece.length() < PIECE_BYTES) {
                piece.appendString(before).appendString(shape.apply(elements.next()));
                before = ",";
            }
            if (!elements.hasNext()) {
                piece.appendString(before.equals(",") ? "" : before).appendString(tail);
                isDone = true;
            }
            return piece;
        }
    }

    /** One answer under way; runs on its connection's loop. */
    private final class Sending {
        private final HttpServerResponse response;
        private final boolean isHead;
        private final Pieces<?> pieces;
        private final long deadline;
        private boolean isOver;

        Sending(HttpServerRequest request, Pieces<?> pieces) {
            this.response = request.response();
            this.isHead = request.method().equals(HttpMethod.HEAD);
            this.pieces = pieces;
            this.deadline = vertx.setTimer(answerMillis, late -> cutOff(request));
        }

        /** A connection that is gone already tells nobody. */
        private void cutOff(HttpServerRequest request) {
            CutOff.now(request.connection());
            over();
        }

        void begin(Buffer first) {
            Answers.head(response, 200, Answers.JSON).setChunked(true).closeHandler(closed -> over());
            response.exceptionHandler(failure -> over());
            if (isHead) {
                response.end();
                over();
            } else {
                response.write(first);
                goOn();
            }
        }

        private void goOn() {
            while (!isOver && pieces.hasNext()) {
                if (response.writeQueueFull()) {
                    response.drainHandler(drained -> goOn());
                    return;
                }
                response.write(pieces.next());
            }
            if (!isOver) {
                response.end();
                over();
            }
        }

        private void over() {
            if (!isOver) {
                isOver = true;
                vertx.cancelTimer(deadline);
                open.decrementAndGet();
            }
        }
    }
}
