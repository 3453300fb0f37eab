package io.chordata.node.cli;

import io.chordata.node.admin.Health;
import io.chordata.node.admin.Health.Phase;
import io.chordata.node.admin.Metric;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.storage.BlockStoreObserver;
import io.chordata.node.storage.RecordStoreObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Counts what the stores do, and takes the node out of service when one fails. */
final class StoreMeters {
    private final NodeMeters meters;
    private final Health health;
    private final Counter failures;

    StoreMeters(NodeMeters meters, Health health) {
        this.meters = meters;
        this.health = health;
        this.failures = meters.counter(Metric.STORE_FAILURES);
    }

    private void failed() {
        failures.increment();
        health.become(Phase.FAILED);
    }

    RecordStoreObserver records() {
        return new Records();
    }

    BlockStoreObserver blocks() {
        return new Blocks();
    }

    void watch(RecordStore records) {
        for (Family family : Family.values()) {
            meters.gauge(
                    Metric.RECORDS_SIZE,
                    () -> records.approximateBytes(family),
                    "family",
                    family.name().toLowerCase(Locale.ROOT));
        }
    }

    void watch(BlockStore blocks) {
        meters.gauge(Metric.BLOCKS_COUNT, () -> blocks.stats().blocks());
        meters.gauge(Metric.BLOCKS_LIVE, () -> blocks.stats().liveBytes());
        meters.gauge(Metric.BLOCKS_SEGMENTS, () -> blocks.stats().segmentBytes());
        meters.count(Metric.BLOCKS_COMPACTED, () -> blocks.stats().compactedBytes());
        meters.count(Metric.BLOCKS_CORRUPT, () -> blocks.stats().corruptBlocks());
        meters.gauge(Metric.DISK_CAPACITY, () -> blocks.stats().capacityBytes());
        meters.gauge(Metric.DISK_FREE, () -> blocks.stats().freeBytes());
    }

    private final class Records implements RecordStoreObserver {
        private final Timer sync = meters.timer(Metric.RECORDS_SYNC);
        private final Timer flush = meters.timer(Metric.RECORDS_FLUSH);
        private final Counter batches = meters.counter(Metric.RECORDS_BATCHES);
        private final Counter written = meters.counter(Metric.RECORDS_WRITTEN);
        private final Counter deferred = meters.counter(Metric.RECORDS_DEFERRED);

        @Override
        public void groupWritten(int count, long bytes, boolean synced, long nanos) {
            batches.increment(count);
            written.increment(bytes);
            if (synced) {
                sync.record(nanos, TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public void replayedWriteDeferred() {
            deferred.increment();
        }

        @Override
        public void flushed(long nanos) {
            flush.record(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void failed() {
            StoreMeters.this.failed();
        }
    }

    private final class Blocks implements BlockStoreObserver {
        private final Timer sync = meters.timer(Metric.BLOCKS_SYNC);
        private final Counter batches = meters.counter(Metric.BLOCKS_BATCHES);
        private final Counter written = meters.counter(Metric.BLOCKS_WRITTEN);

        @Override
        public void committed(int count, long bytes, long nanos) {
            batches.increment(count);
            written.increment(bytes);
            sync.record(nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void failed() {
            StoreMeters.this.failed();
        }
    }
}
