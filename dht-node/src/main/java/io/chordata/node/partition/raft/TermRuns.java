package io.chordata.node.partition.raft;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The term of each entry of a log, kept as runs of equal terms, as terms only rise: few, however long the log. So a replica
 * knows the term of entries that it does not hold in memory.
 */
public final class TermRuns {
    /** Not known: before the first or behind the last. No entry has it. */
    static final long UNKNOWN = -1;

    /** First index of each run, with its term. The first is that of {@link #first}. */
    private final TreeMap<Long, Long> runs = new TreeMap<>();

    private long last;

    /** Begins with entry {@code index}, or with what stands for the start of the log: index 0, term 0. */
    public TermRuns(long index, long term) {
        runs.put(index, term);
        last = index;
    }

    public long first() {
        return runs.firstKey();
    }

    long last() {
        return last;
    }

    long lastTerm() {
        return runs.lastEntry().getValue();
    }

    public void append(long index, long term) {
        if (index != last + 1 || term < lastTerm()) {
            throw new IllegalArgumentException("entry " + index + " of term " + term + " does not follow entry " + last
                    + " of term " + lastTerm());
        }
        if (term > lastTerm()) {
            runs.put(index, term);
        }
        last = index;
    }

    /** Drops what stands at {@code index} and behind. */
    void truncateFrom(long index) {
        if (index <= first() || index > last) {
            throw new IllegalArgumentException("cannot cut at " + index + " what goes from " + first() + " to " + last);
        }
        runs.tailMap(index, true).clear();
        last = index - 1;
    }

    /** Forgets what stands before {@code index}, which must be known. */
    void forgetBefore(long index) {
        long term = termOf(index);
        if (term == UNKNOWN) {
            throw new IllegalArgumentException("entry " + index + " is not in " + first() + " to " + last);
        }
        runs.headMap(index, true).clear();
        runs.put(index, term);
    }

    long termOf(long index) {
        return index < first() || index > last
                ? UNKNOWN
                : runs.floorEntry(index).getValue();
    }

    /** First index of each run, with its term, as it is now. */
    SortedMap<Long, Long> firstIndices() {
        return new TreeMap<>(runs);
    }

    /** The last entry at or before {@code index} whose term is at most {@code term}; the first known if there is none. */
    long lastUpTo(long index, long term) {
        long from = Math.min(index, last);
        long end = from;
        for (Map.Entry<Long, Long> run :
                runs.headMap(from, true).descendingMap().entrySet()) {
            if (run.getValue() <= term) {
                return end;
            }
            end = run.getKey() - 1;
        }
        return first();
    }
}
