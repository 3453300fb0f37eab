package io.chordata.client.cli;

import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A line on a terminal that tells how far the work is, a few times a second; elsewhere nothing. A thread of its own draws
 * it, so that it also shows that nothing moves.
 */
final class ProgressBar implements AutoCloseable {
    private static final long EVERY_MILLIS = 200;
    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter terminal;
    private final boolean shown;
    private final int columns;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Set<LongSupplier> underWay = ConcurrentHashMap.newKeySet();
    private final AtomicLong plannedCount = new AtomicLong();
    private final AtomicLong plannedBytes = new AtomicLong();
    private final AtomicLong doneCount = new AtomicLong();
    private final AtomicLong doneBytes = new AtomicLong();
    private final long beganNanos = System.nanoTime();
    private volatile boolean allPlanned;

    /** @param shown whether it is drawn: on a terminal */
    ProgressBar(PrintWriter terminal, boolean shown) {
        this.terminal = terminal;
        this.shown = shown;
        this.columns = shown ? TerminalSize.now().columns() : 0;
        if (shown) {
            Thread drawer = new Thread(this::draw, "progress");
            drawer.setDaemon(true);
            drawer.start();
        }
    }

    /** @param bytes -1 if nobody knows */
    void plan(long bytes) {
        plannedCount.incrementAndGet();
        plannedBytes.addAndGet(Math.max(0, bytes));
    }

    /** Nothing is added any more. */
    void allPlanned() {
        allPlanned = true;
    }

    /** @param bytes asked again and again for how many have moved */
    void begin(LongSupplier bytes) {
        underWay.add(bytes);
    }

    void end(LongSupplier bytes, long moved) {
        underWay.remove(bytes);
        doneBytes.addAndGet(moved);
        doneCount.incrementAndGet();
    }

    private void draw() {
        try {
            while (!closed.await(EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                synchronized (terminal) {
                    if (closed.getCount() > 0) {
                        terminal.print(CLEAR + now().text(columns - 1));
                        terminal.flush();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ProgressLine now() {
        long moved = doneBytes.get();
        for (LongSupplier one : underWay) {
            moved += one.getAsLong();
        }
        return new ProgressLine(
                doneCount.get(),
                plannedCount.get(),
                moved,
                plannedBytes.get(),
                allPlanned,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos));
    }

    /** Before something else is printed. */
    void clear() {
        if (shown) {
            synchronized (terminal) {
                terminal.print(CLEAR);
                terminal.flush();
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        clear();
    }
}
