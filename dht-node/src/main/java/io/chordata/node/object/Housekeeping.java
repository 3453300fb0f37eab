package io.chordata.node.object;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.Partitions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.stream.IntStream;
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
    private final Index index;
    private final Buckets buckets;
    private final GarbageCollector garbage;
    private final OrphanCollector orphans;
    private final Partitions partitions;
    private final ObjectOptions options;
    private volatile boolean stopped;
    private Future<Void> garbageRound = Future.succeededFuture();
    private Future<Void> orphanPage = Future.succeededFuture();

    Housekeeping(ObjectLayer.Ports ports, Index index, Buckets buckets, ObjectOptions options) {
        this.timers = ports.timers();
        this.loop = ports.loops().ownerOf(new PartitionId(0));
        this.index = index;
        this.buckets = buckets;
        this.garbage = new GarbageCollector(ports, index, options, () -> stopped);
        this.orphans = new OrphanCollector(ports, index, options);
        this.partitions = ports.partitions();
        this.options = options;
    }

    /** Begins; from any thread, once. */
    public void start() {
        loop.execute(() -> {
            collectGarbage();
            later(options.housekeepingPeriodMillis(), () -> collectOrphans(null));
        });
    }

    /** Nothing new begins; completes when the steps under way have ended. From any thread. */
    public Future<Void> stop() {
        stopped = true;
        Promise<Void> idle = Promise.promise();
        loop.execute(() -> garbageRound.compose(done -> orphanPage).onComplete(idle));
        return idle.future();
    }

    private void collectGarbage() {
        garbageRound = tolerate(purgeDoomed(), "doomed-buckets")
                .compose(done -> collectEach())
                .compose(done -> tolerate(orphans.again(), "orphans"));
        garbageRound.onComplete(done -> later(options.housekeepingPeriodMillis(), this::collectGarbage));
    }

    private Future<Void> purgeDoomed() {
        return partitions.isLedHere(index.ofBuckets()) ? buckets.purgeDoomed() : Future.succeededFuture();
    }

    private Future<Void> collectEach() {
        Iterator<PartitionId> rest = IntStream.range(
                        0, partitions.partitioning().count())
                .mapToObj(PartitionId::new)
                .iterator();
        return FutureLoop.until(() -> rest.hasNext() && !stopped
                ? tolerate(collect(rest.next()), "garbage").map(true)
                : Future.succeededFuture(false));
    }

    /** One node does it, which costs least where the rows are. */
    private Future<Void> collect(PartitionId partition) {
        return partitions.isLedHere(partition) ? garbage.collect(partition) : Future.succeededFuture();
    }

    private void collectOrphans(@Nullable BlockRef after) {
        Future<@Nullable BlockRef> page = orphans.page(after);
        orphanPage = page.<Void>mapEmpty().otherwiseEmpty();
        page.onSuccess(last -> later(
                        last == null ? options.orphanPeriodMillis() : PAGE_PAUSE_MILLIS, () -> collectOrphans(last)))
                .onFailure(failure -> {
                    warn("orphans", failure);
                    later(options.housekeepingPeriodMillis(), () -> collectOrphans(after));
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
        LOG.warn("event=housekeeping_put_off work={} reason={}", work, String.valueOf(failure.getMessage()));
    }
}
