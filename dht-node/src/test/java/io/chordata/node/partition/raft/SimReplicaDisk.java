package io.chordata.node.partition.raft;

import io.chordata.node.partition.raft.RaftOutbox.Write;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node keeps of one partition. Everything asked for is carried out in order, some time later; a crash carries out a
 * first part of what is under way and drops the rest. The hard state stays when the replica goes.
 */
final class SimReplicaDisk {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long STALL_MILLIS = 2_000;

    private final SimScheduler scheduler;
    private final SimRandom random;
    private final RaftHabits habits;
    private final Runnable onStall;
    private final ArrayDeque<Asked> queue = new ArrayDeque<>();
    private boolean isBusy;
    private int crashes;

    private HardState hardState = HardState.NONE;
    /** By term; they are not forgotten with the term. */
    private final Map<Long, Member> votes = new TreeMap<>();

    private @Nullable Member owner;
    private long createdInTerm;
    /** That of the newest stay that is over for good; -1 before the first. */
    private long buriedTenure = -1;

    private LogEntry beforeFirst = START;
    private Configuration asOfBase;
    private final List<LogEntry> log = new ArrayList<>();
    private final List<Discarded> discarded = new ArrayList<>();
    private Ledger rows = Ledger.EMPTY;
    /** Of the owner's stay, also those that were cut off again. */
    private final Set<Long> everHeld = new HashSet<>();

    static final LogEntry START = new LogEntry(0, 0, 0, 1, EntryKind.EMPTY, new byte[0]);

    /** What an operator gave up: a leader that was left behind may yet count it, as it was told before. */
    private record Discarded(Member owner, long generation, long base, Set<Long> log) {
        boolean held(Member member, long of, long index, long term) {
            return member.equals(owner) && of == generation && (index <= base || log.contains(key(index, term)));
        }
    }

    private record Asked(Runnable effect, Runnable done, boolean isWrite) {}

    /** The state at the index of {@code last}, and what must be known of the log before. */
    record Snapshot(Ledger rows, LogEntry last, Configuration configuration) {}

    /** @param onStall called when it begins to need very long */
    SimReplicaDisk(SimScheduler scheduler, RaftHabits habits, Configuration founding, Runnable onStall) {
        this.scheduler = scheduler;
        this.random = scheduler.random().fork();
        this.habits = habits;
        this.onStall = onStall;
        this.asOfBase = founding;
    }

    /** Has {@code effect} carried out after all that was asked before, then calls {@code done}. */
    void ask(Runnable effect, Runnable done) {
        add(new Asked(effect, done, false));
    }

    void ask(Write write, Runnable done) {
        add(new Asked(() -> carryOut(write), done, true));
    }

    private void add(Asked asked) {
        queue.add(asked);
        if (!isBusy) {
            sync();
        }
    }

    private void sync() {
        isBusy = true;
        int count = 1 + random.nextInt(queue.size());
        int crashesBefore = crashes;
        scheduler.after(random.nextLong(50_000, mostMillis() * NANOS_PER_MILLI), () -> {
            if (crashes == crashesBefore) {
                synced(count);
            }
        });
    }

    private long mostMillis() {
        if (!random.chance(habits.stallChance())) {
            return habits.syncMaxMillis();
        }
        onStall.run();
        return STALL_MILLIS;
    }

