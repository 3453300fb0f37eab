package io.chordata.node.storage;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.runtime.SecureRandomSource;
import io.chordata.node.runtime.SystemClock;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One commit of a megabyte, checksums and the sync of the disk under {@code java.io.tmpdir} included. The segment is
 * never advanced, so each commit is written over the one before, and the file stays small.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SegmentAppendBenchmark {
    private static final int COMMIT_BYTES = 1 << 20;

    @Param({"32768", "1048576"})
    public int blockBytes;

    private final List<Buffer> bodies = new ArrayList<>();
    private Path directory = Path.of("");
    private SegmentFiles files;
    private SegmentWriter writer;

    @Setup
    public void open() throws IOException {
        for (int i = 0; i < COMMIT_BYTES / blockBytes; i++) {
            bodies.add(Buffer.buffer(new byte[blockBytes]));
        }
        directory = java.nio.file.Files.createTempDirectory("chordata-append");
        files = new SegmentFiles(ChannelFiles.in(directory), 1);
        writer = new SegmentWriter(
                files, new SegmentTable(), new SystemClock(), new SecureRandomSource(), 64L * COMMIT_BYTES);
    }

    @Benchmark
    public Object commit() throws IOException {
        List<Draft> drafts = new ArrayList<>();
        for (Buffer body : bodies) {
            drafts.add(Draft.of(block(drafts.size()), owner(), 0, body));
        }
        return writer.append(drafts);
    }

    private static BlockRef block(int number) {
        return new BlockRef(new PartitionId(3), new BodyId(Uint128.ZERO), number);
    }

    private static BlockOwner owner() {
        return new BlockOwner(new BucketId(Uint128.ZERO), new byte[32], null, 0, 0);
    }

    @TearDown
    public void close() throws IOException {
        List<String> names = ChannelFiles.in(directory).list();
        files.close();
        for (String name : names) {
            java.nio.file.Files.delete(directory.resolve(name));
        }
        java.nio.file.Files.delete(directory);
    }
}
