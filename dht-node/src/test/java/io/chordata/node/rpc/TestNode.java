package io.chordata.node.rpc;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.Uint128;
import io.chordata.node.runtime.SecureRandomSource;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxCorrelation;
import io.chordata.node.tls.TlsFilesException;
import io.chordata.node.tls.TlsMaterial;
import io.chordata.node.tls.TlsOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A node that is nothing but its {@link VertxPeers}, with short times, on a loopback address. */
final class TestNode implements AutoCloseable {
    static final ClusterId CLUSTER = new ClusterId(new Uint128(1, 1));
    static final ClusterSecret SECRET = ClusterSecret.of("a secret of tests, 0123456789abcdef");
    static final int LOOPS = 2;

    private static final long PATIENCE_SECONDS = 30;

    final VertxPeers peers;
    final Observed observed = new Observed();
    final List<Peer> unreachable = new CopyOnWriteArrayList<>();
    private final RpcOptions options;
    private final NodeId id;

    /** Counts what the observer is told. */
    static final class Observed implements RpcObserver {
        final Map<Closing, AtomicInteger> closings = new EnumMap<>(Closing.class);
        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger dropped = new AtomicInteger();
        final AtomicInteger stray = new AtomicInteger();

        Observed() {
            for (Closing closing : Closing.values()) {
                closings.put(closing, new AtomicInteger());
            }
        }

        int closed(Closing why) {
            return count(why).get();
        }

        int closed() {
            return closings.values().stream().mapToInt(AtomicInteger::get).sum();
        }

        @Override
        public void opened(boolean dialed) {
            opened.incrementAndGet();
        }

        @Override
        public void closed(boolean dialed, Closing why) {
            count(why).incrementAndGet();
        }

        private AtomicInteger count(Closing why) {
            return Objects.requireNonNull(closings.get(why));
        }

        @Override
        public void dropped(Service service) {
            dropped.incrementAndGet();
        }

        @Override
        public void stray() {
            stray.incrementAndGet();
        }
    }

    /** It has its certificate without a look at whether others would take it, as strangers would. */
    TestNode(Vertx vertx, RpcOptions options, RpcIdentity identity) {
        this.options = options;
        this.id = identity.node();
        this.peers = new VertxPeers(
                new RpcPorts(
                        vertx,
                        new SystemClock(),
                        new SecureRandomSource(),
                        new VertxCorrelation(),
                        unreachable::add,
                        observed),
                options,
                identity,
                unchecked(vertx, options.tls()));
    }

    private static @Nullable TlsMaterial unchecked(Vertx vertx, @Nullable RpcTlsOptions tls) {
        if (tls == null) {
            return null;
        }
        try {
            TlsOptions files = new TlsOptions(tls.certificatePath(), tls.keyPath(), tls.authorityPath());
            return TlsMaterial.load(vertx, files, System.currentTimeMillis());
        } catch (TlsFilesException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Node {@code number} of the cluster at a port that is free. */
    TestNode(Vertx vertx, int number) {
        this(vertx, options(0, null), identity(number));
    }

    static NodeId id(int number) {
        return new NodeId(new Uint128(7, number));
    }

    static RpcIdentity identity(int number) {
        return new RpcIdentity(CLUSTER, id(number), SECRET);
    }

    /** Times short enough that a test need not wait, long enough that a loaded machine keeps them. */
    static RpcOptions options(int port, @Nullable RpcTlsOptions tls) {
        return new RpcOptions("127.0.0.1", port, tls, 5_000, 500, 5_000, 60_000, 20, 200, 4 << 20, 4_096, 64, 64);
    }

    TestNode start() {
        await(peers.start(LOOPS));
        return this;
    }

    NodeAddress address() {
        return new NodeAddress(options.host(), peers.port());
    }

    Peer peer() {
        return new Peer(address(), id);
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not settled within " + PATIENCE_SECONDS + " s", e);
        }
    }

    @Override
    public void close() {
        await(peers.stop());
    }
}
