package io.chordata.node.ring.status;

import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer that serves everybody who asks while it is made and for a second after. Used by one loop. */
final class Shared<T> {
    private static final long FRESH_MILLIS = 1_000;

    private final Timers timers;
    private @Nullable Future<T> latest;

    Shared(Timers timers) {
        this.timers = timers;
    }

    /** @param make asked where there is no fresh answer; a failure is an answer, too */
    Future<T> get(Supplier<Future<T>> make) {
        Future<T> known = latest;
        if (known != null) {
            return known;
        }
        Future<T> next = make.get();
        latest = next;
        next.onComplete(made -> timers.once(FRESH_MILLIS, () -> latest = null));
        return next;
    }
}
