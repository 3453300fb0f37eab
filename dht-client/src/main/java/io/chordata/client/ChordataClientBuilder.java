package io.chordata.client;

import io.chordata.client.http.Transport;
import io.chordata.client.http.TransportOptions;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.Credentials;
import io.chordata.client.routing.Endpoint;
import io.chordata.client.routing.RoutingPolicy;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link ChordataClient} needs: at least an endpoint and credentials. */
public final class ChordataClientBuilder {
    private final List<Endpoint> endpoints = new ArrayList<>();
    private @Nullable Credentials credentials;
    private @Nullable Vertx vertx;
    private TransportOptions options = TransportOptions.DEFAULT;
    private @Nullable Boolean payloadSigned;
    private HttpClientOptions httpOptions = new HttpClientOptions();
    private RoutingPolicy policy = RoutingPolicy.tokenAware(RoutingPolicy.roundRobin());
    private boolean routing = true;
    private LongSupplier clock = System::currentTimeMillis;

    ChordataClientBuilder() {}

    /** Where requests go: {@code http://HOST:PORT} or {@code https://HOST}. Several are nodes of one cluster. */
    public ChordataClientBuilder endpoint(String... uris) {
        Arrays.stream(uris).map(URI::create).map(Endpoint::of).forEach(endpoints::add);
        return this;
    }

    public ChordataClientBuilder credentials(String accessKey, String secretKey) {
        return credentials(Credentials.of(accessKey, secretKey));
    }

    public ChordataClientBuilder credentials(Credentials value) {
        credentials = value;
        return this;
    }

    /** {@code us-east-1} unless said otherwise. */
    public ChordataClientBuilder region(String value) {
        options = options.withRegion(value);
        return this;
    }

    /** The event loops to use; stays the caller's to close. Without one the client makes its own. */
    public ChordataClientBuilder vertx(Vertx value) {
        vertx = value;
        return this;
    }

    /**
     * @param connect until a connection stands; 2 s unless said otherwise
     * @param idle how long an endpoint may keep a request waiting without a byte; 30 s unless said otherwise
     */
    public ChordataClientBuilder timeouts(Duration connect, Duration idle) {
        options = options.withTimeouts(connect, idle);
        return this;
    }

    /**
     * @param attemptsMax of one request, the first among them; 10 unless said otherwise
     * @param budget tokens that all requests share: a retry costs 1 at another node, 5 after a refusal; 500 unless said
     *     otherwise
     */
    public ChordataClientBuilder retries(int attemptsMax, int budget) {
        options = options.withRetries(attemptsMax, budget);
        return this;
    }

    /** To each endpoint; 64 unless said otherwise. */
    public ChordataClientBuilder connections(int max) {
        options = options.withConnectionsMax(max);
        return this;
    }

    /**
     * For endpoints that do not know S3's newer checksums.
     *
     * @param sent false sends none; true unless said otherwise
     */
    public ChordataClientBuilder checksums(boolean sent) {
        options = options.withChecksumSent(sent);
        return this;
    }

    /** Whether bodies are signed, too; without TLS they are unless said otherwise. */
    public ChordataClientBuilder signedPayload(boolean signed) {
        payloadSigned = signed;
        return this;
    }

    /** Trust, client certificates, proxies and what else Vert.x offers. */
    public ChordataClientBuilder http(HttpClientOptions value) {
        httpOptions = new HttpClientOptions(value);
        return this;
    }

    /** Token-aware, then in turn, unless said otherwise. */
    public ChordataClientBuilder policy(RoutingPolicy value) {
        policy = value;
        return this;
    }

    /**
     * Whether a cluster of ours is asked who holds what, so that requests go straight there; true unless said otherwise.
     * Other endpoints are never asked. False where the nodes cannot be reached by the addresses that they tell.
     */
    public ChordataClientBuilder routing(boolean value) {
        routing = value;
        return this;
    }

    ChordataClientBuilder clock(LongSupplier millis) {
        clock = millis;
        return this;
    }

    /** @throws IllegalStateException without an endpoint or credentials */
    public ChordataClient build() {
        if (endpoints.isEmpty() || credentials == null) {
            throw new IllegalStateException("a client needs an endpoint and credentials");
        }
        boolean tls = endpoints.stream().allMatch(Endpoint::tls);
        Vertx loops = vertx == null ? Vertx.vertx() : vertx;
        Transport transport = new Transport(
                loops,
                new Transport.Targets(endpoints, policy, routing),
                credentials,
                options.withPayloadSigned(Objects.requireNonNullElse(payloadSigned, !tls)),
                httpOptions,
                clock);
        return new ChordataClient(transport, new Cancellation(), vertx == null);
    }
}
