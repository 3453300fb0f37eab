package io.chordata.node.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.opentest4j.AssertionFailedError;

/** Waits for a condition of another process, which can only be asked again and again. The one place that may sleep. */
public final class Await {
    private static final long PAUSE_MILLIS = 20;

    private Await() {}

    /** Returns once {@code condition} holds; fails, naming {@code what}, if it does not within {@code deadline}. */
    public static void until(String what, Duration deadline, Callable<Boolean> condition) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionFailedError(what + " did not happen within " + deadline);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        } catch (Exception e) {
            throw new IllegalStateException("could not ask whether " + what, e);
        }
    }

    /** Holds the calling thread for a length that is part of the scenario (a slow reader, a random moment). */
    public static void pass(Duration time) {
        try {
            Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
