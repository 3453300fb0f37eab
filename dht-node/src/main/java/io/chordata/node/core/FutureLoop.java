package io.chordata.node.core;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One step after the other, for as many steps as there are. A chain of {@code compose} that is as long as its input keeps
 * every step in memory until the last one ends, and completes through all of them; here only the step under way is kept.
 */
public final class FutureLoop {
    private final Supplier<Future<Boolean>> step;
    private final Promise<Void> end = Promise.promise();

    private FutureLoop(Supplier<Future<Boolean>> step) {
        this.step = step;
    }

    /** Until a step gives false or fails, as then the whole does. */
    public static Future<Void> until(Supplier<Future<Boolean>> step) {
        FutureLoop loop = new FutureLoop(step);
        loop.run();
        return loop.end.future();
    }

    /** Ends at the first that fails. */
    public static <T> Future<Void> each(Iterable<T> items, Function<T, Future<Void>> act) {
        Iterator<T> rest = items.iterator();
        return until(() -> rest.hasNext() ? act.apply(rest.next()).map(true) : Future.succeededFuture(false));
    }

    private void run() {
        boolean more = true;
        while (more) {
            Future<Boolean> outcome = attempt();
            if (!outcome.isComplete()) {
                outcome.onComplete(this::resume);
                return;
            }
            more = take(outcome);
        }
    }

    private void resume(AsyncResult<Boolean> outcome) {
        if (take(outcome)) {
            run();
        }
    }

    private Future<Boolean> attempt() {
        try {
            return step.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private boolean take(AsyncResult<Boolean> outcome) {
        if (outcome.failed()) {
            end.fail(outcome.cause());
            return false;
        }
        if (!outcome.result()) {
            end.complete();
        }
        return outcome.result();
    }
}
