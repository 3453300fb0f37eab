package io.chordata.client.http;

import io.chordata.client.model.BufferContent;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.retry.Failure;
import io.chordata.client.retry.RetryAfter;
import io.chordata.client.routing.Endpoint;
import io.chordata.client.sigv4.ChunkSignatures;
import io.chordata.client.xml.ErrorDocument;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request to one endpoint. Fails with {@link AttemptFailure} alone. All of it happens on one event loop; a timer fails
 * it when the endpoint, not the content, keeps us waiting for too long.
 */
final class Attempt<T> {
    /** A body that is longer waits until the endpoint says that it wants it. */
    private static final int UNASKED_MAX_BYTES = 1 << 20;

    private static final int IN_ONE_PIECE_MAX_BYTES = 128 << 10;

    /** For endpoints that never say it, as curl does. */
    private static final long CONTINUE_MILLIS = 1_000;

    private static final String TOO_EARLY = "a success before the body was sent";

    private static final int ERROR_MAX_BYTES = 64 << 10;

    private final Vertx vertx;
    private final long idleMillis;
    private final ApiRequest request;
    private final Signed signed;
    private final AnswerReader<T> reader;
    private final Handler<HttpClientResponse> onHead;
    private final Promise<T> result = Promise.promise();

    private @Nullable HttpClientRequest http;
    private @Nullable BodyPump pump;
    private boolean bodyBegun;
    private boolean bodySent;
    private boolean answered;
    private boolean isRead;
    private boolean over;
    private final long begunNanos = System.nanoTime();
    private long bodyEndNanos;
    private long progressNanos;
    private long timer = -1;
    private long continueTimer = -1;

    /**
     * What is sent.
     *
     * @param headers all of them
     * @param uri as on the wire
     */
    record Signed(Endpoint endpoint, String uri, MultiMap headers, Payload payload, ChunkSignatures signatures) {}

    /** @param onHead told of every answer, whatever it says */
    Attempt(
            Vertx vertx,
            long idleMillis,
            ApiRequest request,
            Signed signed,
            AnswerReader<T> reader,
            Handler<HttpClientResponse> onHead) {
        this.vertx = vertx;
        this.idleMillis = idleMillis;
        this.request = request;
        this.signed = signed;
        this.reader = reader;
        this.onHead = onHead;
    }

    Future<T> run(Openings openings) {
        RequestOptions target = new RequestOptions()
                .setMethod(request.method())
                .setHost(signed.endpoint().host())
                .setPort(signed.endpoint().port())
                .setSsl(signed.endpoint().tls())
                .setURI(signed.uri())
                .setConnectTimeout(idleMillis);
        openings.open(target).onComplete(this::send, failure -> fail(unopened(failure)));
        return result.future();
    }

    private void send(HttpClientRequest opened) {
        http = opened;
        opened.exceptionHandler(failure -> fail(broken(failure)));
        if (over) {
            opened.reset();
            return;
        }
        progress();
        watch(idleMillis);
        opened.headers().setAll(signed.headers());
        opened.response().onComplete(this::receive, failure -> fail(broken(failure)));
        Content content = signed.payload().content();
        if (content == null) {
            bodyBegun = true;
            onBodyEnd();
            opened.end();
        } else if (content.length() > UNASKED_MAX_BYTES) {
            opened.putHeader("Expect", "100-continue");
            opened.continueHandler(wanted -> sendBody(opened, content));
            opened.writeHead();
            continueTimer = vertx.setTimer(CONTINUE_MILLIS, late -> sendBody(opened, content));
        } else {
            sendBody(opened, content);
        }
    }

    private void sendBody(HttpClientRequest opened, Content content) {
        if (bodyBegun || over) {
            return;
        }
        bodyBegun = true;
        endWaitForContinue();
        progress();
        if (content instanceof BufferContent memory && content.length() <= IN_ONE_PIECE_MAX_BYTES) {
            onBodyEnd();
            opened.end(memory.bytes()).onSuccess(sent -> progress());
            return;
        }
        Future.succeededFuture()
                .compose(wanted -> content.open(vertx))
                .onComplete(
                        source -> {
                            pump = new BodyPump(
                                    source,
                                    opened,
                                    new BodyEncoding(
                                            content.length(), signed.payload().encoder(signed.signatures())),
                                    this::progress,
                                    this::onBodyEnd);
                            if (over) {
                                pump.stop();
                            } else {
                                pump.run().onFailure(this::failContent);
                            }
                        },
                        failure -> failContent(ChordataException.of(
                                ChordataException.CONTENT_FAILED,
                                "the content could not be opened: " + failure.getMessage(),
                                failure)));
    }

    /** What the caller gave us to send is at fault: another attempt would fare no better. */
    private void failContent(Throwable failure) {
        if (failure instanceof ChordataException shown) {
            fail(AttemptFailure.unanswered(Failure.answered(0, shown.code()), shown));
        } else {
            fail(broken(failure));
        }
    }

    private void receive(HttpClientResponse response) {
        if (over) {
            return;
        }
        answered = true;
        progress();
        try {
            onHead.handle(response);
        } catch (RuntimeException e) {
            fail(AttemptFailure.unanswered(
                    Failure.answered(0, ChordataException.CONTENT_FAILED),
                    ChordataException.builder(ChordataException.CONTENT_FAILED, "the routing policy failed: " + e)
                            .resource(request.resource())
                            .outcomeUnknown(!request.isRead())
                            .cause(e)
                            .build()));
            return;
        }
        boolean withBody = !request.method().equals(HttpMethod.HEAD) && response.statusCode() != 304;
        Answer answer = new Answer(response, withBody, this::progress, () -> isRead = true);
        isRead = !withBody;
        Future<T> read = response.statusCode() >= 300
                ? refused(answer)
                : bodySent ? read(answer) : Future.failedFuture(malformed(new IllegalStateException(TOO_EARLY)));
        read.onComplete(this::complete, failure -> fail(ofReading(failure)));
    }

