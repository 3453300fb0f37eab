package io.chordata.node.object;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What tidies up behind the operations: garbage whose time has come, rows of buckets that are gone, blocks that nothing
 * refers to. Works on one loop, one partition or one page after the other, with a bounded batch each, and goes on after
 * any failure: all of it can be done again.
 */
public final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    /** Between two pages of blocks, so that reading the index leaves room for requests. */
    private static final long PAGE_PAUSE_MILLIS = 100;

    private final Timers timers;
    private final Loop loop;
    private final Buckets buckets;
    private final GarbageCollector garbage;
    private final OrphanCollector orphans;
    private final int partitions;
    private final ObjectOptions options;
    private volatile boolean stopped;

    Housekeeping(ObjectLayer.Ports ports, Index index, Buckets buckets, ObjectOptions options) {
        this.timers = ports.timers();
        this.loop = ports.loops().ownerOf(new PartitionId(0));
        this.buckets = buckets;
        this.garbage = new GarbageCollector(ports, index, options);
        this.orphans = new OrphanCollector(ports, index, options);
        this.partitions = ports.partitions().partitioning().count();
        this.options = options;
    }

    /** Begins; from any thread, once. */
    public void start() {
        loop.execute(() -> {
            collectGarbage();
            later(options.housekeepingPeriodMillis(), () -> collectOrphans(null));
        });
    }

    /** What is under way is finished, nothing new begins. */
    public void stop() {
        stopped = true;
    }

    private void collectGarbage() {
        Future<Void> collected = tolerate(buckets.purgeDoomed(), "doomed-buckets");
        for (int i = 0; i < partitions; i++) {
            PartitionId partition = new PartitionId(i);
            collected = collected.compose(
                    before -> stopped ? Future.succeededFuture() : tolerate(garbage.collect(partition), "garbage"));
        }
        collected.onComplete(done -> later(options.housekeepingPeriodMillis(), this::collectGarbage));
    }

    private void collectOrphans(@Nullable BlockRef after) {
        orphans.page(after).onComplete(page -> {
            if (page.failed()) {
                warn("orphans", page.cause());
            }
            BlockRef last = page.result();
            if (last == null) {
                later(options.orphanPeriodMillis(), () -> collectOrphans(null));
            } else {
                later(PAGE_PAUSE_MILLIS, () -> collectOrphans(last));
            }
        });
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

    private static Future<Void> tolerate(Future<Void> work, String name) {
        return work.recover(failure -> {
            warn(name, failure);
            return Future.succeededFuture();
        });
    }

    private static void warn(String work, Throwable failure) {
        LOG.warn("housekeeping put off work={} reason={}", work, String.valueOf(failure.getMessage()));
    }
}
