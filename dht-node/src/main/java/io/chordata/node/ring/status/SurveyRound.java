package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks each node once where it stands, some at a time, and draws the picture of what they say. Whoever is down is not asked;
 * whoever was not heard when the time is over counts as silent. Runs on one loop.
 */
final class SurveyRound {
    private static final int ASKED_AT_ONCE = 16;
    private static final long TOTAL_MILLIS = 10_000;

    private final ClusterRing.Ports ports;
    private final StatusAsker asker;
    private final RingView view;
    private final Deque<NodeRecord> waiting = new ArrayDeque<>();
    private final PictureBuilder picture = new PictureBuilder();
    private final Set<NodeId> told = new TreeSet<>();
    private final Promise<RingPicture> drawn = Promise.promise();
    private @Nullable Timer deadline;
    private int asked;
    private boolean isAsking;
    private boolean isOver;

    SurveyRound(ClusterRing.Ports ports, StatusAsker asker, RingView view) {
        this.ports = ports;
        this.asker = asker;
        this.view = view;
    }

    Future<RingPicture> run() {
        deadline = ports.timers().once(TOTAL_MILLIS, this::end);
        view.nodes().stream().filter(ClusterRing::isAskable).forEach(waiting::add);
        askMore();
        return drawn.future();
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
        Future.<Void>succeededFuture().compose(ignored -> positions(node)).onComplete((positions, failure) -> {
            asked--;
            if (failure == null && !isOver) {
                told.add(node.node());
                picture.add(node, positions);
            }
            askMore();
        });
    }

    private Future<List<PositionReport>> positions(NodeRecord node) {
        return node.node().equals(ports.own().node()) ? ports.own().positions(false) : asker.positions(node, false);
    }

    private void end() {
        if (isOver) {
            return;
        }
        isOver = true;
        if (deadline != null) {
            deadline.cancel();
        }
        for (NodeRecord node : view.nodes()) {
            if (!told.contains(node.node()) && node.state() != NodeState.DECOMMISSIONED) {
                picture.addUntold(node, view.positionsOf(node.node()));
            }
        }
        drawn.complete(picture.picture(view.version()));
    }
}
