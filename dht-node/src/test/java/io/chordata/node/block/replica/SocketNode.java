package io.chordata.node.block.replica;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.ClusterSecret;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
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
import io.chordata.node.sim.TestNodes;
import io.chordata.node.storage.BlockStoreObserver;
import io.chordata.node.storage.BlockStoreOptions;
import io.chordata.node.storage.BlockStorePorts;
import io.chordata.node.storage.BlockStoreThreads;
import io.chordata.node.storage.ChannelFiles;
import io.chordata.node.storage.RecordStoreObserver;
import io.chordata.node.storage.RecordStoreOptions;
import io.chordata.node.storage.RocksRecordStore;
import io.chordata.node.storage.SegmentBlockStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Blocks on real disks behind real sockets, in a group of three that never changes. */
final class SocketNode implements AutoCloseable {
    private static final int LOOPS = 2;
    private static final long PATIENCE_SECONDS = 60;

    final VertxPeers peers;
    final SegmentBlockStore store;
    final ReplicatedBlocks blocks;
    final VertxLoops loops;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final BlockStoreThreads threads = new BlockStoreThreads(BlockStoreOptions.DEFAULT);
    private final RocksRecordStore records;
    private final int number;

    /** @param others all nodes by number from 1, those included that are made later */
    SocketNode(int number, Path directory, List<SocketNode> others) throws IOException {
        this.number = number;
        loops = new VertxLoops(vertx, LOOPS);
        SystemClock clock = new SystemClock();
        SecureRandomSource random = new SecureRandomSource();
        VertxTimers timers = new VertxTimers(vertx, loops);
        records = RocksRecordStore.open(
                directory.resolve("records"), RecordStoreOptions.DEFAULT, loops, RecordStoreObserver.NONE);
        BlockStorePorts ports = new BlockStorePorts(
                ChannelFiles.in(Files.createDirectories(directory.resolve("blocks"))),
                records,
                loops,
                timers,
                clock,
                random,
                () -> Room.ALL,
                threads.appender(),
                threads.readers());
        store = await(SegmentBlockStore.open(ports, BlockStoreOptions.DEFAULT, BlockStoreObserver.NONE));
        peers = new VertxPeers(
                new RpcPorts(vertx, clock, random, new VertxCorrelation(), lost -> {}, new RpcObserver() {}),
                new RpcOptions(
                        "127.0.0.1", 0, null, 5_000, 2_000, 8_000, 300_000, 100, 2_000, 8 << 20, 4_096, 256, 256),
                new RpcIdentity(
                        new ClusterId(new Uint128(1, 1)),
                        TestNodes.id(number),
                        ClusterSecret.of("a secret of tests, 0123456789abcdef")));
        await(peers.start(LOOPS));
        blocks = new ReplicatedBlocks(
                new BlockPorts(TestNodes.id(number), peers, store, new Three(others), loops, timers, clock, random),
                ReplicaOptions.forHeap(512 << 20),
                (partition, body) -> Future.succeededFuture());
        blocks.serve();
    }

    Loop loop() {
        return loops.ownerOf(new PartitionId(0));
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
        store.close();
        records.close();
        threads.close();
        await(vertx.close());
    }

    /** The first three nodes are the voters of every partition. */
    private final class Three implements BlockGroups {
        private final List<SocketNode> nodes;
        private final Configuration configuration = new Configuration(
                0,
                List.of(new Member(TestNodes.id(1), 0), new Member(TestNodes.id(2), 0), new Member(TestNodes.id(3), 0)),
                List.of(),
                List.of());

        Three(List<SocketNode> nodes) {
            this.nodes = nodes;
        }

        @Override
        public BlockStanding standing(PartitionId partition) {
            return new BlockStanding(new Member(TestNodes.id(number), 0), configuration, 0, 0, 0);
        }

        @Override
        public <T> Future<T> unlessDropped(PartitionId partition, BodyId body, Supplier<Future<T>> write) {
            return write.get();
        }

        @Override
        public Future<Boolean> isDropped(PartitionId partition, BodyId body) {
            return Future.succeededFuture(false);
        }

        @Override
        public Future<BlockTag> locate(PartitionId partition) {
            return Future.succeededFuture(new BlockTag(0, configuration));
        }

        @Override
        public void learn(PartitionId partition, BlockTag tag) {}

        @Override
        public @Nullable Peer peer(NodeId node) {
            SocketNode found = nodes.get((int) node.value().low() - 1);
            return new Peer(new NodeAddress("127.0.0.1", found.peers.port()), node);
        }

        @Override
        public boolean isNear(NodeId node) {
            return false;
        }
    }
}
