package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.status.ClusterRing;
import io.chordata.node.ring.status.FlowReport;
import io.chordata.node.ring.status.ServiceRing;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.rpc.RpcIdentity;
import io.chordata.node.rpc.RpcObserver;
import io.chordata.node.rpc.RpcOptions;
import io.chordata.node.rpc.RpcPorts;
import io.chordata.node.rpc.VertxPeers;
import io.chordata.node.runtime.SecureRandomSource;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxCorrelation;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.runtime.VertxTimers;
import io.chordata.node.storage.RecordStoreObserver;
import io.chordata.node.storage.RecordStoreOptions;
import io.chordata.node.storage.RocksRecordStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Nodes with real connections, timers and records, in one process: as far as the ring goes. */
final class SocketRing implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(100);
    static final int LOOPS = 2;
    static final int POSITIONS = 8;

    /** Of each node that is started from now on. */
    int positions = POSITIONS;

    private static final ClusterId CLUSTER = new ClusterId(new Uint128(3, 3));
    private static final ClusterSecret SECRET = ClusterSecret.of("a secret of tests, 0123456789abcdef");

    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    final List<Node> nodes = new ArrayList<>();
    private final VertxLoops loops = new VertxLoops(vertx, LOOPS);
    private final Path folder;

    SocketRing(Path folder) {
        this.folder = folder;
    }

    @Override
    public void close() {
        List.copyOf(nodes).forEach(Node::stop);
        await(vertx.close());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not settled within " + DEADLINE, e);
        }
    }

    static NodeId id(int number) {
        return new NodeId(new Uint128(7, number));
    }

    /** Peers that can talk to the nodes, and serve nothing yet. */
    VertxPeers peers(NodeId id, AtomicReference<Peers.Listener> listener) {
        VertxPeers peers = new VertxPeers(
                new RpcPorts(
                        vertx,
                        new SystemClock(),
                        new SecureRandomSource(),
                        new VertxCorrelation(),
                        peer -> tell(listener.get(), peer),
                        RpcObserver.NONE),
                new RpcOptions("127.0.0.1", 0, null, 5_000, 500, 5_000, 60_000, 20, 200, 4 << 20, 4_096, 64, 64),
                new RpcIdentity(CLUSTER, id, SECRET));
        await(peers.start(LOOPS));
        return peers;
    }

    private static void tell(Peers.@Nullable Listener listener, Peer peer) {
        if (listener != null) {
            listener.onUnreachable(peer);
        }
    }

    Node start(int number, long incarnation, NodeAddress... seeds) {
        return start(number, incarnation, null, seeds);
    }

    /** @param image of its directory; null for the one that is on its disk */
    Node start(int number, long incarnation, byte @Nullable [] image, NodeAddress... seeds) {
        Node node = new Node(number, incarnation, image, List.of(seeds));
        nodes.add(node);
        return node;
    }

    static NodeRecord record(NodeId id, NodeAddress address, long incarnation) {
        return new NodeRecord(
                new Contact(id, address, incarnation),
                "node",
                new NodeAddress("127.0.0.1", 9000),
                new NodeAddress("127.0.0.1", 9001),
                "zone",
                Weight.ONE,
                "1.0",
                List.of(),
                NodeState.JOINING,
                NodeState.JOINING);
    }

    final class Node implements RingService.Listener {
        final int number;
        final VertxPeers peers;
        final RingService service;
        private final RocksRecordStore records;
        private final AtomicReference<Throwable> end = new AtomicReference<>();

        private Node(int number, long incarnation, byte @Nullable [] image, List<NodeAddress> seeds) {
            this.number = number;
            AtomicReference<Peers.Listener> listener = new AtomicReference<>();
            records = RocksRecordStore.open(
                    folder.resolve("node-" + number), RecordStoreOptions.DEFAULT, loops, RecordStoreObserver.NONE);
            if (image != null) {
                await(new RingMemory(records, new VertxTimers(vertx, loops)).write(image));
            }
            peers = peers(id(number), listener);
            RingPorts ports = new RingPorts(
                    loops,
                    loops.ownerOf(new PartitionId(number)),
                    new SystemClock(),
                    new VertxTimers(vertx, loops),
                    new SecureRandomSource(),
                    records,
                    peers);
            RingServiceOptions options = new RingServiceOptions(
                    positions, 10_000, RingOptions.DEFAULT, RingServiceOptions.DEFAULT.directory());
            NodeRecord self = record(id(number), address(), incarnation);
            service = RingService.open(
                    ports, options, new RingStart(self, true, number == 0, seeds, Partitioning.DEFAULT, 3), this);
            listener.set(service.peersListener());
        }

        NodeAddress address() {
            return new NodeAddress("127.0.0.1", peers.port());
        }

        Peer peer() {
            return new Peer(address(), id(number));
        }

        /** Answers what others want to know of it. */
        void serveStatus() {
            ServiceRing own = new ServiceRing(
                    id(number), service, () -> Future.succeededFuture(List.of()), () -> FlowReport.NOTHING);
            ClusterRing.Ports ports =
                    new ClusterRing.Ports(own, Partitioning.DEFAULT, peers, loops, new VertxTimers(vertx, loops));
            new ClusterRing(ports, loops.ownerOf(new PartitionId(number))).serve();
        }

        /** Says goodbye; must not have ended before. */
        void stop() {
            nodes.remove(this);
            await(service.leave());
            await(peers.stop());
            records.close();
            assertThat(end.get()).isNull();
        }

        boolean holds(Node other, NodeState state) {
            NodeRecord record = service.view().node(id(other.number));
            return record != null && record.state() == state;
        }

        @Override
        public void onRefused(RingRefusedException why) {
            end.set(why);
        }

        @Override
        public void onFailed(Throwable cause) {
            end.set(cause);
        }
    }
}
