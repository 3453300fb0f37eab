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
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.process.Await;
import io.chordata.node.ring.RingOptions.Routing;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Position;
import io.chordata.node.rpc.RpcIdentity;
import io.chordata.node.rpc.RpcObserver;
import io.chordata.node.rpc.RpcOptions;
import io.chordata.node.rpc.RpcPorts;
import io.chordata.node.rpc.VertxPeers;
import io.chordata.node.runtime.SecureRandomSource;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.runtime.VertxTimers;
import io.chordata.node.sim.TestNodes;
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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes with real connections, timers and records, in one process. */
class RingOnSocketsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(100);
    private static final int LOOPS = 2;
    private static final int POSITIONS = 8;
    private static final ClusterId CLUSTER = new ClusterId(new Uint128(3, 3));
    private static final ClusterSecret SECRET = ClusterSecret.of("a secret of tests, 0123456789abcdef");

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final VertxLoops loops = new VertxLoops(vertx, LOOPS);
    private final List<RealNode> nodes = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @AfterEach
    void stopAll() {
        List.copyOf(nodes).forEach(RealNode::stop);
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not settled within " + DEADLINE, e);
        }
    }

    private final class RealNode implements RingService.Listener {
        private final int number;
        private final RocksRecordStore records;
        private final VertxPeers peers;
        private final RingService service;
        private final AtomicReference<Throwable> end = new AtomicReference<>();

        RealNode(int number, long incarnation, List<NodeAddress> seeds) {
            this.number = number;
            AtomicReference<Peers.Listener> listener = new AtomicReference<>();
            records = RocksRecordStore.open(
                    folder.resolve("node-" + number), RecordStoreOptions.DEFAULT, loops, RecordStoreObserver.NONE);
            peers = new VertxPeers(
                    new RpcPorts(
                            vertx,
                            new SystemClock(),
                            new SecureRandomSource(),
                            peer -> tell(listener.get(), peer),
                            RpcObserver.NONE),
                    new RpcOptions("127.0.0.1", 0, null, 5_000, 500, 5_000, 60_000, 20, 200, 4 << 20, 4_096, 64, 64),
                    new RpcIdentity(CLUSTER, id(number), SECRET));
            await(peers.start(LOOPS));
            RingPorts ports = new RingPorts(
                    loops,
                    loops.ownerOf(new PartitionId(number)),
                    new SystemClock(),
                    new VertxTimers(vertx, loops),
                    new SecureRandomSource(),
                    records,
                    peers);
            RingServiceOptions options = new RingServiceOptions(
                    POSITIONS, 10_000, 1_000, RingOptions.DEFAULT, RingServiceOptions.DEFAULT.directory());
            service = RingService.open(
                    ports,
                    options,
                    new RingStart(record(incarnation), number == 0, seeds, Partitioning.DEFAULT, 3),
                    this);
            listener.set(service.peersListener());
            nodes.add(this);
        }

        private static void tell(Peers.@Nullable Listener listener, Peer peer) {
            if (listener != null) {
                listener.onUnreachable(peer);
            }
        }

        private NodeRecord record(long incarnation) {
            Contact contact = new Contact(id(number), address(), incarnation);
            return TestNodes.record(contact, number, List.of(), NodeState.JOINING);
        }

        NodeAddress address() {
            return new NodeAddress("127.0.0.1", peers.port());
        }

        void stop() {
            nodes.remove(this);
            await(service.leave());
            await(peers.stop());
            records.close();
            assertThat(end.get()).isNull();
        }

        boolean holds(RealNode other, NodeState state) {
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

    private static NodeId id(int number) {
        return new NodeId(new Uint128(7, number));
    }

    @Test
    void nodes_onSockets_formARing_answer_go_andComeBack() {
        RealNode first = new RealNode(0, 1, List.of());
        RealNode second = new RealNode(1, 1, List.of(first.address()));
        RealNode third = new RealNode(2, 1, List.of(first.address()));
        nodes.forEach(node -> await(node.service.joined()));
        untilAllKnow(3 * POSITIONS);
        assertThatLookupsAreRight();

        third.stop();
        Await.until(
                "the others know that it went",
                DEADLINE,
                () -> first.holds(third, NodeState.DOWN) && second.holds(third, NodeState.DOWN));
        RealNode again = new RealNode(2, 2, List.of());
        await(again.service.joined());
        untilAllKnow(3 * POSITIONS);
        Await.until(
                "the others know that it is back",
                DEADLINE,
                () -> first.holds(again, NodeState.ALIVE) && second.holds(again, NodeState.ALIVE));
        assertThatLookupsAreRight();
    }

    private void untilAllKnow(int positions) {
        Await.until(
                "all know all positions",
                DEADLINE,
                () -> nodes.stream().allMatch(node -> node.service.view().positionCount() == positions));
    }

    private void assertThatLookupsAreRight() {
        SecureRandomSource random = new SecureRandomSource();
        for (int i = 0; i < 30; i++) {
            RingId id = new RingId(random.nextUint128());
            RealNode node = nodes.get(i % nodes.size());
            Position owner = Objects.requireNonNull(node.service.view().successor(id));
            Await.until("the right answer by the directory", DEADLINE, () -> isFoundAt(node, id, Routing.ALL, owner));
            Await.until(
                    "the right answer by fingers",
                    DEADLINE,
                    () -> isFoundAt(node, id, new Routing(true, false, false), owner));
        }
    }

    private static boolean isFoundAt(RealNode node, RingId id, Routing routing, Position owner) {
        return await(node.service.lookup(id, routing)) instanceof LookupResult.Found found
                && found.owner().id().equals(owner.id());
    }
}
