package io.chordata.node.partition.raft;

import io.chordata.node.partition.raft.RaftOutbox.Write;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be made durable, and the messages that must wait for it. Within a turn it gathers; {@link #flush} asks for all of
 * it in one write. Writes are synced in the order in which they were asked for.
 */
final class WriteQueue {
    private final List<LogEntry> entries = new ArrayList<>();
    private final List<RaftMessage> held = new ArrayList<>();
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private long truncateFrom;
    private boolean hardStateChanged;
    private long lastNumber;

    /** A write that is under way. */
    private static final class Asked {
        private final long number;
        /** Of the log, all of which is synced once this is; 0 if it says nothing about the log. */
        private long lastIndex;

        private final List<RaftMessage> held;

        private Asked(long number, long lastIndex, List<RaftMessage> held) {
            this.number = number;
            this.lastIndex = lastIndex;
            this.held = held;
        }
    }

    void append(LogEntry entry) {
        entries.add(entry);
    }

    void truncateFrom(long index) {
        entries.removeIf(entry -> entry.index() >= index);
        truncateFrom = truncateFrom == 0 ? index : Math.min(truncateFrom, index);
        for (Asked write : asked) {
            write.lastIndex = Math.min(write.lastIndex, index - 1);
        }
    }

    /** The log was replaced as a whole, durably. */
    void forgetLog() {
        entries.clear();
        truncateFrom = 0;
        asked.forEach(write -> write.lastIndex = 0);
    }

    void changeHardState() {
        hardStateChanged = true;
    }

    private boolean isDirty() {
        return hardStateChanged || truncateFrom > 0 || !entries.isEmpty();
    }

    /**
     * Keeps the message back until all that is to be durable so far is.
     *
     * @return false if all is: it was not taken
     */
    boolean hold(RaftMessage message) {
        if (isDirty()) {
            held.add(message);
            return true;
        }
        if (asked.isEmpty()) {
            return false;
        }
        asked.getLast().held.add(message);
        return true;
    }

    /** The number of the write that comes next, if anything is to be written; of the last one else. */
    long numberOfLatest() {
        return isDirty() ? lastNumber + 1 : lastNumber;
    }

    void flush(HardState hardState, RaftOutbox outbox) {
        if (!isDirty()) {
            return;
        }
        lastNumber++;
        long lastIndex = entries.isEmpty() ? 0 : entries.get(entries.size() - 1).index();
        asked.add(new Asked(lastNumber, lastIndex, new ArrayList<>(held)));
        Write write = new Write(lastNumber, hardStateChanged ? hardState : null, truncateFrom, entries);
        held.clear();
        entries.clear();
        truncateFrom = 0;
        hardStateChanged = false;
        outbox.persist(write);
    }

    /**
     * Writes up to {@code number} are synced.
     *
     * @param released gets the messages that waited for them
     * @return up to where the log is synced by them; 0 if they say nothing about it
     */
    long onPersisted(long number, List<RaftMessage> released) {
        long lastIndex = 0;
        while (!asked.isEmpty() && asked.element().number <= number) {
            Asked write = asked.remove();
            lastIndex = Math.max(lastIndex, write.lastIndex);
            released.addAll(write.held);
        }
        return lastIndex;
    }
}
