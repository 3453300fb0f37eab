package io.chordata.node.http;

import io.chordata.node.tls.TlsMaterial;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * TLS of one port that speaks HTTP. It is put before a connection that was let in already: so one that has not shaken hands
 * yet is bounded in number and time as every other, where the server's own TLS shows a connection only afterwards. Handshakes are
 * computed beside the event loops, a few at a time, so that strangers keep nobody waiting but each other. HTTP/1.1 alone is
 * spoken inside.
 */
public final class HttpTls {
    private static final int THREADS = 2;
    private static final long IDLE_SECONDS = 10;
    private static final int WAITING_MAX = 1_024;

    private final Vertx vertx;
    private final ThreadPoolExecutor handshakes;
    private volatile SslContext context;

    private HttpTls(Vertx vertx, SslContext context) {
        this.vertx = vertx;
        this.handshakes = newHandshakes();
        this.context = context;
    }

    /**
     * Its threads end by themselves when there is nothing to do: a connection never closes whose handshake waits for a thread
     * that was taken away. Strangers who come and go leave tasks behind: where too many wait, the next connection is closed.
     */
    private static ThreadPoolExecutor newHandshakes() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING_MAX), task -> {
                    Thread thread = new Thread(task, "chordata-tls");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    ThreadPoolExecutor handshakes() {
        return handshakes;
    }

    /** Blocks. */
    public static HttpTls of(Vertx vertx, TlsMaterial material) {
        return new HttpTls(vertx, material.serverContext(vertx));
    }

    /** Another certificate for connections to come; those there are go on. */
    public Future<Void> renew(TlsMaterial newer) {
        return vertx.executeBlocking(() -> newer.serverContext(vertx), false)
                .onSuccess(made -> context = made)
                .mapEmpty();
    }

    /** The time-out of heads, which runs from the beginning, bounds the handshake, too. */
    void protect(HttpConnection connection) {
        ChannelHandlerContext channel = ((HttpServerConnection) connection).channelHandlerContext();
        SslHandler handler = context.newHandler(channel.alloc(), handshakes);
        handler.setHandshakeTimeoutMillis(0);
        channel.pipeline().addFirst(handler);
    }
}
