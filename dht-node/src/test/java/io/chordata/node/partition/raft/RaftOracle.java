package io.chordata.node.partition.raft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees everything that happens in a group, and knows what must hold: what a leader calls committed, by the disks of those who
 * vote; what a replica promises, by its own disk; what a client was told, by what others were told before.
 */
final class RaftOracle {
    private final RaftCluster cluster;
    private final long generation;
    /** With which it began: what a configuration before it says counts no more. */
    private final long firstIndex;

    private final List<LogEntry> committed = new ArrayList<>();
    /** Of each term the last index that its leader was the first to commit. */
    private final TreeMap<Long, Long> commitsByTerm = new TreeMap<>();

    private Configuration committedConfiguration;
    private final List<Long> stateHashes = new ArrayList<>();
    private final Map<Long, Member> leaders = new TreeMap<>();
    /** Of each term the log of its leader, which only grew. */
    private final Map<Long, ShadowLog> leaderLogs = new HashMap<>();
    /** Every entry that ever was in a log, with the term of the one before, by index and term. */
    private final Map<Long, Seen> seen = new HashMap<>();

    private final long[] observedWrites = new long[Ledger.KEYS];
    private long observed;
    private long acknowledged;
    private long reads;

    private record Seen(LogEntry entry, long termBefore) {}

    RaftOracle(RaftCluster cluster, Configuration founding) {
        this(cluster, Generations.FIRST, 0, founding);
    }

    private RaftOracle(RaftCluster cluster, long generation, long firstIndex, Configuration configuration) {
        this.cluster = cluster;
        this.generation = generation;
        this.firstIndex = firstIndex;
        this.committedConfiguration = configuration;
    }

    /**
     * That of the generation which goes on from the survivor: what is committed and in its log stays committed. Of what is not,
     * clients may have been told, or not: it is lost.
     */
    RaftOracle fork(long next, RaftReplica survivor) {
        ShadowLog log = survivor.shadow();
        int kept = 0;
        while (kept < committed.size() && kept < log.last() && hasCommitted(log, kept + 1)) {
            kept++;
        }
        check(kept >= survivor.ledger().index(), "%s is forced, and had applied more than %s", survivor, kept);
        Configuration alone = new Configuration(log.last() + 1, List.of(survivor.self), List.of(), List.of());
        RaftOracle fork = new RaftOracle(cluster, next, log.last() + 1, alone);
        fork.committed.addAll(committed.subList(0, kept));
        fork.stateHashes.addAll(stateHashes.subList(0, Math.min(kept, stateHashes.size())));
        fork.commitsByTerm.put(survivor.group().term(), (long) kept);
        fork.acknowledged = acknowledged;
        fork.reads = reads;
        fork.observed = Math.min(observed, kept);
        for (int key = 0; key < observedWrites.length; key++) {
            fork.observedWrites[key] = observedWrites[key] <= kept ? observedWrites[key] : 0;
        }
        for (long index = log.base() + 1; index <= log.last(); index++) {
            LogEntry entry = log.entry(index);
            fork.seen.put(key(entry), new Seen(entry, log.entry(index - 1).term()));
        }
        return fork;
    }

    private boolean hasCommitted(ShadowLog log, long index) {
        return index <= log.base() || log.entry(index) == committed.get((int) index - 1);
    }

    long generation() {
        return generation;
    }

    /** Whether the replica has all that was committed. */
    boolean hasAll(RaftReplica replica) {
        ShadowLog log = replica.shadow();
        return log.last() >= committed.size() && (committed.isEmpty() || hasCommitted(log, committed.size()));
    }

    long acknowledged() {
        return acknowledged;
    }

    long reads() {
        return reads;
    }

    long commit() {
        return committed.size();
    }

    Configuration committedConfiguration() {
        return committedConfiguration;
    }

    /** Log matching (Raft, section 5.3), by induction: whoever has an entry has the same before it. */
    void onAppended(ShadowLog log, LogEntry entry) {
        LogEntry before = log.entry(log.last());
        long index = entry.index();
        check(index == before.index() + 1, "entry %s behind %s", index, before.index());
        check(entry.term() >= before.term(), "terms fall at %s", index);
        check(entry.timeMillis() >= before.timeMillis(), "log time falls at %s", index);
        check(entry.level() >= before.level(), "the level falls at %s", index);
        Seen known = seen.putIfAbsent(key(entry), new Seen(entry, before.term()));
        check(
                known == null || (known.entry() == entry && known.termBefore() == before.term()),
                "two logs differ at or before %s of term %s",
                index,
                entry.term());
        log.append(entry);
    }

