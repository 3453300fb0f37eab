package io.chordata.node.runtime;

import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.Timers;
import io.vertx.core.Vertx;

/** Vert.x timers behind the port. */
public final class VertxTimers implements Timers {
    private final Vertx vertx;
    private final Loops loops;

    public VertxTimers(Vertx vertx, Loops loops) {
        this.vertx = vertx;
        this.loops = loops;
    }

    @Override
    public Timer once(long delayMillis, Runnable handler) {
        Loop caller = loops.current();
        long id = vertx.setTimer(delayMillis, fired -> runOn(caller, handler));
        return () -> vertx.cancelTimer(id);
    }

    /** At once where possible: a hop in between would let a timer run after it was cancelled. */
    private static void runOn(Loop caller, Runnable handler) {
        if (caller.isCurrent()) {
            handler.run();
        } else {
            caller.execute(handler);
        }
    }
}
