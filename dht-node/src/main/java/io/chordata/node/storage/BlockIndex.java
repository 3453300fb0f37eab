package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore.StoredBlock;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the block store's rows. May block: for workers. */
final class BlockIndex {
    private final RecordStore records;

    BlockIndex(RecordStore records) {
        this.records = records;
    }

    @Nullable
    BlockRow find(BlockRef block) {
        return find(BlockRows.BLOCKS, block);
    }

    @Nullable
    BlockRow findQuarantined(BlockRef block) {
        return find(BlockRows.QUARANTINE, block);
    }

    private @Nullable BlockRow find(byte table, BlockRef block) {
        byte[] value = records.get(Family.BLOCKS, BlockRows.blockKey(table, block), ReadTier.DISK);
        return value == null ? null : BlockRows.decodeBlock(value);
    }

    /** Calls {@code each} with the rows of the body's blocks in the partition. */
    void forEachOf(byte table, PartitionId partition, BodyId body, Consumer<BlockRow> each) {
        byte[] from = BlockRows.bodyStart(table, partition, body);
        byte[] to = BlockRows.bodyEnd(table, partition, body);
        try (Cursor rows = records.scan(Family.BLOCKS, from, to)) {
            while (rows.next()) {
                each.accept(BlockRows.decodeBlock(rows.value()));
            }
        }
    }

    List<StoredBlock> list(@Nullable BlockRef after, int max) {
        List<StoredBlock> found = new ArrayList<>();
        try (Cursor rows = scan(BlockRows.BLOCKS, after)) {
            while (found.size() < max && rows.next()) {
                BlockRow row = BlockRows.decodeBlock(rows.value());
                found.add(new StoredBlock(BlockRows.blockOf(rows.key()), row.owner(), row.bodyBytes()));
            }
        }
        return found;
    }

    List<BlockRef> listQuarantined(@Nullable BlockRef after, int max) {
        List<BlockRef> found = new ArrayList<>();
        try (Cursor rows = scan(BlockRows.QUARANTINE, after)) {
            while (found.size() < max && rows.next()) {
                found.add(BlockRows.blockOf(rows.key()));
            }
        }
        return found;
    }

    private Cursor scan(byte table, @Nullable BlockRef after) {
        byte[] from = after == null ? BlockRows.tableKey(table) : behind(table, after);
        return records.scan(Family.BLOCKS, from, BlockRows.tableKey(table + 1));
    }

    /** The least key greater than the block's: its own and one more byte. */
    private static byte[] behind(byte table, BlockRef block) {
        byte[] key = BlockRows.blockKey(table, block);
        byte[] next = new byte[key.length + 1];
        System.arraycopy(key, 0, next, 0, key.length);
        return next;
    }

    /** In order of their numbers. */
    List<SegmentRow> segments() {
        List<SegmentRow> found = new ArrayList<>();
        byte[] from = BlockRows.tableKey(BlockRows.SEGMENTS);
        try (Cursor rows = records.scan(Family.BLOCKS, from, BlockRows.tableKey(BlockRows.SEGMENTS + 1))) {
            while (rows.next()) {
                found.add(BlockRows.decodeSegment(rows.key(), rows.value()));
            }
        }
        return found;
    }
}
