package io.chordata.node.s3;

import io.chordata.node.http.ConnectionGuard;
import io.chordata.node.http.HttpTls;
import io.chordata.node.tls.TlsMaterial;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves S3 over HTTP, on one or more event loops that share the port. */
public final class S3Server {
    /** A key of 1,024 bytes, each escaped, and a presigned query with a session token and overridden headers. */
    private static final int MAX_LINE_BYTES = 16 << 10;

    private static final int MAX_HEADER_BYTES = 16 << 10;

    /** Of a body, as it is handed on. Of a request that waits up to 16 are held: larger ones cost less work, and more memory. */
    private static final int PIECE_BYTES = 32 << 10;

    /** Which of the free ports that a deployment may share. */
    private static final int FREE_PORT = 1;

    private final Vertx vertx;
    private final S3Options options;
    private final @Nullable HttpTls tls;
    private final Edge edge;
    private final Entrance signed;
    private final ConnectionGuard guard;
    private final AtomicInteger boundPort = new AtomicInteger();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private volatile String deployment = "";

    /** A plain one. */
    public S3Server(Vertx vertx, S3Options options, S3Basics basics, S3Services services) {
        this(vertx, options, null, basics, services);
    }

    /**
     * Blocks to prepare TLS.
     *
     * @param tls null for a plain one
     */
    public S3Server(Vertx vertx, S3Options options, @Nullable TlsMaterial tls, S3Basics basics, S3Services services) {
        this.vertx = vertx;
        this.tls = tls == null ? null : HttpTls.of(vertx, tls);
        this.options = options;
        this.edge = new Edge(
                vertx, options, basics, new OperationGate(services, options, basics, tls == null ? "http" : "https"));
        this.signed = Entrance.signed(services.authenticator(), options);
        this.guard = new ConnectionGuard(
                options.connectionsMax(),
                options.headerTimeoutMillis(),
                this.tls,
                edge.basics().observer()::onConnectionRefused);
    }

    /**
     * Listens; fails with the {@link java.net.BindException} of the socket if the port is taken.
     *
     * @param loops how many event loops take connections
     */
    public Future<Void> start(int loops) {
        Supplier<Deployable> instance = Instance::new;
        return vertx.deployVerticle(instance, new DeploymentOptions().setInstances(loops))
                .onSuccess(id -> deployment = id)
                .mapEmpty();
    }

    /** The port that is listened at, once started. */
    public int port() {
        return boundPort.get();
    }

    /** Uses another certificate for connections to come. Only with TLS. */
    public Future<Void> renew(TlsMaterial newer) {
        return Objects.requireNonNull(tls, "a plain port").renew(newer);
    }

    /**
     * Stops taking connections, closes each as soon as its request is answered, and after {@code grace} those that are
     * left. Completes when none is.
     */
    public Future<Void> stop(Duration grace) {
        List<Future<Void>> shutdowns =
                servers.stream().map(server -> server.shutdown(grace)).toList();
        return Future.join(shutdowns)
                .transform(done -> deployment.isEmpty() ? Future.succeededFuture() : vertx.undeploy(deployment));
    }

    private SocketAddress address() {
        return options.port() == 0
                ? SocketAddress.sharedRandomPort(FREE_PORT, options.host())
                : SocketAddress.inetSocketAddress(options.port(), options.host());
    }

    private HttpServerOptions httpOptions() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(MAX_LINE_BYTES)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setMaxChunkSize(PIECE_BYTES)
                .setTcpNoDelay(true)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(options.idleTimeoutMillis()));
    }

    private void serve(HttpServerRequest http) {
        serve(http, signed, http.uri());
    }

    /**
     * Answers a request that came in at another server of the same event loops, from somebody who is known there already: by
     * the same code, with the rights of that key. The answer is safe to give to a browser that shows pages of that server.
     *
     * @param uri what it asks for, as if it had been sent to the S3 port
     * @return completes when the answer went out, or cannot any more
     */
    public Future<Void> serveSession(HttpServerRequest http, String accessKey, String uri) {
        return serve(http, Entrance.session(accessKey), uri);
    }

    private Future<Void> serve(HttpServerRequest http, Entrance entrance, String uri) {
        http.pause();
        if (ConnectionEnd.isAnnounced(http.connection())) {
            return Future.succeededFuture();
        }
        if (isCodedUnknown(http) || !hasOneHost(http)) {
            refuse(http);
            return Future.succeededFuture();
        }
        return new Exchange(edge, entrance, http, uri).run();
    }

    /** Two readers of two hosts could see two buckets (RFC 9112, 3.2). */
    private static boolean hasOneHost(HttpServerRequest http) {
        int hosts = http.headers().getAll(HttpHeaders.HOST).size();
        return hosts == 1 || (hosts == 0 && http.version() == HttpVersion.HTTP_1_0);
    }

    /** Netty reads no body of any other coding, so the body would be taken for the next request (RFC 9112, 6.3). */
    private static boolean isCodedUnknown(HttpServerRequest http) {
        List<String> codings = http.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return !codings.isEmpty() && !(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"));
    }

    private void refuse(HttpServerRequest http) {
        http.pause();
        if (ConnectionEnd.isAnnounced(http.connection())) {
            return;
        }
        Throwable cause = http.decoderResult().cause();
        S3Error error = S3Error.INVALID_REQUEST;
        if (cause instanceof TooLongHttpLineException) {
            error = S3Error.INVALID_URI;
        } else if (cause instanceof TooLongHttpHeaderException) {
            error = S3Error.REQUEST_HEADER_SECTION_TOO_LARGE;
        }
        new Exchange(edge, signed, http).refuse(error, "The request is not HTTP as it is taken here.");
    }

    private final class Instance extends VerticleBase {
        @Override
        public Future<?> start() {
            HttpServerOptions httpOptions = httpOptions();
            Http1ServerConfig http1 = ConnectionGuard.config(httpOptions);
            HttpServer server = vertx.createHttpServer(httpOptions)
                    .connectionHandler(connection -> guard.admit(connection, http1))
                    .requestHandler(S3Server.this::serve)
                    .invalidRequestHandler(S3Server.this::refuse);
            return server.listen(address()).onSuccess(listening -> {
                servers.add(listening);
                boundPort.set(listening.actualPort());
            });
        }
    }
}
