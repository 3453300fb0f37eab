package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.StoreBusyException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real store with little memory and more to write than it can take at once. */
class RocksRecordStoreLoadTest {
    private static final long MIB = 1 << 20;
    private static final RecordStoreOptions SMALL =
            new RecordStoreOptions(2 * MIB, 2 * MIB, 2 * MIB, 32, 1, 256 << 10, 100, 64 << 10);
    private static final int VALUE_BYTES = 4000;
    private static final TestLoops LOOPS = new TestLoops();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Counts counts = new Counts();

    @SuppressWarnings("NullAway.Init")
    private RocksRecordStore store;

    @BeforeEach
    void open() {
        store = RocksRecordStore.open(directory, SMALL, LOOPS, counts);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @AfterAll
    static void stopLoops() {
        LOOPS.close();
    }

    @Test
    void applied_rows_faster_than_the_disk_are_deferred_and_keep_their_order() {
        int rows = 10_000;
        Promise<Void> done = Promise.promise();
        List<Integer> completed = new ArrayList<>();
        Loop loop = LOOPS.ownerOf(new PartitionId(0));
        loop.execute(() -> applyFrom(0, rows, completed, done));
        TestLoops.await(done.future());
        assertThat(completed).hasSize(rows).isSorted();
        assertThat(counts.deferred.get()).as("deferred").isPositive();
        assertThat(count(Family.STATE)).isEqualTo(rows);
    }

    /** A window at a time, as a partition applies its log. */
    private void applyFrom(int from, int rows, List<Integer> completed, Promise<Void> done) {
        List<Future<Void>> window = new ArrayList<>();
        int end = Math.min(rows, from + 50);
        for (int i = from; i < end; i++) {
            int number = i;
            window.add(
                    store.write(row(Family.STATE, i), Durability.REPLAYED).onSuccess(written -> completed.add(number)));
        }
        Future.all(window).onFailure(done::fail).onSuccess(written -> {
            if (end == rows) {
                done.complete();
            } else {
                applyFrom(end, rows, completed, done);
            }
        });
    }

    @Test
    void more_batches_than_the_queue_holds_are_refused_and_leave_no_trace() {
        AtomicInteger refused = new AtomicInteger();
        List<Future<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            writes.add(store.write(row(Family.LOG, i), Durability.SYNCED));
        }
        for (Future<Void> write : writes) {
            TestLoops.await(write.otherwise(cause -> {
                assertThat(cause).isInstanceOf(StoreBusyException.class);
                refused.incrementAndGet();
                return null;
            }));
        }
        assertThat(refused.get()).isPositive();
        assertThat(count(Family.LOG)).isEqualTo(writes.size() - refused.get());
        assertThat(counts.batches.get()).isEqualTo(writes.size() - refused.get());
        assertThat(counts.groups.get()).as("groups").isLessThan(counts.batches.get());
    }

    @Test
    void log_on_disk_stays_bounded_while_rows_come_and_go() {
        for (int round = 0; round < 60; round++) {
            RecordBatch batch = new RecordBatch();
            for (int i = 0; i < 50; i++) {
                batch.put(Family.LOG, key(round * 50 + i), new byte[VALUE_BYTES]);
            }
            batch.deleteRange(Family.LOG, key(0), key(round * 50));
            TestLoops.await(store.write(batch, Durability.SYNCED));
        }
        assertThat(count(Family.LOG)).isEqualTo(50);
        long logBytes = TestFiles.tree(directory.resolve("main")).stream()
                .filter(file -> file.toString().endsWith(".log"))
                .mapToLong(file -> file.toFile().length())
                .sum();
        assertThat(logBytes).isLessThan(3 * SMALL.walBytes());
    }

    private int count(Family family) {
        int rows = 0;
        try (Cursor cursor = store.scan(family, new byte[0], null)) {
            while (cursor.next()) {
                rows++;
            }
        }
        return rows;
    }

    private static RecordBatch row(Family family, int number) {
        return new RecordBatch().put(family, key(number), new byte[VALUE_BYTES]);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static final class Counts implements RecordStoreObserver {
        private final AtomicLong deferred = new AtomicLong();
        private final AtomicLong groups = new AtomicLong();
        private final AtomicLong batches = new AtomicLong();

        @Override
        public void replayedWriteDeferred() {
            deferred.incrementAndGet();
        }

        @Override
        public void groupWritten(int batchesOfGroup, long bytes, boolean synced, long nanos) {
            groups.incrementAndGet();
            batches.addAndGet(batchesOfGroup);
        }
    }
}
