package io.chordata.node.s3;

import io.chordata.node.core.Correlation;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One request and its answer: parses, lets the {@link OperationGate} decide, sends, tells the observer and the log. */
final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final String UNKNOWN = "Unknown";

    private final Edge edge;
    private final Entrance entrance;
    private final HttpServerRequest http;
    private final String uri;
    private final ContinuingBody body;
    private final AnswerSender sender;
    private final String requestId;
    private final S3Tracing.Traced span;
    private final long startNanos;
    private final Promise<Void> finished = Promise.promise();
    private @Nullable S3Operation operation;
    private @Nullable S3Request request;
    private String code = "";
    /** Of a refusal that is ours, for the log alone. */
    private String reason = "";

    Exchange(Edge edge, Entrance entrance, HttpServerRequest http) {
        this(edge, entrance, http, http.uri());
    }

    /** @param uri what it asks for here, whatever it asked for where it came in */
    Exchange(Edge edge, Entrance entrance, HttpServerRequest http, String uri) {
        this.edge = edge;
        this.entrance = entrance;
        this.http = http;
        this.uri = uri;
        this.body = new ContinuingBody(edge.vertx(), http, edge.options());
        long id = edge.basics().random().nextLong();
        edge.basics().correlation().begin(id);
        this.requestId = Correlation.text(id);
        this.sender = new AnswerSender(edge, entrance, http, body, requestId);
        this.span = edge.basics().tracing().begin(http::getHeader);
        this.startNanos = edge.basics().clock().monotonicNanos();
    }

    /** Never throws; the request is paused. Completes when the answer went out, or cannot any more. */
    Future<Void> run() {
        sender.onEnd(this::finish);
        Future<S3Answer> answer = patiently(decide()).recover(failure -> Future.succeededFuture(refusal(failure)));
        if (operation != null && operation.takesLong()) {
            sender.sendLate(answer);
        } else {
            answer.onSuccess(sender::send);
        }
        return finished.future();
    }

    private Future<S3Answer> patiently(Future<S3Answer> answer) {
        return operation != null && operation.isOfManySteps() ? answer : new Patience(edge, body).bound(answer);
    }

    /** Answers what is no HTTP that we take. */
    void refuse(S3Error error, String detail) {
        sender.onEnd(this::finish);
        sender.closeAfterAnswer();
        sender.send(refusal(error.with(detail)));
    }

    private Future<S3Answer> decide() {
        try {
            if (http.method() == HttpMethod.OPTIONS) {
                throw S3Error.CORS_NOT_ENABLED.plain();
            }
            request = entrance.parser().parse(http.method().name(), uri, http.headers());
            operation = S3Operation.of(request);
            return edge.gate().answer(operation, request, entrance, body);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private S3Answer refusal(Throwable failure) {
        S3Exception error = ErrorTable.of(failure);
        code = error.error().code();
        if (!ErrorTable.isExpected(failure)) {
            LOG.error("event=request-failed request={} operation={}", requestId, operationName(), failure);
        } else if (error.error().isOurs()) {
            reason = String.valueOf(failure.getMessage());
        }
        return ErrorAnswer.of(error, resource(), requestId, edge.basics().hostId());
    }

    /** As S3 shows it: the path without the query, which may hold a signature. */
    private String resource() {
        if (request == null) {
            return "/";
        }
        String key = request.key() == null ? "" : request.key().text();
        return request.bucket() == null ? "/" : "/" + request.bucket() + (key.isEmpty() ? "" : "/" + key);
    }

    private String operationName() {
        return operation == null ? UNKNOWN : operation.apiName();
    }

    private void finish(int status, @Nullable Throwable failure) {
        finished.tryComplete();
        long nanos = edge.basics().clock().monotonicNanos() - startNanos;
        long bytesIn = http.bytesRead();
        long bytesOut = http.response().bytesWritten();
        edge.basics().observer().onAnswer(operationName(), status, code, bytesIn, bytesOut, nanos);
        boolean isOurs = S3Error.isOurs(status) || (failure != null && !isClientGone(failure));
        span.end(new S3Tracing.Outcome(requestId, operationName(), status, code, bytesIn, bytesOut, isOurs));
        LOG.atLevel(isOurs ? Level.WARN : Level.DEBUG)
                .log(
                        "event=answered request={} operation={} status={} code={} bytesIn={} bytesOut={} micros={} trace={} reason=\"{}\" cut={}",
                        requestId,
                        operationName(),
                        status,
                        code,
                        bytesIn,
                        bytesOut,
                        nanos / 1000,
                        span.traceId(),
                        reason,
                        failure == null ? "" : failure.toString());
    }

    private static boolean isClientGone(Throwable failure) {
        return failure instanceof IOException || failure instanceof VertxException;
    }
}
