package io.chordata.node.cli;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Timers;
import io.chordata.node.core.Timers.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question to the whole cluster, for probes: they do not wait until a node that hangs is given up, so what was answered a
 * moment ago has to do then. Nobody is asked while nobody probes. Safe for use by many threads.
 */
final class ClusterProbe {
    private static final long PATIENCE_MILLIS = 80;
    private static final long STALE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Supplier<Future<Boolean>> question;
    private final Timers timers;
    private final Clock clock;
    private volatile @Nullable Known latest;

    private record Known(boolean answer, long atNanos) {}

    ClusterProbe(Supplier<Future<Boolean>> question, Timers timers, Clock clock) {
        this.question = question;
        this.timers = timers;
        this.clock = clock;
    }

    /** Never fails; no where nothing is known. */
    Future<Boolean> ask() {
        Promise<Boolean> answer = Promise.promise();
        Timer patience = timers.once(PATIENCE_MILLIS, () -> answer.tryComplete(known()));
        question.get().onComplete((answered, failure) -> {
            patience.cancel();
            if (failure == null) {
                latest = new Known(answered, clock.monotonicNanos());
            }
            answer.tryComplete(known());
        });
        return answer.future();
    }

    private boolean known() {
        Known now = latest;
        return now != null && now.answer && clock.monotonicNanos() - now.atNanos < STALE_NANOS;
    }
}
