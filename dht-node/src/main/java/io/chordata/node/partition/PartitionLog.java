package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.partition.LogBase.Removal;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.HardState;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.RaftOutbox.Write;
import io.chordata.node.partition.raft.RaftStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a partition's log lies in the store, and what must hold of it: entries without a gap, terms and times that never
 * fall, the applied entry among them (truncation leaves it, so a log that lost its newest entries does not pass for one
 * that was truncated). A log that breaks this is rotten: it is refused, never skipped. Where the entries simply end is
 * the end of the log.
 */
final class PartitionLog {
    private PartitionLog() {}

    /**
     * What a replica finds at its start.
     *
     * @param start what the group goes on from
     * @param base what the log begins behind
     * @param applied the newest entry that the rows hold
     * @param appliedLevel its level
     * @param firstIndex of the oldest entry kept; 1 for an empty log
     * @param bytes of all entries
     * @param appliedBytes of the entries up to the applied one
     */
    record Recovered(
            RaftStart start,
            LogBase base,
            AppliedMark applied,
            int appliedLevel,
            long firstIndex,
            long bytes,
            long appliedBytes) {}

    static long sizeOf(LogEntry entry) {
        return (long) PartitionKeys.LOG_KEY_BYTES + entry.data().length;
    }

    static RecordBatch batchOf(PartitionId partition, Write write) {
        RecordBatch batch = new RecordBatch();
        HardState hardState = write.hardState();
        if (hardState != null) {
            putHardState(batch, partition, hardState);
        }
        if (write.truncateFrom() > 0) {
            byte[] from = PartitionKeys.logEntry(partition, write.truncateFrom());
            batch.deleteRange(Family.LOG, from, PartitionKeys.logEnd(partition));
        }
        write.entries().forEach(entry -> put(batch, partition, entry));
        return batch;
    }

    private static void put(RecordBatch batch, PartitionId partition, LogEntry entry) {
        batch.put(Family.LOG, PartitionKeys.logEntry(partition, entry.index()), entry.encode());
    }

    /** Removes the whole log, which is to go on behind {@code base}. */
    static void replace(RecordBatch batch, PartitionId partition, LogBase base) {
        batch.deleteRange(Family.LOG, PartitionKeys.logEntry(partition, 1), PartitionKeys.logEnd(partition));
        batch.put(Family.LOG, PartitionKeys.logBase(partition), base.encode());
    }

    /** Removes the entries up to {@code base}. */
    static void truncate(RecordBatch batch, PartitionId partition, LogBase base) {
        byte[] first = PartitionKeys.logEntry(partition, base.index() + 1);
        batch.deleteRange(Family.LOG, PartitionKeys.logEntry(partition, 1), first);
        batch.put(Family.LOG, PartitionKeys.logBase(partition), base.encode());
    }

    /**
     * Reads and checks everything. Blocks.
     *
     * @param founding what the group began with, for a log that was never cut
     * @throws StoreFailedException if the log is rotten
     */
    static Recovered recover(RecordReader reader, PartitionId partition, Configuration founding) {
        return recover(reader, partition, founding, LogEntry.CURRENT_LEVEL);
    }

    /** @param levelMax the highest whose entries can be applied */
    static Recovered recover(RecordReader reader, PartitionId partition, Configuration founding, int levelMax) {
        try {
            HardState hardState = readHardState(reader, partition);
            LogBase base = readBase(reader, partition, founding);
            AppliedMark applied = readApplied(reader, partition, base.installGeneration());
            return new LogCheck(partition, hardState, base, applied, levelMax).check(reader);
        } catch (InvalidProtocolBufferException e) {
            throw rotten(partition, "hard state, base or applied mark cannot be decoded", e);
        }
    }