    private Future<T> read(Answer answer) {
        try {
            return reader.read(answer);
        } catch (Exception e) {
            return Future.failedFuture(malformed(e));
        }
    }

    private Future<T> refused(Answer answer) {
        return answer.body(ERROR_MAX_BYTES)
                .otherwise(Buffer.buffer())
                .compose(body -> Future.failedFuture(refusal(answer, ErrorDocument.parse(body))));
    }

    private AttemptFailure refusal(Answer answer, Optional<ErrorDocument> told) {
        int status = answer.status();
        String code = told.map(ErrorDocument::code).orElseGet(() -> StatusCodes.codeOf(status));
        String message =
                told.map(ErrorDocument::message).filter(text -> !text.isEmpty()).orElse("no reason was given");
        ChordataException shown = ChordataException.builder(code, message)
                .status(status)
                .requestId(Objects.requireNonNullElse(answer.header("x-amz-request-id"), ""))
                .resource(request.resource())
                .build();
        return new AttemptFailure(
                Failure.answered(status, code),
                shown,
                RetryAfter.millis(answer.header("Retry-After"), System.currentTimeMillis()),
                RetryAfter.date(answer.header("Date")));
    }

    private AttemptFailure ofReading(Throwable failure) {
        return failure instanceof AttemptFailure known
                ? known
                : failure instanceof MalformedException ? malformed(failure) : broken(failure);
    }

    private AttemptFailure malformed(Throwable cause) {
        return AttemptFailure.unanswered(
                Failure.answered(200, ChordataException.MALFORMED_ANSWER),
                ChordataException.builder(
                                ChordataException.MALFORMED_ANSWER,
                                signed.endpoint() + " gave no answer of S3: " + cause.getMessage())
                        .resource(request.resource())
                        .outcomeUnknown(!request.isRead())
                        .cause(cause)
                        .build());
    }

    /** The connection failed: before the endpoint can have done anything, or later. */
    private AttemptFailure broken(Throwable cause) {
        return unanswered(
                ChordataException.CONNECTION_FAILED,
                "the connection to " + signed.endpoint() + " failed: " + cause,
                cause);
    }

    /** A connection that cannot be made fails in other ways than one of ours that others keep. */
    private AttemptFailure unopened(Throwable cause) {
        if (!(cause instanceof TimeoutException) && !(cause instanceof ConnectionPoolTooBusyException)) {
            return broken(cause);
        }
        return AttemptFailure.unanswered(
                Failure.notAsked(),
                ChordataException.builder(
                                ChordataException.CONNECTION_FAILED,
                                "none of this client's connections to " + signed.endpoint() + " was free: " + cause)
                        .resource(request.resource())
                        .cause(cause)
                        .build());
    }

    private AttemptFailure unanswered(String code, String message, @Nullable Throwable cause) {
        Failure failure = bodyBegun ? Failure.noAnswer() : Failure.notSent();
        return AttemptFailure.unanswered(
                failure,
                ChordataException.builder(code, message)
                        .resource(request.resource())
                        .cause(cause)
                        .build());
    }

    /** Whether the content was opened, so that one that can be read once is gone. */
    boolean isBodyBegun() {
        return bodyBegun;
    }

    /** Whether the head of an answer is there. */
    boolean isAnswered() {
        return answered;
    }

    /** Its last byte goes out: from here on the endpoint can do what it is asked for. */
    private void onBodyEnd() {
        bodySent = true;
        bodyEndNanos = System.nanoTime();
    }

    /** Since when it can have been done. */
    long bodyEndNanos() {
        return bodySent ? bodyEndNanos : System.nanoTime();
    }

    /** How long it took until the body was sent, or has taken so far. */
    long bodyNanos() {
        return bodyEndNanos() - begunNanos;
    }

    private void progress() {
        progressNanos = System.nanoTime();
    }

    private void watch(long delayMillis) {
        timer = vertx.setTimer(Math.max(1, delayMillis), due -> {
            long silentMillis = (System.nanoTime() - progressNanos) / 1_000_000;
            boolean ownFault = pump != null && !bodySent && !pump.isWaitingForRoom();
            if (silentMillis >= idleMillis && !ownFault) {
                fail(unanswered(
                        ChordataException.TIMEOUT,
                        signed.endpoint() + " was silent for " + silentMillis + " ms",
                        null));
            } else {
                watch(ownFault ? idleMillis : idleMillis - silentMillis);
            }
        });
    }

    /** Without a word to anybody: the caller wants no outcome any more. */
    void cancel() {
        if (end() && http != null) {
            http.reset();
        }
    }

    private void complete(T value) {
        if (end()) {
            if (!bodySent && http != null) {
                http.reset(); // answered before it had the whole body
            }
            result.complete(value);
        }
    }

    private void fail(AttemptFailure failure) {
        if (end()) {
            if (http != null && !(isRead && bodySent)) {
                http.reset();
            }
            result.fail(failure);
        }
    }

    /** Else the timer would keep the content in memory. */
    private void endWaitForContinue() {
        if (continueTimer >= 0) {
            vertx.cancelTimer(continueTimer);
            continueTimer = -1;
        }
    }

    /** True for the first who ends it. */
    private boolean end() {
        if (over) {
            return false;
        }
        over = true;
        if (timer >= 0) {
            vertx.cancelTimer(timer);
        }
        endWaitForContinue();
        if (pump != null) {
            pump.stop();
        }
        return true;
    }
}
