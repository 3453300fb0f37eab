package io.chordata.node.ring.status;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many of many things took how long, each to within an eighth of itself. Those of several nodes can be added up, so that a
 * quantile of all is one, and not a mean of quantiles.
 *
 * @param byCell by the number of the cell; those of none are not there
 */
public record LatencyCounts(SortedMap<Integer, Long> byCell) {
    /** A power of two microseconds in so many steps. */
    private static final int STEPS_LOG2 = 3;

    private static final int STEPS = 1 << STEPS_LOG2;

    /** Up to 2^36 µs, 19 hours. */
    public static final int CELLS = STEPS * (36 - STEPS_LOG2 + 1);

    public static final LatencyCounts NONE = new LatencyCounts(new TreeMap<>());

    public LatencyCounts {
        byCell = Collections.unmodifiableSortedMap(new TreeMap<>(byCell));
        byCell.forEach((cell, count) -> {
            if (cell < 0 || cell >= CELLS || count < 1 || count > FlowReport.AMOUNT_MAX) {
                throw new IllegalArgumentException(count + " requests in cell " + cell);
            }
        });
    }

    /** Small numbers have a cell each; above, the three bits behind the highest choose within a power of two. */
    public static int cell(long micros) {
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

    public long all() {
        return byCell.values().stream().mapToLong(Long::longValue).sum();
    }

    public LatencyCounts plus(LatencyCounts others) {
        SortedMap<Integer, Long> sum = new TreeMap<>(byCell);
        others.byCell.forEach(
                (cell, count) -> sum.merge(cell, count, (a, b) -> Math.min(FlowReport.AMOUNT_MAX, a + b)));
        return new LatencyCounts(sum);
    }

    /** So many per cent took at most that long; 0 where there are none. */
    public long quantileMicros(int percent) {
        long rank = Math.max(1, (all() * percent + 99) / 100);
        long seen = 0;
        for (Map.Entry<Integer, Long> cell : byCell.entrySet()) {
            seen += cell.getValue();
            if (seen >= rank) {
                return largest(cell.getKey());
            }
        }
        return 0;
    }
}
