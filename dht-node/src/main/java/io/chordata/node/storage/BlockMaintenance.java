package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.Clock;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compacts and scrubs a block store in the background, from {@link #start} to {@link #stop}. */
public final class BlockMaintenance {
    private static final Logger LOG = LoggerFactory.getLogger(BlockMaintenance.class);
    private static final int PAGE_BLOCKS = 8;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final SegmentBlockStore store;
    private final Timers timers;
    private final Clock clock;
    private final BlockMaintenanceOptions options;
    private volatile boolean stopped;
    private volatile @Nullable ScrubReport lastScrub;
    private volatile long scrubbedNanos;

    private final LongAdder checkedBlocks = new LongAdder();

    public BlockMaintenance(SegmentBlockStore store, Timers timers, Clock clock, BlockMaintenanceOptions options) {
        this.store = store;
        this.timers = timers;
        this.clock = clock;
        this.options = options;
        this.scrubbedNanos = clock.monotonicNanos();
    }

    public void start() {
        later(1, this::compact);
        later(1, this::scrubAgain);
    }

    /** What is under way ends; nothing new begins. */
    public void stop() {
        stopped = true;
    }

    /** Of the last pass that came to its end since start. */
    public @Nullable ScrubReport lastScrub() {
        return lastScrub;
    }

    /** Since that pass ended; before there is one, since this was made: how long ago the one before was, nobody knows. */
    public long scrubAgeMillis() {
        return (clock.monotonicNanos() - scrubbedNanos) / NANOS_PER_MILLI;
    }

    /** Blocks that were verified since start. */
    public long checkedBlocks() {
        return checkedBlocks.sum();
    }

    private void later(long delayMillis, Runnable task) {
        timers.once(delayMillis, () -> {
            if (!stopped) {
                task.run();
            }
        });
    }

    private void compact() {
        store.compactOnce().onComplete(done -> {
            if (done.failed()) {
                LOG.warn("event=compaction-failed message=\"{}\"", done.cause().getMessage());
            }
            boolean more = done.succeeded() && done.result();
            later(more ? 1 : options.compactionPauseMillis(), this::compact);
        });
    }

    private void scrubAgain() {
        scrub().onComplete(done -> {
            if (done.failed()) {
                LOG.warn("event=scrub-failed message=\"{}\"", done.cause().getMessage());
            }
            later(options.scrubPauseMillis(), this::scrubAgain);
        });
    }

    /** One pass over all blocks, at the pace of the options. Stays incomplete when it is stopped. */
    public Future<ScrubReport> scrub() {
        Pass pass = new Pass();
        pass.next(null);
        return pass.report.future();
    }

    private final class Pass {
        private final long startNanos = clock.monotonicNanos();
        private final Promise<ScrubReport> report = Promise.promise();
        private long blocks;
        private long bytes;
        private long corrupt;

        void next(@Nullable BlockRef after) {
            store.scrub(after, PAGE_BLOCKS).onSuccess(this::add).onFailure(report::fail);
        }

        private void add(ScrubbedPage page) {
            blocks += page.blocks();
            checkedBlocks.add(page.blocks());
            bytes += page.bytes();
            corrupt += page.corrupt();
            BlockRef next = page.next();
            if (next == null) {
                end();
            } else {
                later(Math.max(1, dueMillis() - elapsedMillis()), () -> next(next));
            }
        }

        /** When so many bytes may have been read. */
        private long dueMillis() {
            return (long) (bytes / (double) options.scrubBytesPerSecond() * NANOS_PER_SECOND / NANOS_PER_MILLI);
        }

        private long elapsedMillis() {
            return (clock.monotonicNanos() - startNanos) / NANOS_PER_MILLI;
        }

        private void end() {
            ScrubReport found = new ScrubReport(blocks, bytes, corrupt, elapsedMillis(), clock.wallMillis());
            lastScrub = found;
            scrubbedNanos = clock.monotonicNanos();
            LOG.info(
                    "event=scrubbed blocks={} bytes={} corrupt={} durationMillis={}",
                    found.blocks(),
                    found.bytes(),
                    found.corrupt(),
                    found.durationMillis());
            report.complete(found);
        }
    }
}
