package io.chordata.node.storage;

/**
 * What the index says about a segment file. Changes in one batch with the rows of its blocks, so the counts are exact.
 *
 * @param watermark every record before this offset has its row in the index, or had it; a start scans from here
 * @param commit the number of the last commit before the watermark, 0 if none
 * @param liveBytes of the records that blocks' rows point to
 * @param quarantined blocks found corrupt and neither dropped nor written again; the file is kept for them
 */
record SegmentRow(
        long segment, long salt, long watermark, long commit, long liveBlocks, long liveBytes, long quarantined) {}
