package io.chordata.node.s3;

import io.chordata.node.http.CutOff;
import io.chordata.node.s3.xml.XmlWriter;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * Sends the answer of one request.
 *
 * <p>The rest of a request that was answered before its body was read is thrown away while that is little, so that the
 * connection lives on. If it is much, or may never come because the client waited for 100-continue, the connection ends;
 * but not at once: closed over unread bytes, it would be reset, and the client might lose the answer.
 *
 * <p>A failure after the first byte of a body ends the connection: a length was promised, and nothing can be padded.
 */
final class AnswerSender {
    private static final long DISCARDED_FOR_REUSE_BYTES = 1 << 20;
    private static final long LINGER_MILLIS = 10_000;
    /** Less than this is in the socket before anybody could wait for it. */
    private static final int PACED_BYTES_MIN = 64 << 10;

    private static final int MIN_STATUS_WITH_BODY = 200;

    private final Edge edge;
    private final Entrance entrance;
    private final HttpServerRequest http;
    private final HttpServerResponse response;
    private final ContinuingBody body;
    private final String requestId;
    private Ending ending = (status, failure) -> {};
    private boolean closes;

    /** Is told once, when the last byte went to the socket or nothing more can. */
    @FunctionalInterface
    interface Ending {
        /** @param failure why the answer did not go out whole, null if it did */
        void onEnd(int status, @Nullable Throwable failure);
    }

    AnswerSender(Edge edge, Entrance entrance, HttpServerRequest http, ContinuingBody body, String requestId) {
        this.edge = edge;
        this.entrance = entrance;
        this.http = http;
        this.response = http.response();
        this.body = body;
        this.requestId = requestId;
    }

    void onEnd(Ending newEnding) {
        ending = newEnding;
    }

    /** The framing of what follows on the connection cannot be trusted. */
    void closeAfterAnswer() {
        closes = true;
    }

    void send(S3Answer answer) {
        try {
            writeHead(answer);
            sendBody(answer).onComplete(sent -> end(answer.status(), sent.cause()));
        } catch (IllegalArgumentException e) {
            answer.abandon();
            end(answer.status(), e);
        }
    }

    private void writeHead(S3Answer answer) {
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        putCommonHeaders();
        boolean bodyAllowed = answer.status() >= MIN_STATUS_WITH_BODY && answer.status() != 204;
        if (bodyAllowed && answer.status() != 304) {
            response.putHeader("Content-Length", Long.toString(answer.length()));
        }
        putConnection();
    }

    private void putConnection() {
        if (closes || !canReuse()) {
            closes = true;
            ConnectionEnd.announce(http.connection());
            response.putHeader("Connection", "close");
        }
    }

    private void putCommonHeaders() {
        if (http.method() != HttpMethod.HEAD) {
            entrance.headers().forEach(response::putHeader);
            String type = response.headers().get(HttpHeaders.CONTENT_TYPE);
            if (type != null) {
                response.putHeader(HttpHeaders.CONTENT_TYPE, entrance.types().apply(type));
            }
        }
        response.putHeader("Server", "Chordata")
                .putHeader("Date", HttpDates.header(edge.basics().clock().wallMillis()))
                .putHeader(
                        GetRoutingHandler.VERSION_HEADER,
                        Long.toString(edge.basics().routing().version()))
                .putHeader("x-amz-request-id", requestId)
                .putHeader("x-amz-id-2", edge.basics().hostId());
    }

    private Future<Void> sendBody(S3Answer answer) {
        ReadStream<Buffer> stream = answer.stream();
        if (stream != null) {
            return new PacedBody(edge, http).send(stream);
        }
        Buffer buffer = answer.buffer();
        if (buffer == null || http.method() == HttpMethod.HEAD) {
            return response.end();
        }
        return buffer.length() < PACED_BYTES_MIN ? response.end(buffer) : new PacedBody(edge, http).send(buffer);
    }

    /**
     * Sends the answer to a request that may take longer than clients wait. Until it is there, white space goes out before
     * the document; a failure then comes in the body of a 200, as S3 does it and its clients know.
     */
    void sendLate(Future<S3Answer> answer) {
        KeepAlive keepAlive = new KeepAlive();
        keepAlive.start();
        answer.onSuccess(ready -> {
            if (keepAlive.stop()) {
                endLate(ready);
            } else {
                send(ready);
            }
        });
    }

    private void endLate(S3Answer answer) {
        Buffer document = answer.buffer();
        if (document == null) {
            throw new IllegalStateException("only documents can come late");
        }
        Buffer rest = document.slice(XmlWriter.DECLARATION.length(), document.length());
        response.end(rest).onComplete(sent -> end(answer.status(), sent.cause()));
    }

    private final class KeepAlive {
        private long timer;
        private boolean begun;

        void start() {
            timer = edge.vertx().setPeriodic(edge.options().keepAliveMillis(), tick -> tick());
        }

        /** True if the head has been sent. */
        boolean stop() {
            edge.vertx().cancelTimer(timer);
            return begun;
        }

        private void tick() {
            if (!begun) {
                begun = true;
                response.setStatusCode(200).setChunked(true).putHeader("Content-Type", "application/xml");
                putCommonHeaders();
                putConnection();
                response.write(XmlWriter.DECLARATION);
            }
            response.write(" ");
        }
    }

    private void end(int status, @Nullable Throwable failure) {
        ending.onEnd(status, failure);
        if (failure != null) {
            ConnectionEnd.announce(http.connection());
            CutOff.now(http.connection());
        } else if (closes) {
            linger();
        } else {
            discardRest();
        }
    }

    /** True unless too much of the request may be unread for the connection to serve another. */
    private boolean canReuse() {
        if (body.isAwaited() || body.isTooSlow()) {
            return false;
        }
        String length = http.getHeader("Content-Length");
        if (length == null) {
            return !http.headers().contains("Transfer-Encoding") || http.isEnded();
        }
        return http.isEnded() || Long.parseLong(length) - http.bytesRead() <= DISCARDED_FOR_REUSE_BYTES;
    }

    /** At the pace that a body must have. */
    private void discardRest() {
        if (http.isEnded()) {
            return;
        }
        Handler<Throwable> onGone = cause -> {
            if (body.isTooSlow()) {
                http.connection().close();
            }
        };
        body.discard(onGone, all -> {});
    }

    private void linger() {
        if (http.isEnded()) {
            http.connection().close();
            return;
        }
        long timer =
                edge.vertx().setTimer(LINGER_MILLIS, late -> http.connection().close());
        body.discard(gone -> {}, all -> {
            edge.vertx().cancelTimer(timer);
            http.connection().close();
        });
    }
}
