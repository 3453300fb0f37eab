package io.chordata.node.storage;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All segments by number, and their sums. Belongs to the appender, but for {@link #totals}. */
final class SegmentTable {
    private final NavigableMap<Long, Segment> segments = new TreeMap<>();
    private long blocks;
    private long liveBytes;
    private long bytes;
    private long quarantined;
    private volatile Totals totals = new Totals(0, 0, 0, 0);

    /** As of the last {@link #publish}. */
    record Totals(long blocks, long liveBytes, long segmentBytes, long segments) {}

    Segment add(SegmentRow row) {
        Segment segment = new Segment(this, row);
        segments.put(row.segment(), segment);
        blocks += row.liveBlocks();
        liveBytes += row.liveBytes();
        bytes += row.watermark();
        quarantined += row.quarantined();
        return segment;
    }

    /** @throws IllegalStateException if there is none */
    Segment get(long number) {
        Segment segment = find(number);
        if (segment == null) {
            throw new IllegalStateException("a row names segment " + number + ", which the index does not know");
        }
        return segment;
    }

    @Nullable
    Segment find(long number) {
        return segments.get(number);
    }

    /** Of a segment without blocks. */
    void remove(Segment segment) {
        segments.remove(segment.number());
        bytes -= segment.watermark();
    }

    /** In order of their numbers. */
    Collection<Segment> all() {
        return segments.values();
    }

    /** Greater than that of every segment whose file or row may still be there. */
    long nextNumber() {
        return segments.isEmpty() ? 1 : segments.lastKey() + 1;
    }

    boolean isNewest(Segment segment) {
        return segment.number() == segments.lastKey();
    }

    boolean anyQuarantined() {
        return quarantined > 0;
    }

    void onLive(int blocksMore, long bytesMore) {
        blocks += blocksMore;
        liveBytes += bytesMore;
    }

    void onGrown(long bytesMore) {
        bytes += bytesMore;
    }

    void onQuarantined(int more) {
        quarantined += more;
    }

    void publish() {
        totals = new Totals(blocks, liveBytes, bytes, segments.size());
    }

    /** From any thread. */
    Totals totals() {
        return totals;
    }
}
