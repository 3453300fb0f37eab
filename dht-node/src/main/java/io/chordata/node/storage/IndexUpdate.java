package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Family;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One change of the index: rows of blocks and, in the same batch, the rows of every segment whose counts or watermark they
 * change. Counts change at once in memory, so a change that is begun must be written, or the store fails. Belongs to the
 * appender; there is only one at a time, because it looks at the rows that the last one left.
 */
final class IndexUpdate {
    private final BlockIndex index;
    private final SegmentTable segments;
    private final RecordBatch batch = new RecordBatch();
    private final SortedSet<Long> touched = new TreeSet<>();
    private final Map<BlockRef, BlockRow> written = new HashMap<>();
    private final Set<BodyAt> dropped = new HashSet<>();

    private record BodyAt(PartitionId partition, BodyId body) {}

    IndexUpdate(BlockIndex index, SegmentTable segments) {
        this.index = index;
        this.segments = segments;
    }

    /** The block is now where {@code row} says, and nowhere else. */
    void put(BlockRef block, BlockRow row) {
        BlockRow old = current(block);
        if (old != null) {
            touch(old.segment()).remove(old);
        } else {
            releaseQuarantined(block);
        }
        touch(row.segment()).add(row);
        written.put(block, row);
        batch.put(Family.BLOCKS, BlockRows.blockKey(BlockRows.BLOCKS, block), BlockRows.encode(row));
    }

    private @Nullable BlockRow current(BlockRef block) {
        BlockRow inThisUpdate = written.get(block);
        return inThisUpdate != null ? inThisUpdate : index.find(block);
    }

    /** A block has a row in one table at most, and few are in this one: mostly the look is saved. */
    private void releaseQuarantined(BlockRef block) {
        if (segments.anyQuarantined()) {
            BlockRow old = index.findQuarantined(block);
            if (old != null) {
                touch(old.segment()).addQuarantined(-1);
                batch.delete(Family.BLOCKS, BlockRows.blockKey(BlockRows.QUARANTINE, block));
            }
        }
    }

    /** The body's blocks in the partition are gone, good and corrupt ones. */
    void drop(PartitionId partition, BodyId body) {
        if (dropped.add(new BodyAt(partition, body))) {
            drop(BlockRows.BLOCKS, partition, body);
            drop(BlockRows.QUARANTINE, partition, body);
        }
    }

    private void drop(byte table, PartitionId partition, BodyId body) {
        int[] rows = {0};
        index.forEachOf(table, partition, body, row -> {
            rows[0]++;
            Segment segment = touch(row.segment());
            if (table == BlockRows.BLOCKS) {
                segment.remove(row);
            } else {
                segment.addQuarantined(-1);
            }
        });
        if (rows[0] > 0) {
            byte[] from = BlockRows.bodyStart(table, partition, body);
            batch.deleteRange(Family.BLOCKS, from, BlockRows.bodyEnd(table, partition, body));
        }
    }

    /** The block's record is corrupt: it stays where it is, for somebody to look at, but is not served again. */
    void quarantine(BlockRef block, BlockRow row) {
        Segment segment = touch(row.segment());
        segment.remove(row);
        segment.addQuarantined(1);
        batch.delete(Family.BLOCKS, BlockRows.blockKey(BlockRows.BLOCKS, block));
        batch.put(Family.BLOCKS, BlockRows.blockKey(BlockRows.QUARANTINE, block), BlockRows.encode(row));
    }

    void advance(Segment segment, long watermark, long commit) {
        touch(segment.number()).advance(watermark, commit);
    }

    /** The segment's file is gone, durably. */
    void forget(Segment segment) {
        segments.remove(segment);
        batch.delete(Family.BLOCKS, BlockRows.segmentKey(segment.number()));
    }

    /** Its row is written even if it stays as it is. */
    Segment touch(long number) {
        Segment segment = segments.get(number);
        touched.add(number);
        return segment;
    }

    boolean isEmpty() {
        return batch.isEmpty() && touched.isEmpty();
    }

    /** Everything, to be written at once. Call it once. */
    RecordBatch batch() {
        for (long number : touched) {
            Segment segment = segments.find(number);
            if (segment != null) {
                batch.put(Family.BLOCKS, BlockRows.segmentKey(number), BlockRows.encode(segment.row()));
            }
        }
        return batch;
    }
}
