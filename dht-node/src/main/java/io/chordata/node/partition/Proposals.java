package io.chordata.node.partition;

import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.LogEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a leader took, each until it can be answered: once the entry at its index is applied and what that
 * drops is gone. If the entry there is of another term, the command is not in the log and never will be.
 */
final class Proposals {
    private final QueueBudget budget;
    private final BiFunction<Reason, String, PartitionRefusedException> refusal;
    /** Not applied yet, in order of their index. */
    private final ArrayDeque<Proposal> waiting = new ArrayDeque<>();
    /** Applied, but what they drop is still being dropped. */
    private final Set<Proposal> dropping = new LinkedHashSet<>();

    private record Proposal(long index, long term, int bytes, Promise<byte[]> answer) {}

    /** @param refusal makes the exception of a reason and a detail */
    Proposals(QueueBudget budget, BiFunction<Reason, String, PartitionRefusedException> refusal) {
        this.budget = budget;
        this.refusal = refusal;
    }

    boolean isEmpty() {
        return waiting.isEmpty() && dropping.isEmpty();
    }

    /** The command was appended; its bytes were acquired from the budget. */
    Future<byte[]> add(long index, long term, int bytes) {
        Promise<byte[]> answer = Promise.promise();
        waiting.add(new Proposal(index, term, bytes, answer));
        return answer.future();
    }

    /**
     * Entries were applied, in order.
     *
     * @param outcomes one for each entry, complete once what it drops is gone
     * @param answered called after each answer
     */
    void onApplied(List<LogEntry> entries, List<Future<byte[]>> outcomes, Runnable answered) {
        List<Runnable> settled = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Proposal proposal = take(entries.get(i).index());
            if (proposal != null) {
                LogEntry entry = entries.get(i);
                Future<byte[]> outcome = outcomes.get(i);
                settled.add(() -> settle(proposal, entry, outcome, answered));
            }
        }
        settled.forEach(Runnable::run);
    }

    private @Nullable Proposal take(long index) {
        while (!waiting.isEmpty() && waiting.element().index() < index) {
            fail(waiting.remove(), Reason.UNKNOWN, "a snapshot took the place of its entry");
        }
        return waiting.isEmpty() || waiting.element().index() != index ? null : waiting.remove();
    }

    private void settle(Proposal proposal, LogEntry entry, Future<byte[]> outcome, Runnable answered) {
        if (proposal.term() != entry.term()) {
            fail(proposal, Reason.NOT_LEADER, "another leader's entry took its place");
            answered.run();
            return;
        }
        dropping.add(proposal);
        outcome.onSuccess(answer -> {
            if (dropping.remove(proposal)) {
                budget.release(proposal.bytes());
                proposal.answer().complete(answer);
                answered.run();
            }
        });
        outcome.onFailure(failure -> {
            // What a drop fails by ends the node, which abandons all of them.
            if (failure instanceof PartitionRefusedException && dropping.remove(proposal)) {
                budget.release(proposal.bytes());
                proposal.answer().fail(failure);
                answered.run();
            }
        });
    }

    /**
     * It leads again, and has applied all that it found: what still waits stood behind that in its log, when it led before, and
     * was replaced. What it takes from now on may have the same indices.
     */
    void failReplaced() {
        List<Proposal> replaced = List.copyOf(waiting);
        waiting.clear();
        replaced.forEach(proposal -> fail(proposal, Reason.NOT_LEADER, "another leader's log took its place"));
    }

    /** Nobody will ever know here: whatever waits may or may not happen. */
    void abandon(String detail) {
        List<Proposal> unknown = new ArrayList<>(dropping);
        unknown.addAll(waiting);
        dropping.clear();
        waiting.clear();
        unknown.forEach(proposal -> fail(proposal, Reason.UNKNOWN, detail));
    }

    private void fail(Proposal proposal, Reason reason, String detail) {
        budget.release(proposal.bytes());
        proposal.answer().fail(refusal.apply(reason, detail));
    }
}
