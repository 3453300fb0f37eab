package io.chordata.node.sim;

import io.vertx.core.Future;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * The heart of a simulation: a queue of events in the order of simulated time, run one after the other on the calling
 * thread. Time stands still while an event runs and jumps to the next one's. All randomness of a run comes from
 * {@link #random()}.
 */
public final class SimScheduler {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long SOON_NANOS = NANOS_PER_MILLI;
    private static final int AWAIT_EVENTS_MAX = 5_000_000;

    private final long seed;
    private final SimRandom random;
    private final PriorityQueue<Event> queue = new PriorityQueue<>();

    private long nowNanos;
    private long scheduled;
    private long executed;
    private long traceHash;

    private record Event(long atNanos, long number, Runnable task) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return atNanos != other.atNanos ? Long.compare(atNanos, other.atNanos) : Long.compare(number, other.number);
        }
    }

    public SimScheduler(long seed) {
        this.seed = seed;
        this.random = new SimRandom(seed);
    }

    public long seed() {
        return seed;
    }

    public SimRandom random() {
        return random;
    }

    public long nowNanos() {
        return nowNanos;
    }

    public long nowMillis() {
        return nowNanos / NANOS_PER_MILLI;
    }

    public void afterMillis(long delayMillis, Runnable task) {
        after(delayMillis * NANOS_PER_MILLI, task);
    }

    /** Runs {@code task} in {@code delayNanos}; events of the same instant run in the order asked. */
    public void after(long delayNanos, Runnable task) {
        if (delayNanos < 0) {
            throw new IllegalArgumentException("delay must not be negative, got " + delayNanos);
        }
        queue.add(new Event(nowNanos + delayNanos, scheduled++, task));
    }

    /** Runs {@code task} within the next simulated millisecond, before or after others that do the same. */
    public void soon(Runnable task) {
        after(random.nextLong(0, SOON_NANOS), task);
    }

    /** Runs the next event; false if there is none. What it throws comes out here. */
    public boolean step() {
        Event event = queue.poll();
        if (event == null) {
            return false;
        }
        nowNanos = event.atNanos();
        executed++;
        trace(event.atNanos() * 31 + event.number());
        event.task().run();
        return true;
    }

    /**
     * Runs events until {@code condition} holds.
     *
     * @throws AssertionError if that takes more than {@code maxEvents}, or nothing is left to run
     */
    public void runUntil(BooleanSupplier condition, int maxEvents) {
        for (int i = 0; !condition.getAsBoolean(); i++) {
            if (i >= maxEvents || !step()) {
                throw new AssertionError("condition not met after " + i + " events, " + this);
            }
        }
    }

    /** Runs every event of the next {@code nanos}, then stands at their end. */
    public void advance(long nanos) {
        long end = nowNanos + nanos;
        while (!queue.isEmpty() && queue.peek().atNanos() <= end) {
            step();
        }
        nowNanos = end;
    }

    public void advanceMillis(long millis) {
        advance(millis * NANOS_PER_MILLI);
    }

    /**
     * Runs events until the future is complete. If it failed, its failure comes out here.
     *
     * @throws AssertionError if that takes very many events, or nothing is left to run
     */
    public <T> T await(Future<T> future) {
        runUntil(future::isComplete, AWAIT_EVENTS_MAX);
        if (future.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        if (future.failed()) {
            throw new AssertionError("failed, " + this, future.cause());
        }
        return future.result();
    }

    /**
     * Runs events until none is left.
     *
     * @throws AssertionError if that takes more than {@code maxEvents}
     */
    public void runUntilIdle(int maxEvents) {
        runUntil(queue::isEmpty, maxEvents);
    }

    /** Adds to the trace something that must be the same in each run of the seed. */
    public void trace(long value) {
        traceHash = (traceHash ^ value) * 0x9E3779B97F4A7C15L;
        traceHash ^= traceHash >>> 29;
    }

    /** Equal for equal runs: covers each event with its time, and what was added by {@link #trace}. */
    public long traceHash() {
        return traceHash;
    }

    public long executed() {
        return executed;
    }

    @Override
    public String toString() {
        return "seed=" + seed + " nowNanos=" + nowNanos + " executed=" + executed + " pending=" + queue.size();
    }
}
