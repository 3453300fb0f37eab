package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Timers;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks each node once about itself, some at a time. Whoever is down is not asked; whoever was not heard when the time is over
 * counts as silent. Runs on one loop.
 */
final class SurveyRound<T> {
    private static final int ASKED_AT_ONCE = 16;
    private static final long TOTAL_MILLIS = 10_000;

    private final Timers timers;
    private final List<NodeRecord> nodes;
    private final Function<NodeRecord, Future<T>> question;
    private final BiPredicate<NodeRecord, T> onTold;
    private final Deque<NodeRecord> waiting = new ArrayDeque<>();
    private final Set<NodeId> told = new TreeSet<>();
    private final Promise<List<NodeRecord>> over = Promise.promise();
    private @Nullable Timer deadline;
    private int asked;
    private boolean isAsking;
    private boolean isOver;

    /**
     * @param onTold gets what each node says, at most once for each, and nothing once the round is over; says whether there was
     *     room for it
     */
    SurveyRound(
            Timers timers,
            List<NodeRecord> nodes,
            Function<NodeRecord, Future<T>> question,
            BiPredicate<NodeRecord, T> onTold) {
        this.timers = timers;
        this.nodes = nodes;
        this.question = question;
        this.onTold = onTold;
    }

    /** Who told nothing, without those that left for ever; by id. */
    Future<List<NodeRecord>> run() {
        deadline = timers.once(TOTAL_MILLIS, this::end);
        nodes.stream().filter(ClusterRing::isAskable).forEach(waiting::add);
        askMore();
        return over.future();
    }

    /** Answers that are there at once do not call this anew, or the stack would grow with the cluster. */
    private void askMore() {
        if (isAsking || isOver) {
            return;
        }
        isAsking = true;
        while (asked < ASKED_AT_ONCE && !waiting.isEmpty()) {
            ask(waiting.remove());
        }
        isAsking = false;
        if (asked == 0) {
            end();
        }
    }

    private void ask(NodeRecord node) {
        asked++;
        Future.<Void>succeededFuture().compose(ignored -> question.apply(node)).onComplete((answer, failure) -> {
            asked--;
            if (failure == null && !isOver && onTold.test(node, answer)) {
                told.add(node.node());
            }
            askMore();
        });
    }

    private void end() {
        if (isOver) {
            return;
        }
        isOver = true;
        if (deadline != null) {
            deadline.cancel();
        }
        over.complete(nodes.stream()
                .filter(node -> !told.contains(node.node()) && node.state() != NodeState.DECOMMISSIONED)
                .toList());
    }
}
