package io.chordata.client.cli;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * Work that is under way, so much at a time. What came of it is told by the thread that adds it, so that a terminal or a pipe
 * that takes no more holds up that thread and no event loop. Belongs to one thread.
 */
final class InFlight {
    private final int max;

    /** What is to be told of work that is done; as much work as is under way or untold has room here. */
    private final BlockingQueue<Runnable> done;

    /** Under way or untold; {@code < max} between calls. */
    private int count;

    InFlight(int max) {
        this.max = max;
        this.done = new ArrayBlockingQueue<>(max);
    }

    /**
     * Tells of what is done, and returns when there is room for more.
     *
     * @param work that has begun
     * @param teller gets what came of it, during a later call or this one
     */
    <T> void add(Future<T> work, Consumer<AsyncResult<T>> teller) {
        count++;
        work.onComplete(outcome -> done.add(() -> teller.accept(outcome)));
        for (Runnable one = done.poll(); one != null; one = done.poll()) {
            tell(one);
        }
        tellUntil(max - 1);
    }

    /** Returns when all is done and told. */
    void awaitAll() {
        tellUntil(0);
    }

    private void tellUntil(int left) {
        while (count > left) {
            tell(take());
        }
    }

    private void tell(Runnable one) {
        count--;
        one.run();
    }

    private Runnable take() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return done.take();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
