package io.chordata.node.cli;

import io.chordata.node.admin.EventLog.OperationTraffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long operations took since somebody last asked, each to within an eighth of itself. Safe for use by many threads. */
final class RecentLatencies {
    /** A power of two microseconds in so many steps. */
    private static final int STEPS_LOG2 = 3;

    private static final int STEPS = 1 << STEPS_LOG2;
    /** Up to 2^36 µs, 19 hours. */
    private static final int CELLS = STEPS * (36 - STEPS_LOG2 + 1);

    private final Map<String, AtomicLongArray> byOperation = new ConcurrentHashMap<>();

    void note(String operation, long nanos) {
        long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
        byOperation
                .computeIfAbsent(operation, name -> new AtomicLongArray(CELLS))
                .incrementAndGet(cell(micros));
    }

    /** Small numbers have a cell each; above, the three bits behind the highest choose within a power of two. */
    private static int cell(long micros) {
        if (micros < STEPS) {
            return (int) micros;
        }
        int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros) - STEPS_LOG2;
        return (int) Math.min(CELLS - 1, (long) shift * STEPS + (micros >> shift));
    }

    private static long largest(int cell) {
        if (cell < 2 * STEPS) {
            return cell;
        }
        int shift = cell / STEPS - 1;
        return ((long) (cell % STEPS + STEPS + 1) << shift) - 1;
    }

    /** What was since the call before, by name. */
    List<OperationTraffic> takeAll() {
        List<OperationTraffic> all = new ArrayList<>();
        new TreeMap<>(byOperation).forEach((name, cells) -> {
            long[] counts = take(cells);
            long requests = 0;
            for (long count : counts) {
                requests += count;
            }
            if (requests > 0) {
                all.add(new OperationTraffic(
                        name, requests, quantile(counts, requests, 50), quantile(counts, requests, 99)));
            }
        });
        return all;
    }

    private static long[] take(AtomicLongArray cells) {
        long[] counts = new long[CELLS];
        for (int i = 0; i < CELLS; i++) {
            counts[i] = cells.getAndSet(i, 0);
        }
        return counts;
    }

    private static long quantile(long[] counts, long all, int percent) {
        long rank = Math.max(1, (all * percent + 99) / 100);
        int cell = 0;
        for (long seen = counts[0]; seen < rank; seen += counts[cell]) {
            cell++;
        }
        return largest(cell);
    }
}
