package io.chordata.node.partition.raft;

import java.util.ArrayList;
import java.util.List;

/** A replica's log as its writes tell it, synced or not: what the machine has in mind, kept by somebody else. */
final class ShadowLog {
    private LogEntry beforeFirst;
    private final List<LogEntry> entries;

    ShadowLog(LogEntry beforeFirst, List<LogEntry> entries) {
        this.beforeFirst = beforeFirst;
        this.entries = new ArrayList<>(entries);
    }

    ShadowLog copy() {
        return new ShadowLog(beforeFirst, entries);
    }

    long base() {
        return beforeFirst.index();
    }

    long last() {
        return base() + entries.size();
    }

    /** From that before the first to the last. */
    LogEntry entry(long index) {
        return index == base() ? beforeFirst : entries.get((int) (index - base() - 1));
    }

    /** Whether the entry is there, or was and is committed and gone. */
    boolean has(long index, long term) {
        return index < base() || (index <= last() && entry(index).term() == term);
    }

    void cutFrom(long index) {
        if (index <= last()) {
            entries.subList((int) (index - base() - 1), entries.size()).clear();
        }
    }

    void append(LogEntry entry) {
        entries.add(entry);
    }

    void replaceBy(LogEntry last) {
        beforeFirst = last;
        entries.clear();
    }
}