    private static long key(LogEntry entry) {
        return entry.index() << 20 | entry.term();
    }

    /** Election safety and leader completeness (Raft, figure 3). */
    void onLeader(Member leader, long term, ShadowLog log) {
        Member other = leaders.putIfAbsent(term, leader);
        check(other == null || other.equals(leader), "%s and %s lead in term %s", other, leader, term);
        Map.Entry<Long, Long> before = commitsByTerm.lowerEntry(term);
        long needed = before == null ? 0 : before.getValue();
        check(
                needed == 0 || log.has(needed, committed.get((int) needed - 1).term()),
                "%s leads in term %s without %s, which was committed in term %s",
                leader,
                term,
                needed,
                before);
        leaderLogs.put(term, log.copy());
    }

    /** Leader append-only (Raft, figure 3). */
    void onCut(RaftReplica replica, RaftRole role) {
        check(role != RaftRole.LEADER, "%s cuts its own log", replica);
    }

    /** @param configuration that the leader went by as it appended the entry */
    void onLeadersEntry(long term, LogEntry entry, LogEntry before, Configuration configuration) {
        for (Member member : entry.level() > before.level() ? configuration.members() : List.<Member>of()) {
            int supported = cluster.node(member).supportedLevel;
            check(entry.level() <= supported, "the level is %s now, %s has %s", entry.level(), member, supported);
        }
        ShadowLog log = leaderLogs.get(term);
        if (log != null && entry.index() == log.last() + 1) {
            log.append(entry);
        }
    }

    /** @param configurations those that it may have gone by when it committed; empty if it does not lead */
    void onCommit(RaftReplica replica, long from, long to, long leadsIn, List<Configuration> configurations) {
        ShadowLog log = replica.shadow();
        check(to <= log.last(), "%s commits %s of %s", replica, to, log.last());
        if (to > committed.size()) {
            commitsByTerm.put(leadsIn, to);
            check(!configurations.isEmpty(), "%s does not lead and is the first to commit %s", replica, to);
            checkQuorumHas(log.entry(to), configurations);
            checkLaterLeadersHave(log.entry(to), leadsIn);
        }
        for (long index = Math.max(from, log.base()) + 1; index <= to; index++) {
            onCommit(replica, log.entry(index));
        }
    }

    private void onCommit(RaftReplica replica, LogEntry entry) {
        if (entry.index() <= committed.size()) {
            boolean isSame = committed.get((int) entry.index() - 1) == entry;
            check(isSame, "%s commits another entry %s of term %s", replica, entry.index(), entry.term());
            return;
        }
        committed.add(entry);
        if (entry.kind() == EntryKind.CONFIGURATION && entry.index() > firstIndex) {
            onCommitted(ConfigurationCodec.decode(entry.index(), entry.data()));
        }
    }

    private void onCommitted(Configuration next) {
        List<Member> gone = new ArrayList<>(committedConfiguration.members());
        gone.removeAll(next.members());
        committedConfiguration = next;
        gone.forEach(member -> cluster.removed(member, generation));
    }

    private void checkQuorumHas(LogEntry entry, List<Configuration> configurations) {
        for (Configuration of : configurations) {
            if (isOnMost(of.voters(), entry) && (of.outgoing().isEmpty() || isOnMost(of.outgoing(), entry))) {
                return;
            }
        }
        throw violation(
                "entry %s of term %s is committed, but not on the disks of most in %s",
                entry.index(),
                entry.term(),
                configurations.stream().map(RaftJournal::configuration).toList());
    }

    private boolean isOnMost(List<Member> voters, LogEntry entry) {
        int holders = 0;
        for (Member voter : voters) {
            SimReplicaDisk disk = cluster.node(voter).disk;
            holders += disk.holds(voter, generation, entry.index(), entry.term()) ? 1 : 0;
        }
        return 2 * holders > voters.size();
    }

    private void checkLaterLeadersHave(LogEntry entry, long term) {
        for (RaftNode node : cluster.nodes) {
            RaftReplica other = node.replica();
            if (other != null && other.generation() == generation && other.leadsIn() > term) {
                check(
                        other.shadow().has(entry.index(), entry.term()),
                        "%s leads in term %s without entry %s, which is committed in term %s",
                        other,
                        other.leadsIn(),
                        entry.index(),
                        term);
            }
        }
    }

