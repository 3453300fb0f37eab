package io.chordata.node.rpc;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.tls.TlsMaterial;
import io.netty.channel.EventLoop;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The real {@link Peers}: TCP connections between event loops, made on demand.
 *
 * <p><b>Connections.</b> Each event loop that sends dials each peer once and keeps that connection; messages and requests go
 * from the dialer to the listener, answers come back. Two nodes that dial each other at the same time have two connections,
 * each for its own: nothing has to be decided between them, and a node that cannot be dialed back is still answered. Names
 * are looked up at each dial.
 *
 * <p><b>What the cluster secret protects against.</b> Both sides prove by HMAC-SHA-256 that they know it, bound to cluster,
 * node ids, versions and fresh nonces of both ({@link Handshake}), before anything that one of them sent is parsed. What
 * follows is sealed by AES-256-GCM under keys of this connection and direction, numbered record by record ({@link
 * RecordKey}): who listens in reads nothing; who sits in between can neither change, repeat, reorder, drop in the middle nor
 * insert, neither from this connection nor from a recorded one; it can only cut. That holds with TLS around it, too, so that
 * there is one way to do it, and a proxy that ends TLS learns nothing.
 *
 * <p><b>What only TLS gives.</b> Forward secrecy: who records traffic and learns the secret later can read it. Keys of one
 * node that can be taken away from it: everyone who knows the secret can pose as any node. So a machine that is not trusted
 * any more needs a new secret, or TLS with certificates of short life.
 *
 * <p><b>Bounds.</b> A stranger holds 128 bytes and a socket, for {@code dialTimeoutMillis}, and the oldest go first where
 * they are too many; with TLS, those who have not finished its handshake are bounded by the time alone. A proved peer holds
 * at most one frame that is not complete, what one read brought, {@code runningCallsMax} requests, half of {@code
 * waitingBytesMax} of requests that wait, and {@code waitingBytesMax} of answers.
 */
public final class VertxPeers implements Peers {
    /** Vert.x shares free ports by number among all servers; each of these gets one of its own. */
    private static final AtomicInteger FREE_PORTS = new AtomicInteger(1_000);

    private final RpcPorts ports;
    private final RpcOptions options;
    private final RpcIdentity identity;
    private final @Nullable TlsMaterial tls;
    private final Receivers receivers = new Receivers();
    private final Map<EventLoop, LoopPeers> byEventLoop = new ConcurrentHashMap<>();
    private final List<LoopPeers> loops = new CopyOnWriteArrayList<>();
    private final AtomicInteger nextForForeignThread = new AtomicInteger();
    private final int freePort = FREE_PORTS.incrementAndGet();
    private final AtomicInteger boundPort = new AtomicInteger();
    private volatile @Nullable RpcSetting setting;
    private final List<NetServer> servers = new CopyOnWriteArrayList<>();
    private volatile String deployment = "";

    /** Without TLS. */
    public VertxPeers(RpcPorts ports, RpcOptions options, RpcIdentity identity) {
        this(ports, options, identity, null);
    }

    /** @param tls of the files in {@code options}, until it is renewed; null without TLS */
    public VertxPeers(RpcPorts ports, RpcOptions options, RpcIdentity identity, @Nullable TlsMaterial tls) {
        if ((tls == null) != (options.tls() == null)) {
            throw new IllegalArgumentException("TLS needs certificates, and the name to look for in those of others");
        }
        this.ports = ports;
        this.options = options;
        this.identity = identity;
        this.tls = tls;
    }

    /**
     * Listens, and can send from then on; fails with the {@link java.net.BindException} of the socket if the port is taken.
     *
     * @param count how many event loops take connections
     */
    public Future<Void> start(int count) {
        Vertx vertx = ports.vertx();
        return vertx.executeBlocking(this::newSetting, false).compose(made -> listen(made, count));
    }

    private RpcSetting newSetting() throws IOException {
        InetAddress local = InetAddress.getByName(options.host());
        RpcNode self =
                new RpcNode(identity.cluster(), identity.node(), ports.random().nextUint128());
        return new RpcSetting(
                ports,
                options,
                self,
                identity.secret(),
                ports.vertx().createNetClient(Sockets.clientOptions(options, tls, local)),
                receivers,
                new Reports(ports.clock(), ports.observer()));
    }