    private void synced(int count) {
        List<Runnable> done = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Asked asked = queue.remove();
            asked.effect().run();
            boolean isCovered =
                    i + 1 < count && asked.isWrite() && queue.element().isWrite() && random.chance(0.5);
            if (!isCovered) {
                done.add(asked.done());
            }
        }
        isBusy = false;
        if (!queue.isEmpty()) {
            sync();
        }
        done.forEach(Runnable::run);
    }

    /** @return how much of what was asked for is lost */
    int crash() {
        crashes++;
        isBusy = false;
        for (int kept = random.nextInt(queue.size() + 1); kept > 0; kept--) {
            queue.remove().effect().run();
        }
        int lost = queue.size();
        queue.clear();
        return lost;
    }

    private void carryOut(Write write) {
        boolean takesPart = hardState.promised() == hardState.generation();
        HardState before = hardState;
        if (write.hardState() != null) {
            replaceHardState(write.hardState());
        }
        boolean isBegun = hardState.generation() > before.generation();
        boolean saysNothing = write.truncateFrom() == 0
                && write.entries().isEmpty()
                && hardState.promisedTo(before.promised()).equals(before);
        check(takesPart || isBegun || saysNothing, "promised to " + before + ", then " + write);
        if (write.truncateFrom() > 0) {
            cutFrom(write.truncateFrom());
        }
        for (LogEntry entry : write.entries()) {
            check(entry.index() == last() + 1, "entry " + entry.index() + " written behind " + last());
            log.add(entry);
            everHeld.add(key(entry.index(), entry.term()));
        }
    }

    private void replaceHardState(HardState next) {
        Member vote = hardState.vote();
        boolean isLaterTerm = next.generation() > hardState.generation() || next.term() > hardState.term();
        boolean falls = next.promised() < hardState.promised()
                || next.generation() < hardState.generation()
                || (!isLaterTerm && (next.term() < hardState.term() || (vote != null && !vote.equals(next.vote()))));
        check(!falls, "hard state falls from " + hardState + " to " + next);
        if (next.generation() > hardState.generation()) {
            votes.clear();
        }
        hardState = next;
        if (next.vote() != null) {
            votes.put(next.term(), next.vote());
        }
    }

    private void cutFrom(long index) {
        check(index > rows.index(), "cut from " + index + ", but " + rows);
        if (index <= last()) {
            log.subList((int) (index - base() - 1), log.size()).clear();
        }
    }

    /**
     * Whether a leader that calls this node so means a stay that is yet to begin: whatever is here is over, or never came
     * about. Within a term tenures rise. A later leader may name an earlier tenure, if it does not have the entry that the
     * later comes from, which then is committed nowhere. What is here of an earlier generation stays until it is discarded.
     */
    boolean isAnotherStay(RaftMessage message) {
        Member member = message.to();
        long term = message.term();
        if (message.generation() < hardState.promised()) {
            return false;
        }
        if (message.generation() > hardState.generation()) {
            return owner == null;
        }
        boolean isLater =
                owner == null || term > createdInTerm || (term == createdInTerm && member.tenure() > owner.tenure());
        return isLater && !member.equals(owner) && member.tenure() > buriedTenure;
    }

    /**
     * An empty replica, in place of the one before.
     *
     * @param term of the leader that named it
     */
    void create(Member member, long generation, long term, Configuration founding) {
        if (generation > hardState.generation()) {
            replaceHardState(new HardState(generation, 0, null));
            buriedTenure = -1;
        }
        owner = member;
        createdInTerm = term;
        log.clear();
        everHeld.clear();
        beforeFirst = START;
        asOfBase = founding;
        rows = Ledger.EMPTY;
    }

    /** The stay is over, as the group has committed. */
    void bury(Member member) {
        buriedTenure = Math.max(buriedTenure, member.tenure());
        if (member.equals(owner)) {
            owner = null;
        }
    }

    /** Nothing is left but the promise. */
    void discard() {
        if (owner != null) {
            discarded.add(new Discarded(owner, hardState.generation(), base(), keysOfLog()));
        }
        owner = null;
    }

    private Set<Long> keysOfLog() {
        Set<Long> keys = new HashSet<>();
        log.forEach(entry -> keys.add(key(entry.index(), entry.term())));
        return keys;
    }

    void install(Snapshot snapshot) {
        log.clear();
        beforeFirst = snapshot.last();
        asOfBase = snapshot.configuration();
        rows = snapshot.rows();
    }

    void checkpoint(Ledger applied) {
        check(applied.index() >= rows.index() && applied.index() <= last(), "rows at " + rows + ", then " + applied);
        rows = applied;
    }

    /** @return the first index left, at or after the base */
    long dropBefore(long first) {
        long from = Math.min(first, rows.index() + 1);
        if (from - 1 > base()) {
            asOfBase = configurationAt(from - 1);
            LogEntry last = entry(from - 1);
            log.subList(0, (int) (from - 1 - base())).clear();
            beforeFirst = last;
        }
        return base() + 1;
    }

    RaftStart start() {
        TermRuns terms = new TermRuns(base(), beforeFirst.term());
        List<Configuration> configurations = new ArrayList<>(List.of(asOfBase));
        for (LogEntry entry : log) {
            terms.append(entry.index(), entry.term());
            if (entry.kind() == EntryKind.CONFIGURATION) {
                configurations.add(ConfigurationCodec.decode(entry.index(), entry.data()));
            }
        }
        LogEntry last = entry(last());
        return new RaftStart(hardState, terms, rows.index(), configurations, last.timeMillis(), last.level());
    }

    /** @param applied the rows in memory, not before those synced */
    Snapshot snapshot(Ledger applied) {
        return new Snapshot(applied, entry(applied.index()), configurationAt(applied.index()));
    }

    private Configuration configurationAt(long index) {
        Configuration configuration = asOfBase;
        for (LogEntry entry : log) {
            if (entry.index() <= index && entry.kind() == EntryKind.CONFIGURATION) {
                configuration = ConfigurationCodec.decode(entry.index(), entry.data());
            }
        }
        return configuration;
    }

    /** At most {@code count} entries, none if the first is not there any more. */
    List<LogEntry> read(long from, long to, int count) {
        List<LogEntry> entries = new ArrayList<>();
        for (long index = from; index <= to && index > base() && index <= last() && entries.size() < count; index++) {
            entries.add(entry(index));
        }
        return entries;
    }

    boolean hasEntry(long index) {
        return index > base() && index <= last();
    }

    /** From that before the first to the last. */
    LogEntry entry(long index) {
        return index == base() ? beforeFirst : log.get((int) (index - base() - 1));
    }

    List<LogEntry> log() {
        return List.copyOf(log);
    }

    LogEntry beforeFirst() {
        return beforeFirst;
    }

    long base() {
        return beforeFirst.index();
    }

    long last() {
        return base() + log.size();
    }

    Ledger rows() {
        return rows;
    }

    HardState hardState() {
        return hardState;
    }

    @Nullable
    Member owner() {
        return owner;
    }

    /** Whether nobody but {@code candidate} can have this node's vote in that term any more. */
    boolean hasVotedFor(Member candidate, long generation, long term) {
        if (hardState.generation() > generation) {
            return true;
        }
        Member vote = votes.get(term);
        return vote == null ? hardState.term() > term : vote.equals(candidate);
    }

    /** Whether the entry of the generation is on this disk now, or in its rows, or was until somebody gave it up. */
    boolean holds(Member member, long generation, long index, long term) {
        boolean isHere = member.equals(owner)
                && hardState.generation() >= generation
                && (index <= base() || (index <= last() && entry(index).term() == term));
        return isHere || discarded.stream().anyMatch(gone -> gone.held(member, generation, index, term));
    }

    /** Whether it was, at any time of the stay. */
    boolean everHeld(long index, long term) {
        return index <= base() || everHeld.contains(key(index, term));
    }

    private static long key(long index, long term) {
        return index << 20 | term;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("on a disk: " + otherwise);
        }
    }
}
