package io.chordata.node.cli;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.Loop;
import io.chordata.node.core.Timers;
import io.chordata.node.storage.DiskSpaceGuard;
import io.chordata.node.storage.SegmentBlockStore;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the stores need done now and then, on one loop: the space guard wants to know how full the disk is, segments want to
 * be compacted, and blocks that nobody reads want to be checked. The pauses leave the disk to requests: checking reads at
 * most 16 blocks in ten seconds, which is 1.6 MiB/s, or a terabyte a week.
 */
final class StoreUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(StoreUpkeep.class);
    private static final long SPACE_PERIOD_MILLIS = 2_000;
    private static final long COMPACTION_PERIOD_MILLIS = 30_000;
    private static final long COMPACTION_PAUSE_MILLIS = 200;
    private static final long SCRUB_PERIOD_MILLIS = 10_000;
    private static final int SCRUB_BLOCKS = 16;

    private final SegmentBlockStore blocks;
    private final DiskSpaceGuard space;
    private final Loop loop;
    private final Timers timers;
    private @Nullable BlockRef scrubbedTo;
    private volatile boolean stopped;

    StoreUpkeep(NodeStores stores, Loop loop, Timers timers) {
        this.blocks = stores.blocks();
        this.space = stores.space();
        this.loop = loop;
        this.timers = timers;
    }

    /** Takes the first reading of the disk before it returns. Blocks. */
    void start() {
        readSpace();
        loop.execute(() -> {
            later(SPACE_PERIOD_MILLIS, this::refreshSpace);
            later(COMPACTION_PERIOD_MILLIS, this::compact);
            later(SCRUB_PERIOD_MILLIS, this::scrub);
        });
    }

    private void readSpace() {
        BlockStore.Stats stats = blocks.stats();
        if (stats.capacityBytes() > 0) {
            space.refresh(stats.freeBytes(), stats.capacityBytes());
        }
    }

    private void refreshSpace() {
        Future<Boolean> read = loop.executeBlocking(() -> {
            readSpace();
            return true;
        });
        read.onFailure(cause -> warn("space", cause))
                .onComplete(done -> later(SPACE_PERIOD_MILLIS, this::refreshSpace));
    }

    private void compact() {
        blocks.compactOnce()
                .onFailure(cause -> warn("compaction", cause))
                .otherwise(false)
                .onSuccess(freed -> later(freed ? COMPACTION_PAUSE_MILLIS : COMPACTION_PERIOD_MILLIS, this::compact));
    }

    private void scrub() {
        blocks.scrub(scrubbedTo, SCRUB_BLOCKS)
                .onSuccess(page -> scrubbedTo = page.next())
                .onFailure(cause -> warn("scrub", cause))
                .onComplete(done -> later(SCRUB_PERIOD_MILLIS, this::scrub));
    }

    private static void warn(String task, Throwable cause) {
        LOG.warn("event=upkeep_failed task={} cause=\"{}\"", task, cause.getMessage());
    }

    private void later(long delayMillis, Runnable task) {
        if (!stopped) {
            timers.once(delayMillis, () -> {
                if (!stopped) {
                    task.run();
                }
            });
        }
    }

    /** Nothing new begins. */
    void stop() {
        stopped = true;
    }
}
