package io.chordata.node.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.opentest4j.AssertionFailedError;

/** Waits for a condition of another process, which can only be asked again and again. The one place that may sleep. */
public final class Await {
    private static final long PAUSE_MILLIS = 20;

    private Await() {}

    /**
     * Returns once {@code condition} holds; fails, naming {@code what}, if it does not within {@code deadline}. A process that
     * does not answer, which is an {@link IOException}, is asked again: it may be on its way up, or starved by its neighbours.
     */
    public static void until(String what, Duration deadline, Callable<Boolean> condition) {
        long end = System.nanoTime() + deadline.toNanos();
        try {
            while (true) {
                IOException unanswered = null;
                try {
                    if (condition.call()) {
                        return;
                    }
                } catch (IOException e) {
                    unanswered = e;
                }
                if (System.nanoTime() > end) {
                    throw new AssertionFailedError(what + " did not happen within " + deadline, unanswered);
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

    /**
     * Returns the first answer that is as wanted. Whoever does not answer yet is asked again.
     *
     * @param ask throws an {@link UncheckedIOException} or an {@link IllegalStateException} where there is no answer
     */
    public static String answer(String what, Duration deadline, Supplier<String> ask, Predicate<String> wanted) {
        String[] last = {""};
        try {
            until(what, deadline, () -> {
                last[0] = answer(ask);
                return wanted.test(last[0]);
            });
        } catch (AssertionFailedError e) {
            throw new AssertionFailedError(e.getMessage() + "; the last answer was: " + last[0], e);
        }
        return last[0];
    }

    /** Empty where there is none. */
    private static String answer(Supplier<String> ask) {
        try {
            return ask.get();
        } catch (UncheckedIOException | IllegalStateException notAnswered) {
            return "";
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
