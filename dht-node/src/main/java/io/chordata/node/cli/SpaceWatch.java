package io.chordata.node.cli;

import io.chordata.node.core.BlockStore;
import io.chordata.node.core.Loop;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.core.Timers;
import io.chordata.node.storage.Ballast;
import io.chordata.node.storage.DiskSpaceGuard;
import io.chordata.node.storage.RocksRecordStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the space guard how full the disk is: every second, and four times as often where so little is left that a fast disk
 * could take it within a second. Where there is room for everything, the ballast gets its share.
 *
 * <p>Before that it asks whether the data directory is still there. Nothing is acknowledged once it is gone, because each
 * commit asks, too; but a node that nobody writes to serves from open files for one period more, and only then fails.
 */
final class SpaceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SpaceWatch.class);
    private static final long PERIOD_MILLIS = 1_000;
    private static final long SHORT_PERIOD_MILLIS = 250;
    private static final long AMPLE_BYTES = 8L << 30;

    private final RocksRecordStore records;
    private final BlockStore blocks;
    private final DiskSpaceGuard space;
    private final Ballast ballast;
    private final Loop loop;
    private final Timers timers;
    private volatile long periodMillis = SHORT_PERIOD_MILLIS;
    private volatile boolean stopped;

    SpaceWatch(NodeStores stores, Loop loop, Timers timers) {
        this.records = stores.records();
        this.blocks = stores.blocks();
        this.space = stores.space();
        this.ballast = stores.ballast();
        this.loop = loop;
        this.timers = timers;
    }

    /** Takes the first reading before it returns. Blocks. */
    void start() {
        read();
        loop.execute(this::later);
    }

    /** False when there is nothing left to watch. */
    private boolean check() {
        if (!records.checkPlace()) {
            return false;
        }
        BlockStore.Stats stats = read();
        if (space.room() == Room.ALL) {
            ballast.grow(stats.freeBytes(), stats.capacityBytes());
        }
        return true;
    }

    private BlockStore.Stats read() {
        BlockStore.Stats stats = blocks.stats();
        if (stats.capacityBytes() > 0) {
            space.refresh(stats.freeBytes(), stats.capacityBytes());
        }
        periodMillis = stats.freeBytes() < AMPLE_BYTES ? SHORT_PERIOD_MILLIS : PERIOD_MILLIS;
        return stats;
    }

    private void later() {
        if (!stopped) {
            timers.once(periodMillis, this::refresh);
        }
    }

    private void refresh() {
        if (stopped) {
            return;
        }
        loop.executeBlocking(this::check)
                .onFailure(cause -> LOG.warn("event=disk_space_unknown cause=\"{}\"", cause.getMessage()))
                .otherwise(true)
                .onSuccess(goOn -> {
                    if (goOn) {
                        later();
                    }
                });
    }

    /** Nothing new begins. */
    void stop() {
        stopped = true;
    }
}
