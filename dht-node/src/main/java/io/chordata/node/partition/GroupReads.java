package io.chordata.node.partition;

import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.vertx.core.Future;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The queries that a replica has taken and not answered yet, within bounds. */
final class GroupReads {
    private final QueueBudget budget;
    private final BiFunction<Reason, String, PartitionRefusedException> refusal;
    private final Runnable onAnswered;
    private final WaitingReads waiting = new WaitingReads();

    /** @param onAnswered called after each */
    GroupReads(int max, BiFunction<Reason, String, PartitionRefusedException> refusal, Runnable onAnswered) {
        this.budget = new QueueBudget(max, Long.MAX_VALUE);
        this.refusal = refusal;
        this.onAnswered = onAnswered;
    }

    /**
     * Runs the query once its round is confirmed and the rows hold what was committed then.
     *
     * @param round to be joined
     * @param ask has it begin
     */
    Future<byte[]> whenConfirmed(LongSupplier round, Runnable ask, Supplier<Future<byte[]>> query) {
        if (!budget.tryAcquire(0)) {
            return tooBusy();
        }
        Future<Void> ready = waiting.add(round.getAsLong());
        ask.run();
        return ready.compose(confirmed -> query.get()).onComplete(done -> onAnswered());
    }

    Future<byte[]> atOnce(Supplier<Future<byte[]>> query) {
        if (!budget.tryAcquire(0)) {
            return tooBusy();
        }
        return Future.<Void>succeededFuture().compose(begun -> query.get()).onComplete(done -> onAnswered());
    }

    private Future<byte[]> tooBusy() {
        return Future.failedFuture(refusal.apply(Reason.TOO_BUSY, budget.count() + " queries wait"));
    }

    private void onAnswered() {
        budget.release(0);
        onAnswered.run();
    }

    void confirm(long round, long index) {
        waiting.confirm(round, index);
    }

    /** The rows hold the log up to there, and stay so for now. */
    void release(long applied) {
        waiting.release(applied);
    }

    void failUnconfirmed(RuntimeException cause) {
        waiting.failUnconfirmed(cause);
    }

    void failAll(RuntimeException cause) {
        waiting.failAll(cause);
    }

    boolean isEmpty() {
        return budget.count() == 0;
    }
}
