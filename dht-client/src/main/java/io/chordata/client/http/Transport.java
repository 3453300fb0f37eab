package io.chordata.client.http;

import io.chordata.client.http.Attempt.Signed;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Credentials;
import io.chordata.client.retry.RetryBudget;
import io.chordata.client.retry.Verdict;
import io.chordata.client.routing.Endpoint;
import io.chordata.client.routing.RoutingKnowledge;
import io.chordata.client.routing.RoutingPolicy;
import io.chordata.client.routing.RoutingTable;
import io.chordata.client.sigv4.ChunkSignatures;
import io.chordata.client.sigv4.RequestSigner;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one client. Safe for many threads; a request runs on the event loop of its caller, or on one that
 * Vert.x chooses for a caller that has none.
 */
public final class Transport {
    /** Why a call of a client that was closed ends. */
    public static final String CLOSED = "the client was closed";

    /** Why what its caller cancelled ends. */
    public static final String CANCELLED = "the caller cancelled it";

    private static final long TIDY_UP_MILLIS = 5_000;

    private static final String USER_AGENT = "chordata-client";
    private static final int ROUTING_MAX_BYTES = 64 << 20;
    private static final int NOT_FOUND = 404;

    /** Calls that wait for a connection to one endpoint, each for no longer than the idle time-out. */
    private static final int WAITING_MAX = 10_000;

    /** Of a body, as it is handed on: as much as Netty reads at a time. Vert.x cuts that into eighths. */
    private static final int PIECE_BYTES = 64 << 10;

    private static final Set<HttpMethod> BODIED = Set.of(HttpMethod.PUT, HttpMethod.POST);

    private final Vertx vertx;
    private final TransportOptions options;
    private final @Nullable String sessionToken;
    private final RequestSigner signer;
    private final Openings openings;
    private final Router router;
    private final boolean routing;
    private final RetryBudget budget;
    private final LongSupplier localClock;
    private final SkewedClock clock;
    private final Cancellation closing = new Cancellation();
    private final Cancellation closed = new Cancellation();
    private final Set<Future<?>> awaited = ConcurrentHashMap.newKeySet();

    /**
     * Where requests go.
     *
     * @param seeds at least one
     * @param routing whether to ask a cluster who holds what
     */
    public record Targets(List<Endpoint> seeds, RoutingPolicy policy, boolean routing) {
        public Targets {
            seeds = List.copyOf(seeds);
            if (seeds.isEmpty()) {
                throw new IllegalArgumentException("an endpoint is needed");
            }
        }
    }

