package io.chordata.node.storage;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Threads that may block; futures complete on them. */
final class Workers {
    private final Executor executor;

    Workers(Executor executor) {
        this.executor = executor;
    }

    <T> Future<T> call(Callable<T> task) {
        Promise<T> promise = Promise.promise();
        try {
            executor.execute(() -> run(task, promise));
        } catch (RejectedExecutionException e) {
            promise.fail(e);
        }
        return promise.future();
    }

    private static <T> void run(Callable<T> task, Promise<T> promise) {
        T result;
        try {
            result = task.call();
        } catch (Throwable e) {
            promise.fail(e);
            return;
        }
        promise.complete(result);
    }
}
