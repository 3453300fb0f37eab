package io.chordata.node.core;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** Calls from one loop to another. */
public final class LoopCalls {
    private LoopCalls() {}

    /** The outcome of a future that belongs to any loop, on the caller's. */
    public static <T> Future<T> here(Loops loops, Future<T> future) {
        Loop caller = loops.current();
        Promise<T> promise = Promise.promise();
        future.onComplete((result, failure) -> caller.execute(() -> promise.complete(result, failure)));
        return promise.future();
    }

    /** Makes the call on {@code target}; its outcome comes back on the caller's loop. */
    public static <T> Future<T> call(Loops loops, Loop target, Supplier<Future<T>> call) {
        if (target.isCurrent()) {
            return call.get();
        }
        Loop caller = loops.current();
        Promise<T> promise = Promise.promise();
        target.execute(() -> Future.<Void>succeededFuture()
                .compose(ignored -> call.get())
                .onComplete((result, failure) -> caller.execute(() -> promise.complete(result, failure))));
        return promise.future();
    }
}
