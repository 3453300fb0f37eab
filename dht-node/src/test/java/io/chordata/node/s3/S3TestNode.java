package io.chordata.node.s3;

import io.chordata.node.block.Blocks;
import io.chordata.node.block.Bodies;
import io.chordata.node.block.BodyOptions;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.Uint128;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.object.ObjectOptions;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.PartitionOptions;
import io.chordata.node.partition.PartitionPorts;
import io.chordata.node.runtime.SecureRandomSource;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxCorrelation;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.runtime.VertxTimers;
import io.chordata.node.s3.auth.Authenticator;
import io.chordata.node.sim.NoPeers;
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
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A whole node behind a real port: sockets, event loops, RocksDB and segment files, nothing simulated. */
final class S3TestNode implements AutoCloseable {
    static final String ACCESS_KEY = "AKIAIOSFODNN7EXAMPLE";
    static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    static final S3Options OPTIONS = S3Options.DEFAULTS.withAddress("127.0.0.1", 0);

    private static final int LOOPS = 2;

    /** What the disks have room for; tests make them full. */
    volatile Room room = Room.ALL;

    /** Answers as the observer saw them: operation, status, code. */
    final Queue<String> observed = new ConcurrentLinkedQueue<>();

    final Bodies bodies;
    final SegmentBlockStore blocks;
    final LossyPartitions lossy;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final RocksRecordStore records;
    private final BlockStoreThreads threads = new BlockStoreThreads(BlockStoreOptions.DEFAULT);
    private final NodePartitions partitions;
    private final S3Server server;

    S3TestNode(Path directory) {
        this(directory, OPTIONS);
    }

    S3TestNode(Path directory, S3Options options) {
        VertxLoops loops = new VertxLoops(vertx, LOOPS);
        VertxTimers timers = new VertxTimers(vertx, loops);
        SystemClock clock = new SystemClock();
        SecureRandomSource random = new SecureRandomSource();
        records = RocksRecordStore.open(
                directory.resolve("records"), RecordStoreOptions.DEFAULT, loops, RecordStoreObserver.NONE);
        blocks = await(SegmentBlockStore.open(
                new BlockStorePorts(
                        files(directory),
                        records,
                        loops,
                        timers,
                        clock,
                        random,
                        () -> room,
                        threads.appender(),
                        threads.readers()),
                BlockStoreOptions.DEFAULT,
                BlockStoreObserver.NONE));
        bodies = new Bodies(BodyOptions.forHeap(256L << 20), Partitioning.DEFAULT, Blocks.of(blocks), loops, random);
        partitions = new NodePartitions(
                new NodeId(new Uint128(0, 1)),
                Partitioning.DEFAULT,
                ObjectLayer.stateMachine(),
                new PartitionPorts(loops, clock, timers, random, records, blocks, () -> room),
                NoPeers.groups(),
                PartitionOptions.DEFAULT);
        await(partitions.found().compose(founded -> partitions.start()));
        lossy = new LossyPartitions(partitions);
        ObjectLayer layer = new ObjectLayer(
                new ObjectLayer.Ports(lossy, bodies, blocks, clock, timers, loops, random), ObjectOptions.DEFAULT);
        server = new S3Server(
                vertx,
                options,
                new S3Basics(observer(), S3Tracing.NONE, new VertxCorrelation(), clock, random, routing(), "test-node"),
                new S3Services(
                        layer.buckets(),
                        layer.objects(),
                        layer.uploads(),
                        layer.listings(),
                        layer::eventual,
                        new Authenticator(
                                key -> Future.succeededFuture(key.equals(ACCESS_KEY) ? SECRET_KEY : null), clock)));
        await(server.start(LOOPS));
    }

    private static Routing routing() {
        return new Routing() {
            @Override
            public long version() {
                return 7;
            }

            @Override
            public Future<Table> table() {
                return Future.succeededFuture(new Table(
                        List.of(new Node("n1", "127.0.0.1:9000")),
                        List.of(
                                new Partition("00", List.of("n1", "n2"), "n1"),
                                new Partition("80", List.of("n2"), null))));
            }
        };
    }

    private S3Observer observer() {
        return new S3Observer() {
            @Override
            public void onAnswer(String operation, int status, String code, long in, long out, long nanos) {
                observed.add((operation + ' ' + status + ' ' + code).strip());
            }

            @Override
            public void onConnectionRefused() {
                observed.add("connection refused");
            }
        };
    }

    private static ChannelFiles files(Path directory) {
        try {
            return ChannelFiles.in(Files.createDirectories(directory.resolve("blocks")));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Completes so many milliseconds from now. */
    Future<Void> after(long millis) {
        return vertx.timer(millis, TimeUnit.MILLISECONDS).mapEmpty();
    }

    int port() {
        return server.port();
    }

    /** The port of another server, which lets everybody in under that key. */
    int openDoor(String accessKey) {
        return await(vertx.createHttpServer()
                        .requestHandler(request -> server.serveSession(request, accessKey, request.uri()))
                        .listen(0, "127.0.0.1"))
                .actualPort();
    }

    S3TestClient client() {
        return new S3TestClient(port());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not settled within 30 s", e);
        }
    }

    @Override
    public void close() {
        await(server.stop(Duration.ofSeconds(1)));
        await(partitions.stop());
        blocks.close();
        threads.close();
        records.close();
        await(vertx.close());
    }
}
