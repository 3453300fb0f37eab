package io.chordata.node.cli;

import io.chordata.node.admin.InitRoute;
import io.chordata.node.admin.InitRoute.Outcome;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.Timers;
import io.chordata.node.storage.Identity;
import io.chordata.node.storage.Identity.Origin;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has this node found a cluster when an operator asks for that, however far its start is by then: it waits for the order alone,
 * it looks for a cluster, or it is of one. Answers in a few seconds what came of it.
 */
final class NodeFounding implements InitRoute.Founder {
    private static final int UNAVAILABLE = 503;
    private static final int CONFLICT = 409;
    private static final long LOOK_MILLIS = 100;
    private static final int LOOKS = 50;

    private final Loops loops;
    private final Timers timers;
    /** Whether it goes on; with false because the node is to stop. */
    private final CompletableFuture<Boolean> ordered = new CompletableFuture<>();

    /** Known once the order has been given: what comes of it. */
    private final Promise<Void> goneOn = Promise.promise();

    private volatile Supplier<Future<@Nullable String>> order = NodeFounding::notYet;
    private volatile String reason = NodeStatus.STARTING;
    private volatile @Nullable Identity identity;

    NodeFounding(Loops loops, Timers timers) {
        this.loops = loops;
        this.timers = timers;
    }

    private static Future<@Nullable String> notYet() {
        return Future.failedFuture(new ProblemException(UNAVAILABLE, "Not ready", NodeStatus.STARTING));
    }

    /**
     * Returns when somebody ordered the founding, or the node is to stop. Blocks.
     *
     * @return whether it is to go on
     */
    boolean awaitOrder(Lifecycle lifecycle) {
        order = () -> {
            ordered.complete(true);
            return LoopCalls.here(loops, goneOn.future().compose(known -> order.get()));
        };
        lifecycle.onStopAsked(() -> ordered.complete(false));
        return ordered.join();
    }

    boolean isAwaited() {
        return !ordered.isDone();
    }

    /**
     * It looks for a cluster from now on.
     *
     * @param found tells it to found one, as {@link ClusterSearch#found}
     * @param hasForgotten whether a node of a cluster lost its records in the data directory
     */
    void searching(Supplier<Future<@Nullable String>> found, boolean hasForgotten) {
        goOn(
                hasForgotten
                        ? () -> Future.succeededFuture(
                                "a node of a cluster lost its records in this data directory, see *.of-ID there:"
                                        + " there is a cluster, which it joins again, by --seeds")
                        : found);
    }

    private void goOn(Supplier<Future<@Nullable String>> next) {
        order = next;
        goneOn.tryComplete();
    }

    /** Why there is no cluster yet. */
    void waiting(String why) {
        reason = why;
    }

    /** It is of a cluster, durably. */
    void of(Identity known) {
        identity = known;
        goOn(Future::succeededFuture);
    }

    @Override
    public Future<Outcome> found() {
        return order.get().compose(refusal -> {
            if (refusal != null) {
                return Future.failedFuture(new ProblemException(CONFLICT, "Must not found", refusal));
            }
            Promise<Outcome> outcome = Promise.promise();
            look(outcome, LOOKS);
            return outcome.future();
        });
    }

    private void look(Promise<Outcome> outcome, int left) {
        Identity now = identity;
        if (now != null) {
            outcome.complete(
                    now.origin() == Origin.FOUNDED
                            ? Outcome.founded(now.cluster(), now.node())
                            : Outcome.member(now.cluster(), now.node()));
        } else if (left == 0) {
            outcome.complete(Outcome.waiting(reason));
        } else {
            timers.once(LOOK_MILLIS, () -> look(outcome, left - 1));
        }
    }
}
