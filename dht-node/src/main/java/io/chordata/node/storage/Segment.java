package io.chordata.node.storage;

/** A segment as the appender counts it, one step ahead of its row. Belongs to the appender. */
final class Segment {
    private final SegmentTable table;
    private final long number;
    private final long salt;
    private long watermark;
    private long commit;
    private long liveBlocks;
    private long liveBytes;
    private long quarantined;
    private boolean damaged;

    Segment(SegmentTable table, SegmentRow row) {
        this.table = table;
        number = row.segment();
        salt = row.salt();
        watermark = row.watermark();
        commit = row.commit();
        liveBlocks = row.liveBlocks();
        liveBytes = row.liveBytes();
        quarantined = row.quarantined();
    }

    SegmentRow row() {
        return new SegmentRow(number, salt, watermark, commit, liveBlocks, liveBytes, quarantined);
    }

    long number() {
        return number;
    }

    long salt() {
        return salt;
    }

    /** The end of what counts: the next commit goes here. */
    long watermark() {
        return watermark;
    }

    long commit() {
        return commit;
    }

    boolean isDead() {
        return liveBlocks == 0 && quarantined == 0;
    }

    void advance(long toWatermark, long toCommit) {
        table.onGrown(toWatermark - watermark);
        watermark = toWatermark;
        commit = toCommit;
    }

    void add(BlockRow row) {
        liveBlocks++;
        liveBytes += row.recordBytes();
        table.onLive(1, row.recordBytes());
    }

    void remove(BlockRow row) {
        liveBlocks--;
        liveBytes -= row.recordBytes();
        table.onLive(-1, -row.recordBytes());
    }

    void addQuarantined(int count) {
        quarantined += count;
        table.onQuarantined(count);
    }

    /** Bytes that were once good are missing or unreadable: nothing is appended to it, nothing of it thrown away. */
    void markDamaged() {
        damaged = true;
    }

    boolean isDamaged() {
        return damaged;
    }

    /** True if compacting it loses nothing that somebody may yet want to look at. */
    boolean isCompactable(int belowPercent) {
        return !damaged && quarantined == 0 && liveBytes * 100 < watermark * belowPercent;
    }

    /** The live part, in thousandths: what compaction takes the least of. */
    long livePerMille() {
        return liveBytes * 1000 / watermark;
    }

    @Override
    public String toString() {
        return row().toString();
    }
}
