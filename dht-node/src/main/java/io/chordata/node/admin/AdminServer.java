package io.chordata.node.admin;

import io.chordata.node.http.ConnectionGuard;
import io.chordata.node.http.HttpTls;
import io.chordata.node.tls.TlsMaterial;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The admin port: probes and metrics for everybody, the console's files, the cluster's state under {@code /v1/}, and S3 for
 * whoever is signed in.
 *
 * <p>Bound to loopback, reading needs no signature, but the Host header must be a local name. Bound elsewhere, {@code /v1/}
 * needs a signature; probes and metrics stay open, because what asks for them cannot sign. What changes anything needs one
 * wherever it comes from.
 */
public final class AdminServer {
    /** As at the S3 port, whose requests come in here, too. */
    private static final int MAX_LINE_BYTES = 16 << 10;

    private static final int MAX_HEADER_BYTES = 16 << 10;

    /** Probes, scrapers and some consoles. */
    static final int CONNECTIONS_MAX = 256;

    private final HttpServer server;
    private final HealthProbes health;
    private final EventStreams streams;
    private final LargeAnswers answers;
    private final StatusApi status;
    private final NodeMeters meters;
    private final ConsoleFiles files;
    private final SignIn signIn;
    private final ChangeApi changes;
    private final SessionApi session;
    private final ObjectsApi objects;
    private final @Nullable HttpTls tls;

    /**
     * How long what may take.
     *
     * @param idleMillis after which a connection is closed on which nothing moves
     * @param headerMillis for the head of a request, and for its body
     * @param heartbeatMillis after which a stream of events says something; well below the idle time
     * @param stalledMillis after which a client that does not read its events is cut off
     * @param answerMillis for reading an answer that is sent piece by piece
     */
    record Times(long idleMillis, long headerMillis, long heartbeatMillis, long stalledMillis, long answerMillis) {
        static final Times DEFAULT = new Times(60_000, 20_000, 15_000, 30_000, 60_000);
    }

    private AdminServer(
            Vertx vertx,
            Sources sources,
            AdminAuthenticator authenticator,
            boolean isLoopback,
            @Nullable TlsMaterial tls,
            Times times) {
        this.tls = tls == null ? null : HttpTls.of(vertx, tls);
        HttpServerOptions options = new HttpServerOptions()
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setIdleTimeout((int) times.idleMillis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setHttp2ClearTextEnabled(false);
        ConnectionGuard guard = new ConnectionGuard(CONNECTIONS_MAX, times.headerMillis, this.tls, () -> {});
        Http1ServerConfig http1 = ConnectionGuard.config(options);
        this.server = vertx.createHttpServer(options).connectionHandler(connection -> guard.admit(connection, http1));
        this.health = new HealthProbes(sources.health, sources.loops, sources.status);
        this.streams = new EventStreams(vertx, sources.events, times);
        this.answers = new LargeAnswers(vertx, times.answerMillis);
        this.status = new StatusApi(sources.status, sources.ring, sources.keys, streams, sources.history, answers);
        this.meters = sources.meters;
        this.files = ConsoleFiles.load(vertx);
        Sessions sessions = new Sessions(authenticator);
        SmallBodies bodies = new SmallBodies(vertx, times.headerMillis);
        this.signIn = new SignIn(authenticator, sessions, isLoopback);
        this.session = new SessionApi(sessions, bodies);
        this.changes = new ChangeApi(signIn, bodies, session, sources.changes());
        this.objects = new ObjectsApi(sessions, sources.objects);
        server.requestHandler(this::handle);
    }

    /** What it shows. */
    public record Sources(
            Health health,
            LoopMonitor loops,
            NodeMeters meters,
            ClusterStatus status,
            RingQueries ring,
            EventLog events,
            ClusterHistory history,
            KeysApi keys,
            S3Door objects,
            List<ChangeRoute> otherChanges) {
        private List<ChangeRoute> changes() {
            return Stream.concat(keys.routes().stream(), otherChanges.stream()).toList();
        }
    }

    /**
     * Makes the server; it does not listen yet. Blocks to look the host up and to
     * prepare TLS.
     *
     * @param authenticator asked for what changes anything, and for all of it where the host is not a loopback address
     * @param tls null for a plain port
     */
    public static AdminServer create(
            Vertx vertx, String host, Sources sources, AdminAuthenticator authenticator, @Nullable TlsMaterial tls) {
        return new AdminServer(vertx, sources, authenticator, isLoopback(host), tls, Times.DEFAULT);
    }

    static AdminServer create(Vertx vertx, String host, Sources sources, AdminAuthenticator authenticator) {
        return create(vertx, host, sources, authenticator, Times.DEFAULT);
    }

    static AdminServer create(
            Vertx vertx, String host, Sources sources, AdminAuthenticator authenticator, Times times) {
        return new AdminServer(vertx, sources, authenticator, isLoopback(host), null, times);
    }

    private static boolean isLoopback(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (!address.isLoopbackAddress()) {
                    return false;
                }
            }
            return true;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("the admin address' host '" + host + "' is not known here");
        }
    }

    /** Completes with the port, once it takes connections. Fails as the system's bind does. */
    public Future<Integer> listen(String host, int port) {
        return server.listen(port, host).map(HttpServer::actualPort);
    }

    /** Uses another certificate for connections to come. Only with TLS. */
    public Future<Void> renew(TlsMaterial newer) {
        return Objects.requireNonNull(tls, "a plain port").renew(newer);
    }

    public Future<Void> close() {
        return server.close();
    }

    /** All that it answers, but for the console's files and S3. */
    public List<AdminRoute> routes() {
        Stream<AdminRoute> reads = Stream.concat(health.routes(), status.routes());
        return Stream.concat(Stream.concat(reads, Stream.of(AdminRoute.get(AdminPaths.METRICS))), changes.routes())
                .toList();
    }

    /** Clients that listen to events now. */
    int openStreams() {
        return streams.open();
    }

    /** Large answers that are being read now. */
    int openAnswers() {
        return answers.open();
    }

    private void handle(HttpServerRequest request) {
        try {
            route(request);
        } catch (RuntimeException e) {
            Answers.failure(request, e);
        }
    }

    private void route(HttpServerRequest request) {
        String path = request.path();
        if (signIn.readsFreely() && !HostCheck.isLocal(request.getHeader("Host"))) {
            Answers.problem(
                    request, 421, "Wrong host", "this port is for this machine: ask for localhost or 127.0.0.1");
        } else if (ObjectsApi.isAskedBy(request)) {
            objects.handle(request);
        } else if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            changes.handle(request);
        } else if (path == null) {
            Answers.problem(request, 400, "Bad request", "the request has no path");
        } else if (path.startsWith(AdminPaths.HEALTH_PREFIX)) {
            health.handle(request);
        } else if (path.equals(AdminPaths.METRICS)) {
            metrics(request);
        } else if (path.equals(SessionApi.PATH)) {
            session.show(request);
        } else if (path.startsWith(AdminPaths.STATUS_PREFIX)) {
            read(request);
        } else if (!files.serve(request)) {
            Answers.problem(request, 404, "Not found", "nothing is served at " + path);
        }
    }

    /** Who asks may be gone by the time it is known who it was. */
    private void read(HttpServerRequest request) {
        signIn.toRead(request)
                .<Void>compose(allowed -> {
                    if (!request.response().closed()) {
                        status.handle(request);
                    }
                    return Future.succeededFuture();
                })
                .onFailure(cause -> Answers.failure(request, cause));
    }

    private void metrics(HttpServerRequest request) {
        Answers.send(request, 200, "text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(meters.scrape()));
    }
}
