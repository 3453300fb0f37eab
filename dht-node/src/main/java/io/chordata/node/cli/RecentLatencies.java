package io.chordata.node.cli;

import io.chordata.node.ring.status.LatencyCounts;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long operations took since somebody last asked. Safe for use by many threads. */
final class RecentLatencies {
    private final Map<String, AtomicLongArray> byOperation = new ConcurrentHashMap<>();

    void note(String operation, long nanos) {
        long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
        byOperation
                .computeIfAbsent(operation, name -> new AtomicLongArray(LatencyCounts.CELLS))
                .incrementAndGet(LatencyCounts.cell(micros));
    }

    /** What was since the call before, by name. */
    SortedMap<String, LatencyCounts> takeAll() {
        SortedMap<String, LatencyCounts> all = new TreeMap<>();
        byOperation.forEach((name, cells) -> {
            SortedMap<Integer, Long> counts = take(cells);
            if (!counts.isEmpty()) {
                all.put(name, new LatencyCounts(counts));
            }
        });
        return all;
    }

    private static SortedMap<Integer, Long> take(AtomicLongArray cells) {
        SortedMap<Integer, Long> counts = new TreeMap<>();
        for (int i = 0; i < LatencyCounts.CELLS; i++) {
            long count = cells.get(i) == 0 ? 0 : cells.getAndSet(i, 0);
            if (count > 0) {
                counts.put(i, count);
            }
        }
        return counts;
    }
}