    /** State machine safety (Raft, figure 3). */
    void onState(RaftReplica replica, Ledger ledger) {
        long index = ledger.index();
        if (index > stateHashes.size()) {
            check(index == stateHashes.size() + 1, "nobody has applied what is before %s", index);
            check(index <= committed.size(), "%s applies %s, which is not committed", replica, index);
            stateHashes.add(ledger.hash());
        }
        check(
                index == 0 || stateHashes.get((int) index - 1) == ledger.hash(),
                "%s has another state at %s",
                replica,
                index);
    }

    /** Whatever is said that others build upon is already on the disk of whoever says it. */
    void onSent(RaftMessage message) {
        SimReplicaDisk disk = cluster.node(message.from()).disk;
        long synced = disk.hardState().generation();
        checkPromise(synced >= message.generation(), "the generation", message);
        if (synced > message.generation()) {
            return;
        }
        if (message.body() instanceof RaftMessage.VoteRequest request && !request.preVote()) {
            checkPromise(disk.hasVotedFor(message.from(), generation, message.term()), "the own vote", message);
        } else if (message.body() instanceof RaftMessage.VoteAnswer answer && answer.granted() && !answer.preVote()) {
            checkPromise(disk.hasVotedFor(message.to(), generation, message.term()), "the vote", message);
        } else if (message.body() instanceof RaftMessage.AppendAnswer answer && answer.accepted()) {
            long term = disk.hardState().term();
            checkPromise(term >= message.term(), "the term", message);
            // what it accepted may be gone again by the same write that takes it to a later leader's term
            boolean holds = term > message.term() || holdsLeadersLog(disk, message.term(), answer.index());
            checkPromise(holds, "the log", message);
        }
    }

    private boolean holdsLeadersLog(SimReplicaDisk disk, long term, long index) {
        ShadowLog log = leaderLogs.get(term);
        if (log == null || index <= disk.base() || index < log.base()) {
            return true;
        }
        return index <= log.last() && disk.everHeld(index, log.entry(index).term());
    }

    private static void checkPromise(boolean holds, String what, RaftMessage message) {
        check(holds, "%s promises without having synced %s: %s", message.from(), what, message);
    }

    /** A client is told that its command is done. */
    void onAcknowledged(long index, byte[] command) {
        check(
                index <= committed.size()
                        && Arrays.equals(committed.get((int) index - 1).data(), command),
                "acknowledged, but not committed: %s",
                index);
        acknowledged++;
        observe(index, Ledger.keyOf(command), index);
        cluster.scheduler.trace(index);
    }

    private void observe(long index, int key, long write) {
        observed = Math.max(observed, index);
        observedWrites[key] = Math.max(observedWrites[key], write);
    }

    /** Up to where clients have seen the log, by now. */
    long observed() {
        return observed;
    }

    long observedWrite(int key) {
        return observedWrites[key];
    }

    /** @param observedThen when the read was asked for */
    void onReadConfirmed(long observedThen, long index) {
        check(index >= observedThen, "a read is confirmed at %s, before it came %s was observed", index, observedThen);
    }

    void onReadAnswered(int key, long observedWriteThen, Ledger ledger) {
        long write = ledger.lastWriteOf(key);
        check(write >= observedWriteThen, "a read shows %s, before it came %s was observed", write, observedWriteThen);
        reads++;
        observe(ledger.index(), key, write);
        cluster.scheduler.trace(ledger.index());
    }

    /** What the machine calls written and synced is. */
    void onTurnEnded(RaftReplica replica, RaftLog log, SimReplicaDisk disk) {
        ShadowLog shadow = replica.shadow();
        boolean isWritten = log.last() == shadow.last()
                && log.lastTerm() == shadow.entry(shadow.last()).term();
        check(isWritten, "%s did not write %s but %s", replica, log.last(), shadow.last());
        check(log.commit() <= log.last() && log.base() <= log.commit(), "%s commits %s", replica, log.commit());
        long persisted = log.persisted();
        boolean isSynced = persisted <= disk.base()
                || (persisted <= disk.last() && disk.entry(persisted) == shadow.entry(persisted));
        check(isSynced, "%s takes %s for synced, the disk ends at %s", replica, persisted, disk.last());
    }

    private static void check(boolean holds, String otherwise, @Nullable Object... of) {
        if (!holds) {
            throw violation(otherwise, of);
        }
    }

    private static AssertionError violation(String what, @Nullable Object... of) {
        return new AssertionError(String.format(what, of));
    }
}