    /**
     * Entries {@code from} to {@code to}, or the first of them once they are {@code maxCount} or have {@code maxBytes};
     * at least one. Blocks.
     *
     * @throws StoreFailedException if they are not there
     */
    static List<LogEntry> load(
            RecordReader reader, PartitionId partition, long from, long to, int maxCount, long maxBytes) {
        List<LogEntry> entries = new ArrayList<>();
        long bytes = 0;
        try (Cursor cursor = reader.scan(
                Family.LOG, PartitionKeys.logEntry(partition, from), PartitionKeys.logEntry(partition, to + 1))) {
            while (entries.size() < maxCount && bytes < maxBytes && cursor.next()) {
                LogEntry entry = decode(partition, cursor);
                if (entry.index() != from + entries.size()) {
                    break;
                }
                entries.add(entry);
                bytes += sizeOf(entry);
            }
        }
        if (entries.isEmpty()) {
            throw rotten(partition, "entry " + from + " is missing");
        }
        return entries;
    }

    private static HardState readHardState(RecordReader reader, PartitionId partition)
            throws InvalidProtocolBufferException {
        byte[] value = reader.get(Family.LOG, PartitionKeys.hardState(partition), ReadTier.DISK);
        return value == null ? HardState.NONE : HardState.decode(value);
    }

    private static LogBase readBase(RecordReader reader, PartitionId partition, Configuration founding)
            throws InvalidProtocolBufferException {
        LogBase base = base(reader, partition);
        return base == null ? LogBase.ofNew(founding, 0, 0) : base;
    }

    /** What the log begins behind; null if that was never noted. Blocks. */
    static @Nullable LogBase base(RecordReader reader, PartitionId partition) throws InvalidProtocolBufferException {
        byte[] value = reader.get(Family.LOG, PartitionKeys.logBase(partition), ReadTier.DISK);
        return value == null ? null : LogBase.decode(value);
    }

    /**
     * What there is of a replica, or was.
     *
     * @param base what its log begins behind; null if there never was one
     */
    record Trace(@Nullable LogBase base, HardState hardState) {
        /** Whether it may act in that generation of its group. */
        boolean isOf(long generation) {
            return hardState.generation() == generation && hardState.promised() == generation;
        }

        boolean isKept() {
            return base != null && base.removal() == Removal.KEPT;
        }
    }

    /** Blocks. */
    static Trace trace(RecordReader reader, PartitionId partition) throws InvalidProtocolBufferException {
        return new Trace(base(reader, partition), readHardState(reader, partition));
    }

    static void putHardState(RecordBatch batch, PartitionId partition, HardState hardState) {
        batch.put(Family.LOG, PartitionKeys.hardState(partition), hardState.encode());
    }

    /** The partitions of which a replica is kept. Blocks. */
    static List<PartitionId> kept(RecordReader reader) {
        List<PartitionId> kept = new ArrayList<>();
        try (Cursor cursor = reader.scan(Family.LOG, new byte[0], null)) {
            while (cursor.next()) {
                PartitionId partition = PartitionKeys.partitionOf(cursor.key());
                byte[] base = PartitionKeys.logBase(partition);
                int order = Arrays.compareUnsigned(cursor.key(), base);
                if (order == 0) {
                    kept.add(partition);
                }
                cursor.seek(order < 0 ? base : PartitionKeys.logEnd(partition));
            }
        }
        return kept;
    }

    private static AppliedMark readApplied(RecordReader reader, PartitionId partition, long generation)
            throws InvalidProtocolBufferException {
        byte[] value = reader.get(Family.STATE, PartitionKeys.appliedMark(partition, generation), ReadTier.DISK);
        return value == null ? AppliedMark.NONE : AppliedMark.decode(value);
    }

    static LogEntry decode(PartitionId partition, Cursor cursor) {
        long index = PartitionKeys.indexOf(cursor.key());
        try {
            return LogEntry.decode(index, cursor.value());
        } catch (InvalidProtocolBufferException e) {
            throw rotten(partition, "entry " + index + " cannot be decoded", e);
        }
    }

    static StoreFailedException rotten(PartitionId partition, String what) {
        return new StoreFailedException(describe(partition, what));
    }

    private static StoreFailedException rotten(PartitionId partition, String what, Throwable cause) {
        return new StoreFailedException(describe(partition, what), cause);
    }

    private static String describe(PartitionId partition, String what) {
        return "the log of " + partition + " in the records directory is damaged: " + what
                + "; nothing was changed, restore the directory from a copy";
    }
}
