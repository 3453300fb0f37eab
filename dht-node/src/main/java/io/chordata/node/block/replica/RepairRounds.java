package io.chordata.node.block.replica;

import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repairs the partitions that this node keeps, one after the other, for ever; each round begins some minutes after the last. */
public final class RepairRounds {
    private static final Logger LOG = LoggerFactory.getLogger(RepairRounds.class);
    private static final long STEP_MILLIS = 10;

    /** Of so many partitions one in each round is also rid of what was dropped, another in the next. */
    private static final int SWEEP_EVERY = 12;

    private final BlockRepair repair;
    private final BlockGroups groups;
    private final Partitioning partitioning;
    private final Loops loops;
    private final Timers timers;
    private final long pauseMillis;
    private volatile boolean stopped;
    private int round;

    /** @param pauseMillis between two rounds. Shorter finds what is lacking sooner, longer reads the index less */
    public RepairRounds(
            BlockRepair repair,
            BlockGroups groups,
            Partitioning partitioning,
            Loops loops,
            Timers timers,
            long pauseMillis) {
        this.repair = repair;
        this.groups = groups;
        this.partitioning = partitioning;
        this.loops = loops;
        this.timers = timers;
        this.pauseMillis = pauseMillis;
    }

    /** From any thread, once. */
    public void start() {
        loops.ownerOf(new PartitionId(0)).execute(() -> later(pauseMillis, 0));
    }

    /** What is under way ends; nothing new begins. */
    public void stop() {
        stopped = true;
    }

    private void later(long delayMillis, int number) {
        timers.once(delayMillis, () -> {
            if (!stopped) {
                next(number);
            }
        });
    }

    private void next(int first) {
        int number = first;
        while (number < partitioning.count() && groups.standing(new PartitionId(number)) == null) {
            number++;
        }
        if (number == partitioning.count()) {
            round++;
            later(pauseMillis, 0);
            return;
        }
        int following = number + 1;
        PartitionId partition = new PartitionId(number);
        boolean isSwept = (number + round) % SWEEP_EVERY == 0;
        Future<Void> swept = isSwept ? repair.sweep(partition) : Future.succeededFuture();
        swept.compose(done -> repair.repair(partition))
                .onFailure(cause ->
                        LOG.warn("event=repair_failed partition={} cause=\"{}\"", partition, cause.getMessage()))
                .onComplete(done -> later(STEP_MILLIS, following));
    }
}
