package io.chordata.client.bench;

import io.chordata.client.cli.Outcome;
import io.chordata.client.routing.Endpoint;
import io.chordata.client.sigv4.PayloadHash;
import io.chordata.client.sigv4.RequestSigner;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One connection to the endpoint, made anew when it breaks. One request at a time, on one event loop. */
final class BenchConnection {
    private static final Pattern ERROR_CODE = Pattern.compile("<Code>([A-Za-z0-9]{1,80})</Code>");

    /** Of an answer, as it is handed on: as much as Netty reads at a time. */
    private static final int PIECE_BYTES = 64 << 10;

    private final BenchOptions options;
    private final String authority;
    private final BenchBody body;
    private final RequestSigner signer;
    private final HttpClientAgent client;
    private final RequestOptions target;

    /** Belongs to the event loop that sends the first request. */
    BenchConnection(Vertx vertx, BenchOptions options, Endpoint endpoint, BenchBody body, RequestSigner signer) {
        this.options = options;
        this.authority = endpoint.authority();
        this.body = body;
        this.signer = signer;
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setSsl(endpoint.tls())
                        .setTrustOptions(options.trust())
                        .setDecompressionSupported(false)
                        .setConnectTimeout((int) options.patience().toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                        .setIdleTimeout((int) options.patience().toMillis())
                        .setMaxChunkSize(PIECE_BYTES),
                new PoolOptions().setHttp1MaxSize(1));
        this.target = new RequestOptions()
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setSsl(endpoint.tls());
    }

    /** Bytes moved: the body sent, or else the body received. Fails with {@link BenchException}. */
    Future<Long> send(BenchRequest request) {
        long start = System.nanoTime();
        return client.request(
                        new RequestOptions(target).setMethod(request.method()).setURI(request.uri()))
                .compose(http -> exchange(http, request))
                .recover(failure -> Future.failedFuture(named(failure, System.nanoTime() - start)));
    }

    /** Where nothing moves, the connection is closed, which says nothing of why. */
    private Throwable named(Throwable failure, long nanos) {
        boolean isSilence = !(failure instanceof BenchException)
                && nanos >= options.patience().toNanos();
        return isSilence
                ? new BenchException("no answer in " + Quantities.durationText(options.patience()), Outcome.UNREACHABLE)
                : failure;
    }

    Future<Void> close() {
        return client.close();
    }

    private Future<Long> exchange(HttpClientRequest http, BenchRequest request) {
        http.headers().setAll(headers(request));
        Future<HttpClientResponse> response = http.response();
        BenchBody content = content(request);
        Future<Void> sent = content == null ? http.end() : content.sendTo(http);
        return response.compose(answer -> receive(answer, request))
                .compose(received -> sent.map(ignored -> request.hasBody() ? body.size() : received));
    }

    private @Nullable BenchBody content(BenchRequest request) {
        return request.hasBody() ? body : request.document();
    }

    private MultiMap headers(BenchRequest request) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("Host", authority);
        if (request.signed()) {
            return headers;
        }
        BenchBody content = content(request);
        if (content != null) {
            headers.set("Content-Length", Long.toString(content.size()));
        }
        String hash =
                content == null ? PayloadHash.EMPTY : options.signedPayload() ? content.sha256() : PayloadHash.UNSIGNED;
        signer.sign(
                request.method().name(), request.path(), request.query(), headers, hash, System.currentTimeMillis());
        return headers;
    }

    private static Future<Long> receive(HttpClientResponse answer, BenchRequest request) {
        if (answer.statusCode() >= 300) {
            return answer.body().compose(text -> Future.failedFuture(refusal(answer.statusCode(), text)));
        }
        long[] received = {0};
        answer.handler(piece -> received[0] += piece.length());
        return answer.end().compose(ended -> {
            boolean isWhole = request.answerBytes() < 0 || received[0] == request.answerBytes();
            return isWhole
                    ? Future.succeededFuture(received[0])
                    : Future.failedFuture(new BenchException("body of another length", Outcome.NOT_DONE));
        });
    }

    private static BenchException refusal(int status, Buffer text) {
        Matcher matcher = ERROR_CODE.matcher(text.toString());
        return new BenchException(
                matcher.find() ? status + " " + matcher.group(1) : Integer.toString(status), Outcome.ofStatus(status));
    }
}
