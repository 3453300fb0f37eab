package io.chordata.node.sim;

import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The loops of one simulated process. Each loop runs its tasks in order; which loop, worker or timer is next is drawn by
 * the scheduler. After {@link #kill} nothing of the process runs any more; a restart makes new loops.
 */
public final class SimLoops implements Loops {
    private final SimScheduler scheduler;
    private final List<SimLoop> loops = new ArrayList<>();
    private @Nullable SimLoop current;
    private @Nullable SimLoop askedForWorker;
    private boolean killed;
    private long pausedUntilNanos;

    public SimLoops(SimScheduler scheduler, int count) {
        this.scheduler = scheduler;
        for (int i = 0; i < count; i++) {
            loops.add(new SimLoop());
        }
    }

    /** The process is gone, between two events: what it had yet to run never happens. */
    public void kill() {
        killed = true;
    }

    /** The whole process stands still for so long: what its loops have to do waits, and what is to be said to them. */
    public void pause(long nanos) {
        pausedUntilNanos = Math.max(pausedUntilNanos, scheduler.nowNanos() + nanos);
    }

    public boolean isPaused() {
        return pausedUntilNanos > scheduler.nowNanos();
    }

    public boolean isKilled() {
        return killed;
    }

    /** The loop whose task runs, or that asked for the worker under way; outside of the process, the first. */
    @Override
    public Loop current() {
        if (current != null) {
            return current;
        }
        return askedForWorker != null ? askedForWorker : loops.get(0);
    }

    @Override
    public Loop ownerOf(PartitionId partition) {
        return loops.get(partition.number() % loops.size());
    }

    private final class SimLoop implements Loop {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
            scheduler.soon(this::runNext);
        }

        /** Events may overtake each other, the tasks of a loop must not: each event runs the oldest. */
        private void runNext() {
            if (pausedUntilNanos > scheduler.nowNanos() && !killed) {
                scheduler.after(pausedUntilNanos - scheduler.nowNanos(), this::runNext);
                return;
            }
            Runnable task = tasks.remove();
            if (!killed) {
                runAs(this, task);
            }
        }

        @Override
        public <T> Future<T> executeBlocking(Callable<T> task) {
            Promise<T> promise = Promise.promise();
            scheduler.soon(() -> runOnWorker(task, promise));
            return promise.future();
        }

        private <T> void runOnWorker(Callable<T> task, Promise<T> promise) {
            if (killed) {
                return;
            }
            Future<T> outcome = callOnWorker(task);
            execute(() -> outcome.onComplete(promise));
        }

        private <T> Future<T> callOnWorker(Callable<T> task) {
            askedForWorker = this;
            try {
                return Future.succeededFuture(task.call());
            } catch (Exception e) {
                return Future.failedFuture(e);
            } finally {
                askedForWorker = null;
            }
        }

        @Override
        public boolean isCurrent() {
            return current == this;
        }
    }

    private void runAs(SimLoop loop, Runnable task) {
        current = loop;
        try {
            task.run();
        } finally {
            current = null;
        }
    }
}
