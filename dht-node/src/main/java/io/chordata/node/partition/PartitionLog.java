package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.partition.raft.LogEntry;
import java.util.ArrayList;
import java.util.List;

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
     * @param firstIndex of the oldest entry kept; 1 for an empty log
     * @param last the newest entry as a mark; {@link AppliedMark#NONE} for an empty log
     * @param bytes of all entries
     * @param appliedBytes of the entries up to the applied one
     */
    record Recovered(
            HardState hardState,
            AppliedMark applied,
            long firstIndex,
            AppliedMark last,
            long bytes,
            long appliedBytes) {}

    static long sizeOf(LogEntry entry) {
        return (long) PartitionKeys.LOG_KEY_BYTES + entry.data().length;
    }

    static void put(RecordBatch batch, PartitionId partition, LogEntry entry) {
        batch.put(Family.LOG, PartitionKeys.logEntry(partition, entry.index()), entry.encode());
    }

    static void put(RecordBatch batch, PartitionId partition, HardState hardState) {
        batch.put(Family.LOG, PartitionKeys.hardState(partition), hardState.encode());
    }

    /** Removes the entries before {@code index}. */
    static void truncate(RecordBatch batch, PartitionId partition, long index) {
        batch.deleteRange(Family.LOG, PartitionKeys.logEntry(partition, 1), PartitionKeys.logEntry(partition, index));
    }

    /**
     * Reads and checks everything. Blocks.
     *
     * @throws StoreFailedException if the log is rotten
     */
    static Recovered recover(RecordReader reader, PartitionId partition) {
        try {
            HardState hardState = readHardState(reader, partition);
            AppliedMark applied = readApplied(reader, partition, hardState.installGeneration());
            return new LogCheck(partition, hardState, applied).check(reader);
        } catch (InvalidProtocolBufferException e) {
            throw rotten(partition, "hard state or applied mark cannot be decoded", e);
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
