package io.chordata.node.partition;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.LogEntry;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's log drives. Every replica applies the same entries to the same rows and must come to the same rows
 * and answers: no clock, no randomness, no iteration order that differs from run to run. A call may be repeated from the
 * start (a cold read moves it to a worker), so it must have no effect but through {@link RowWriter}.
 */
public interface StateMachine {
    /**
     * Applies one committed entry.
     *
     * @return the answer to the proposer
     */
    byte[] apply(Entry entry, RowWriter rows);

    /** Answers a query from the applied rows. */
    byte[] query(PartitionId partition, byte[] query, Rows rows);

    /** Whether the body's blocks in this partition were dropped; may be forgotten after a long while. */
    boolean isDropped(BodyId body, Rows rows);

    /**
     * Whether each replica that can apply entries of the level can apply this command; only then may it come into the log.
     * Never throws.
     */
    boolean isKnown(byte[] command, int level);

    /** The highest behaviour level whose entries it can apply. */
    default int level() {
        return LogEntry.CURRENT_LEVEL;
    }

    /** True if the command gives space back: it is let in when the disks are full. */
    boolean freesSpace(byte[] command);

    /**
     * One entry of the log.
     *
     * @param index of the entry in the partition's log, from 1, rising by 1; the order of everything
     * @param timeMillis log time: stamped by the leader, never going back
     * @param level the behaviour level under which to apply; the same entry gives the same result for ever
     */
    record Entry(PartitionId partition, long index, long timeMillis, int level, byte[] command) {}

    /** The applied rows of one partition: byte keys in numbered tables (0 to 254), each ordered by unsigned bytes. */
    interface Rows {
        byte @Nullable [] get(int table, byte[] key);

        /** Rows with keys in [{@code from}, {@code to}), {@code to} null for the table's end. Close it. */
        RowCursor scan(int table, byte[] from, byte @Nullable [] to);
    }

    /** Rows and the changes of one entry; reads see the changes made so far. */
    interface RowWriter extends Rows {
        void put(int table, byte[] key, byte[] value);

        void delete(int table, byte[] key);

        /** The body's blocks in this partition go; the entry is answered when they will not come back. */
        void drop(BodyId body);
    }

    /** A position in an ordered scan. */
    interface RowCursor extends AutoCloseable {
        /** Moves on; false at the end. */
        boolean next();

        /** The next {@link #next} goes to the first row at or after {@code key}, never backwards. */
        void seek(byte[] key);

        byte[] key();

        byte[] value();

        @Override
        void close();
    }
}