    private Future<Void> listen(RpcSetting made, int count) {
        Supplier<Deployable> instance = () -> new Instance(made);
        return ports.vertx()
                .deployVerticle(instance, new DeploymentOptions().setInstances(count))
                .onSuccess(id -> {
                    deployment = id;
                    setting = made;
                })
                .<Void>mapEmpty()
                .recover(cause -> made.client().close().transform(closed -> Future.failedFuture(cause)));
    }

    /** The port that is listened at, once started. */
    public int port() {
        return boundPort.get();
    }

    /** Uses another certificate for connections to come, in both directions; those there are go on. Once started. */
    public Future<Void> renew(TlsMaterial newer) {
        RpcSetting started = setting;
        if (started == null) {
            return Future.failedFuture(new IllegalStateException("not started"));
        }
        return servers.get(0)
                .updateSSLOptions(Sockets.serverTls(options, newer))
                .compose(served -> started.client().updateSSLOptions(Sockets.clientTls(options, newer)))
                .mapEmpty();
    }

    /** Ends all connections and calls. Completes when the port is free. */
    public Future<Void> stop() {
        RpcSetting started = setting;
        if (started == null) {
            return Future.succeededFuture();
        }
        loops.forEach(loop -> loop.execute(loop::stop));
        return ports.vertx()
                .undeploy(deployment)
                .transform(undeployed -> started.client().close());
    }

    @Override
    public void serve(Service service, Receiver receiver) {
        receivers.serve(service, receiver);
    }

    @Override
    public void send(Peer to, Service service, Buffer message) {
        requireFits(service, message);
        onOwnLoop(message, (loop, bytes) -> loop.linkTo(to).send(service, bytes));
    }

    @Override
    public Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis) {
        requireFits(service, request);
        if (timeoutMillis < 1) {
            throw new IllegalArgumentException("a call takes at least 1 ms, got " + timeoutMillis);
        }
        Promise<Buffer> promise =
                ((VertxInternal) ports.vertx()).getOrCreateContext().promise();
        onOwnLoop(request, (loop, bytes) -> loop.linkTo(to).call(service, bytes, timeoutMillis, promise));
        return promise.future();
    }

    private static void requireFits(Service service, Buffer bytes) {
        if (bytes.length() > service.bytesMax()) {
            throw new IllegalArgumentException(
                    service + " takes at most " + service.bytesMax() + " bytes, got " + bytes.length());
        }
    }

    private interface LoopTask {
        void run(LoopPeers loop, Buffer bytes);
    }

    /** On the caller's loop, or on one that is picked for a thread that is none; then with bytes of its own. */
    private void onOwnLoop(Buffer bytes, LoopTask task) {
        if (setting == null) {
            throw new IllegalStateException("not started");
        }
        ContextInternal context = ContextInternal.current();
        LoopPeers own = context == null || !context.inThread() ? null : byEventLoop.get(context.nettyEventLoop());
        if (own != null) {
            task.run(own, bytes);
            return;
        }
        LoopPeers picked = loops.get(Math.floorMod(nextForForeignThread.getAndIncrement(), loops.size()));
        Buffer copy = bytes.copy();
        picked.execute(() -> task.run(picked, copy));
    }

    private void heardOf(NodeId node) {
        loops.forEach(loop -> loop.execute(() -> loop.onHeardOf(node)));
    }

    private SocketAddress address() {
        return options.port() == 0
                ? SocketAddress.sharedRandomPort(freePort, options.host())
                : SocketAddress.inetSocketAddress(options.port(), options.host());
    }

    private final class Instance extends VerticleBase {
        private final RpcSetting made;

        Instance(RpcSetting made) {
            this.made = made;
        }

        @Override
        public Future<?> start() {
            ContextInternal own = (ContextInternal) context;
            LoopPeers loop = byEventLoop.computeIfAbsent(own.nettyEventLoop(), added -> newLoop(own));
            NetServer server = vertx.createNetServer(Sockets.serverOptions(options, tls))
                    .exceptionHandler(cause -> made.reports().closed(false, "a stranger", Closing.TLS_FAILED))
                    .connectHandler(loop::accept);
            return server.listen(address()).onSuccess(listening -> {
                servers.add(listening);
                boundPort.set(listening.actualPort());
            });
        }

        private LoopPeers newLoop(ContextInternal own) {
            Consumer<NodeId> onProved = VertxPeers.this::heardOf;
            LoopPeers loop = new LoopPeers(own, made, onProved);
            loops.add(loop);
            loop.start();
            return loop;
        }
    }
}
