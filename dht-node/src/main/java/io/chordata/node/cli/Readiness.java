package io.chordata.node.cli;

import io.chordata.node.admin.Health;
import io.chordata.node.admin.Health.Phase;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Takes the node into service as soon as requests to it can succeed. */
final class Readiness {
    private static final long PAUSE_MILLIS = 500;

    private final Health health;
    private final Timers timers;
    private final Supplier<Future<Boolean>> reaches;

    /** @param reaches whether anybody takes commands, as far as this node hears */
    Readiness(Health health, Timers timers, Supplier<Future<Boolean>> reaches) {
        this.health = health;
        this.timers = timers;
        this.reaches = reaches;
    }

    /** From now on asks until it is so, or the node is on its way to another phase. */
    void await() {
        if (health.phase() != Phase.STARTING && health.phase() != Phase.WAITING) {
            return;
        }
        reaches.get().otherwise(false).onSuccess(this::onAnswer);
    }

    private void onAnswer(boolean reached) {
        if (reached) {
            health.become(Phase.SERVING);
        } else {
            timers.once(PAUSE_MILLIS, this::await);
        }
    }
}
