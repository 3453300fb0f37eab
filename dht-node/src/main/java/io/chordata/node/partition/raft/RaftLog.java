package io.chordata.node.partition.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A replica's log as the machine sees it. Entries are in memory from {@link #firstInMemory} on; of those before, which are
 * on disk alone, it knows the terms.
 *
 * <p>Invariants: {@code base <= commit <= last}, {@code persisted <= last}, {@code firstInMemory <= last + 1}; every entry that
 * is not yet synced, or not yet applied, is in memory unless an earlier run of the process left it. The base is what lies right
 * before the oldest entry on disk.
 */
final class RaftLog {
    private final TermRuns terms;
    private final ArrayList<LogEntry> entries = new ArrayList<>();
    private final TreeMap<Long, Configuration> configurations = new TreeMap<>();
    /** Of them, at hand: each message asks for it. */
    private Configuration newest;

    private long memoryBytes;
    private long persisted;
    private long commit;
    private long applied;
    private long lastTimeMillis;
    private int lastLevel;

    RaftLog(RaftStart start) {
        this.terms = start.terms();
        List<Configuration> known = start.configurations();
        configurations.put(terms.first(), known.get(0));
        known.subList(1, known.size()).forEach(later -> configurations.put(later.index(), later));
        this.newest = configurations.lastEntry().getValue();
        this.persisted = terms.last();
        this.commit = start.applied();
        this.applied = start.applied();
        this.lastTimeMillis = start.lastTimeMillis();
        this.lastLevel = start.lastLevel();
    }

    long last() {
        return terms.last();
    }

    long lastTerm() {
        return terms.lastTerm();
    }

    /** {@link TermRuns#UNKNOWN} before the base and behind the last. */
    long termOf(long index) {
        return terms.termOf(index);
    }

    SortedMap<Long, Long> termRuns() {
        return terms.firstIndices();
    }

    long lastUpTo(long index, long term) {
        return terms.lastUpTo(index, term);
    }

    long base() {
        return terms.first();
    }

    long firstInMemory() {
        return entries.isEmpty() ? last() + 1 : entries.get(0).index();
    }

    long persisted() {
        return persisted;
    }

    long commit() {
        return commit;
    }

    long lastTimeMillis() {
        return lastTimeMillis;
    }

    int lastLevel() {
        return lastLevel;
    }

    Configuration configuration() {
        return newest;
    }

    /** As of entry {@code index}. */
    Configuration configurationAt(long index) {
        return configurations.floorEntry(Math.max(index, base())).getValue();
    }

    /**
     * Whether it votes, in the newest configuration or in one before that is not known to be over. Who removes itself and
     * crashes may be the only one with the entry that says so: it is needed until that is committed, though its own vote
     * does not count (thesis, section 4.2.2).
     */
    boolean mayBeNeededToVote(Member member) {
        long newestCommitted = configurationAt(commit).index();
        return configurations.tailMap(newestCommitted, true).values().stream()
                .anyMatch(configuration -> configuration.isVoter(member));
    }

    /**
     * Whether a configuration that is not known to be committed has the member alone: a generation may begin with it, and what
     * is before it belong to another.
     */
    boolean mayBeginBehindCommit(Member member) {
        return configurations.tailMap(commit, false).values().stream()
                .anyMatch(configuration -> configuration.members().equals(List.of(member)));
    }

    /** After others went, this one takes time and level back to what they are without those. */
    void append(LogEntry entry) {
        terms.append(entry.index(), entry.term());
        entries.add(entry);
        memoryBytes += entry.data().length;
        lastTimeMillis = entry.timeMillis();
        lastLevel = entry.level();
        if (entry.kind() == EntryKind.CONFIGURATION) {
            newest = ConfigurationCodec.decode(entry.index(), entry.data());
            configurations.put(entry.index(), newest);
        }
    }

    /** @return whether a configuration went with the entries */
    boolean truncateFrom(long index) {
        if (index <= commit) {
            throw new IllegalStateException("entry " + index + " is committed, as all up to " + commit);
        }
        terms.truncateFrom(index);
        while (!entries.isEmpty() && entries.get(entries.size() - 1).index() >= index) {
            memoryBytes -= entries.remove(entries.size() - 1).data().length;
        }
        persisted = Math.min(persisted, index - 1);
        Map<Long, Configuration> gone = configurations.tailMap(index, true);
        boolean reverted = !gone.isEmpty();
        gone.clear();
        newest = configurations.lastEntry().getValue();
        return reverted;
    }

    void persistedTo(long index) {
        persisted = Math.max(persisted, index);
    }

    void commitTo(long index) {
        if (index > last()) {
            throw new IllegalStateException("cannot commit " + index + ", the log ends at " + last());
        }
        commit = Math.max(commit, index);
    }

    void appliedTo(long index) {
        applied = Math.max(applied, index);
    }

    /** The disk holds no entry before {@code first} any more. */
    void truncatedBefore(long first) {
        if (first - 1 <= base()) {
            return;
        }
        terms.forgetBefore(first - 1);
        configurations.headMap(configurations.floorKey(first - 1), false).clear();
    }

    /**
     * Entries from {@code from} on in memory: as many as fit into both bounds, at least one.
     *
     * @param from in memory and not behind the last
     */
    List<LogEntry> slice(long from, int maxCount, long maxBytes) {
        int begin = (int) (from - firstInMemory());
        int end = begin;
        long bytes = 0;
        while (end < entries.size() && end - begin < maxCount) {
            bytes += entries.get(end).data().length;
            if (bytes > maxBytes && end > begin) {
                break;
            }
            end++;
        }
        return List.copyOf(entries.subList(begin, end));
    }

    /** Forgets entries that are synced, applied and, unless they are more than {@code maxBytes}, held by {@code needed}. */
    void trimMemory(long needed, long maxBytes) {
        long removable = Math.min(persisted, applied);
        int count = 0;
        while (count < entries.size() && isRemovable(entries.get(count), removable, needed, maxBytes)) {
            memoryBytes -= entries.get(count).data().length;
            count++;
        }
        entries.subList(0, count).clear();
    }

    private boolean isRemovable(LogEntry entry, long removable, long needed, long maxBytes) {
        return entry.index() <= removable && (entry.index() <= needed || memoryBytes > maxBytes);
    }
}
