package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.block.Blocks;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.process.Figures;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of three nodes in this process, with sockets and disks; asserts no more than that it works under load. */
class BlockSpeedTest {
    private static final long MILLIS = 1_000L * Integer.getInteger("chordata.speed.seconds", 1);
    private static final int AT_ONCE = 8;
    private static final Buffer BODY = Buffer.buffer(new byte[1 << 20]);
    private static final BlockOwner OWNER = new BlockOwner(new BucketId(Uint128.ZERO), new byte[] {'k'}, null, 0, 0);

    @TempDir
    Path directory;

    private final List<SocketNode> nodes = new ArrayList<>();
    private final AtomicInteger bodies = new AtomicInteger();

    @BeforeEach
    void start() throws IOException {
        for (int number = 1; number <= 3; number++) {
            nodes.add(new SocketNode(number, directory.resolve("node-" + number), nodes));
        }
    }

    @AfterEach
    void stop() {
        nodes.forEach(SocketNode::close);
    }

    @Test
    void blocks_writtenToThree_areAsManyAsTheDiskAllows() {
        SocketNode first = nodes.get(0);
        run(Blocks.of(first.store));
        Speed alone = run(Blocks.of(first.store));
        run(first.blocks);
        Speed replicated = run(first.blocks);

        Figures.note("blocks of 1 MiB, " + AT_ONCE + " at once: " + alone + " into one store, " + replicated
                + " to three nodes of this process on one disk");
        assertThat(replicated.perSecond()).isPositive();
    }

    /** In MiB, and milliseconds of processor time for each by the whole process. */
    private record Speed(double perSecond, double cpuMillis) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f MiB/s at %.1f ms of CPU each", perSecond, cpuMillis);
        }
    }

    private static long cpuMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
    }

    private Speed run(Blocks blocks) {
        AtomicInteger done = new AtomicInteger();
        long cpuMillis = cpuMillis();
        long began = System.nanoTime();
        long end = began + TimeUnit.MILLISECONDS.toNanos(MILLIS);
        List<Future<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Promise<Void> lane = Promise.promise();
            nodes.get(0).loop().execute(() -> writeAgain(blocks, end, done, lane));
            lanes.add(lane.future());
        }
        SocketNode.await(Future.all(lanes));
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Speed(done.get() / seconds, (cpuMillis() - cpuMillis) / (double) done.get());
    }

    private void writeAgain(Blocks blocks, long endNanos, AtomicInteger done, Promise<Void> lane) {
        int number = bodies.incrementAndGet();
        BlockRef block = new BlockRef(new PartitionId(number % 16), new BodyId(new Uint128(number, number)), 0);
        blocks.write(block, OWNER, BODY).onFailure(lane::fail).onSuccess(written -> {
            done.incrementAndGet();
            if (System.nanoTime() - endNanos < 0) {
                writeAgain(blocks, endNanos, done, lane);
            } else {
                lane.tryComplete();
            }
        });
    }
}
