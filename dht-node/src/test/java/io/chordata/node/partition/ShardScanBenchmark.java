package io.chordata.node.partition;

import com.google.protobuf.ByteString;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.CreateShard;
import io.chordata.node.object.rules.MessageProtos.ListObjects;
import io.chordata.node.object.rules.MessageProtos.PutObject;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.object.rules.ObjectStateMachine;
import io.chordata.node.object.rules.RowProtos.Content;
import io.chordata.node.runtime.VertxLoops;
import io.chordata.node.storage.RecordStoreObserver;
import io.chordata.node.storage.RecordStoreOptions;
import io.chordata.node.storage.RocksRecordStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A shard's page of 1,000 common prefixes, out of its share of a bucket: rows on disk, in the cache of RocksDB. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ShardScanBenchmark {
    private static final int FOLDERS = 1_000;
    private static final PartitionId PARTITION = new PartitionId(0);
    private static final Shard SHARD =
            Shard.newBuilder().setBucket(ByteString.copyFrom(new byte[16])).build();

    @Param({"1", "6", "100"})
    public int keysInFolder;

    private final ObjectStateMachine machine = new ObjectStateMachine();
    private final Vertx vertx = Vertx.vertx();
    private Path directory = Path.of("");
    private RocksRecordStore records;
    private PartitionRows rows;
    private int index;

    @Setup
    public void fill() throws IOException, TimeoutException {
        directory = Files.createTempDirectory("chordata-scan");
        records = RocksRecordStore.open(
                directory, RecordStoreOptions.DEFAULT, new VertxLoops(vertx, 1), RecordStoreObserver.NONE);
        rows = new PartitionRows(PARTITION, 1, records, ReadTier.DISK);
        apply(Command.newBuilder().setCreateShard(CreateShard.getDefaultInstance()));
        for (int folder = 0; folder < FOLDERS; folder++) {
            for (int key = 0; key < keysInFolder; key++) {
                apply(put(String.format(Locale.ROOT, "folder-%04d/object-%04d", folder, key)));
            }
        }
        records.flush().await(1, TimeUnit.MINUTES);
    }

    private static Command.Builder put(String key) {
        return Command.newBuilder()
                .setPutObject(PutObject.newBuilder()
                        .setKey(ByteString.copyFromUtf8(key))
                        .setEtag("0123456789abcdef0123456789abcdef")
                        .setContent(Content.newBuilder().setInlined(ByteString.EMPTY)));
    }

    private void apply(Command.Builder command) throws TimeoutException {
        byte[] bytes = command.setShard(SHARD).build().toByteArray();
        BufferedRows changes = new BufferedRows(rows);
        machine.apply(new StateMachine.Entry(PARTITION, ++index, 1_000_000, 1, bytes), changes);
        RecordBatch batch = new RecordBatch();
        changes.addTo(batch);
        records.write(batch, Durability.REPLAYED).await(1, TimeUnit.MINUTES);
    }

    @Benchmark
    public Object commonPrefixes() {
        ListObjects list = ListObjects.newBuilder()
                .setDelimiter(ByteString.copyFromUtf8("/"))
                .setMax(FOLDERS)
                .build();
        byte[] query =
                Query.newBuilder().setShard(SHARD).setListObjects(list).build().toByteArray();
        return machine.query(PARTITION, query, rows);
    }

    @TearDown
    public void close() throws IOException, TimeoutException {
        records.close();
        vertx.close().await(1, TimeUnit.MINUTES);
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(ShardScanBenchmark::delete);
        }
    }

    private static void delete(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