    /** @param localClock milliseconds since 1970 */
    public Transport(
            Vertx vertx,
            Targets targets,
            Credentials credentials,
            TransportOptions options,
            HttpClientOptions httpOptions,
            LongSupplier localClock) {
        this.vertx = vertx;
        this.options = options;
        this.sessionToken = credentials.sessionToken();
        this.signer = new RequestSigner(credentials.accessKey(), credentials.secretKey(), options.region(), "s3");
        this.openings = new Openings(vertx.createHttpClient(
                new HttpClientOptions(httpOptions)
                        .setMaxChunkSize(Math.max(PIECE_BYTES, httpOptions.getMaxChunkSize()))
                        .setConnectTimeout((int) options.connectTimeout().toMillis())
                        .setSslHandshakeTimeout(options.connectTimeout().toMillis())
                        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS),
                new PoolOptions().setHttp1MaxSize(options.connectionsMax()).setMaxWaitQueueSize(WAITING_MAX)));
        this.router = new Router(new RoutingKnowledge(targets.seeds()), targets.policy());
        this.routing = targets.routing();
        this.budget = new RetryBudget(options.retryBudget());
        this.localClock = localClock;
        this.clock = new SkewedClock(localClock);
    }

    /** Fails with {@link io.chordata.client.model.ChordataException} alone. */
    public <T> Future<T> call(ApiRequest request, AnswerReader<T> reader, Cancellation cancellation) {
        return isClosed()
                ? Future.failedFuture(ChordataException.of(ChordataException.CANCELLED, CLOSED))
                : call(request, reader, cancellation, closing);
    }

    /** For what tidies up: no caller cancels it, and a close gives it time; see {@link #awaitAtClose}. */
    public <T> Future<T> callAtLast(ApiRequest request, AnswerReader<T> reader) {
        return call(request, reader, new Cancellation(), closed);
    }

    private <T> Future<T> call(ApiRequest request, AnswerReader<T> reader, Cancellation callers, Cancellation end) {
        Promise<T> result = Promise.promise();
        onLoop(() -> {
            try {
                Payload payload = Payload.of(
                        request.content(),
                        request.isWithChecksum() && options.isChecksumSent(),
                        options.isPayloadSigned());
                new Call<>(this, request, reader, payload).run(callers, end).onComplete(result);
            } catch (RuntimeException e) {
                // what the content or the policy throws is the caller's
                result.tryFail(ChordataException.of(ChordataException.CONTENT_FAILED, String.valueOf(e), e));
            }
        });
        return result.future();
    }

    /** Runs on the caller's event loop, or on one that Vert.x chooses for a caller that has none. */
    public void onLoop(Runnable task) {
        Context context = vertx.getOrCreateContext();
        if (Vertx.currentContext() == context) {
            task.run();
        } else {
            context.runOnContext(now -> task.run());
        }
    }

    /** A link by which anyone can send that request until it expires. */
    public URI presign(ApiRequest request, Duration expiry) {
        Endpoint endpoint = router.knowledge().seeds().get(0);
        String path = request.rawPath(endpoint.basePath());
        if (sessionToken != null) {
            request.query("X-Amz-Security-Token", sessionToken);
        }
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        headers.set("Host", endpoint.authority());
        String query = signer.presign(
                request.method().name(), path, request.rawQuery(), headers, expiry.toSeconds(), clock.millis());
        String origin = (endpoint.tls() ? "https://" : "http://") + endpoint.authority();
        return URI.create(origin + path + '?' + query);
    }

    /** Whether a body that broke off may be asked for again from where it did. */
    public boolean mayResume() {
        return !isClosed() && budget.take(Verdict.MOVE_ON.cost());
    }

    /** A close lets that end first, as it has something to tidy up, but not for long: somebody waits for the close. */
    public void awaitAtClose(Future<?> work) {
        awaited.add(work);
        work.onComplete(done -> awaited.remove(work));
    }

    /** What is under way, or waits for its next attempt, fails. */
    public Future<Void> close() {
        closing.cancel();
        return Future.join(List.copyOf(awaited))
                .timeout(TIDY_UP_MILLIS, TimeUnit.MILLISECONDS)
                .transform(tidy -> {
                    closed.cancel();
                    return openings.close();
                });
    }

    /** Cancelled when it is closed. */
    public Cancellation closing() {
        return closing;
    }

    public Vertx vertx() {
        return vertx;
    }

    public TransportOptions options() {
        return options;
    }

    <T> Attempt<T> attempt(
            ApiRequest request,
            Payload payload,
            Endpoint endpoint,
            String invocation,
            int number,
            AnswerReader<T> reader) {
        long began = System.nanoTime();
        return new Attempt<>(
                vertx,
                options.idleTimeout().toMillis(),
                request,
                sign(request, payload, endpoint, invocation, number),
                reader,
                response -> {
                    router.onAnswer(endpoint, response.getHeader(Router.VERSION_HEADER), System.nanoTime() - began);
                    learn(endpoint, request.bucket());
                });
    }

    private Signed sign(ApiRequest request, Payload payload, Endpoint endpoint, String invocation, int number) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().addAll(request.headers());
        headers.set("Host", endpoint.authority())
                .set("User-Agent", USER_AGENT)
                .set("amz-sdk-invocation-id", invocation)
                .set("amz-sdk-request", "attempt=" + number + "; max=" + options.attemptsMax());
        payload.putHeaders(headers);
        if (payload.content() == null && BODIED.contains(request.method())) {
            headers.set("Content-Length", "0"); // RFC 9110, 8.6; some refuse a POST without it
        }
        if (sessionToken != null) {
            headers.set("x-amz-security-token", sessionToken);
        }
        String path = request.rawPath(endpoint.basePath());
        String query = request.rawQuery();
        ChunkSignatures chunks =
                signer.sign(request.method().name(), path, query, headers, payload.hash(), clock.millis());
        return new Signed(endpoint, query.isEmpty() ? path : path + '?' + query, headers, payload, chunks);
    }

    /** Asks the endpoint that just answered who holds what, if it is time to. */
    private void learn(Endpoint endpoint, @Nullable String bucket) {
        RoutingKnowledge knowledge = router.knowledge();
        if (!routing || !knowledge.shallAsk(bucket, localMillis())) {
            return;
        }
        ApiRequest question =
                ApiRequest.ofService(HttpMethod.GET).query("chordata-routing").query("bucket", bucket);
        AnswerReader<RoutingTable.Answer> reader = answer ->
                answer.body(ROUTING_MAX_BYTES).map(body -> RoutingTable.parse(new JsonObject(body), endpoint));
        try {
            attempt(question, Payload.NONE, endpoint, UUID.randomUUID().toString(), 1, reader)
                    .run(openings)
                    .onComplete(
                            answer -> router.learn(bucket, endpoint, answer, localMillis()),
                            failure -> onNotTold(bucket, (AttemptFailure) failure));
        } catch (RuntimeException e) {
            knowledge.onFailure(false, localMillis()); // closed meanwhile; nobody waits for the answer
        }
    }

    private void onNotTold(@Nullable String bucket, AttemptFailure failure) {
        int status = failure.failure().status();
        if (bucket != null && status == NOT_FOUND && failure.failure().code().equals("NoSuchBucket")) {
            router.knowledge().onNoBucket(bucket, localMillis());
        } else {
            router.knowledge().onFailure((status >= 400 && status < 500) || status == 501, localMillis());
        }
    }

    /** A bucket was made or deleted. */
    public void forget(String bucket) {
        router.knowledge().forget(bucket);
    }

    Router router() {
        return router;
    }

    RetryBudget budget() {
        return budget;
    }

    Openings openings() {
        return openings;
    }

    SkewedClock clock() {
        return clock;
    }

    long localMillis() {
        return localClock.getAsLong();
    }

    boolean isClosed() {
        return closing.isCancelled();
    }
}
