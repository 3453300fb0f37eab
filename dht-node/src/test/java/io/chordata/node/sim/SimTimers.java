package io.chordata.node.sim;

import io.chordata.node.core.Loop;
import io.chordata.node.core.Timers;

/** Timers of one simulated process; they die with its loops. */
public final class SimTimers implements Timers {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SimScheduler scheduler;
    private final SimLoops loops;

    public SimTimers(SimScheduler scheduler, SimLoops loops) {
        this.scheduler = scheduler;
        this.loops = loops;
    }

    @Override
    public Timer once(long delayMillis, Runnable handler) {
        if (delayMillis < 1) {
            throw new IllegalArgumentException("a timer takes at least 1 ms, got " + delayMillis);
        }
        Loop caller = loops.current();
        Once timer = new Once(handler);
        scheduler.after(delayMillis * NANOS_PER_MILLI, () -> caller.execute(timer::fire));
        return timer;
    }

    private static final class Once implements Timer {
        private final Runnable handler;
        private boolean cancelled;

        Once(Runnable handler) {
            this.handler = handler;
        }

        void fire() {
            if (!cancelled) {
                handler.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
