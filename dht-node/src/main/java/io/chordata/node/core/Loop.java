package io.chordata.node.core;

import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** The port to one event loop. What a loop owns is touched by that loop alone. */
public interface Loop {
    /** Runs {@code task} on this loop, tasks in the order asked. From any thread. */
    void execute(Runnable task);

    /** Runs a task that may block on a worker thread; the future completes on this loop. */
    <T> Future<T> executeBlocking(Callable<T> task);

    boolean isCurrent();
}
