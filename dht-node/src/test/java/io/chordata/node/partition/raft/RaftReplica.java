package io.chordata.node.partition.raft;

import io.chordata.node.partition.raft.SimReplicaDisk.Snapshot;
import io.chordata.node.sim.SimRandom;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A machine at work on a node, and what its owner does for it: writes, applies, loads, carries snapshots, answers clients.
 * Whatever it does is shown to the oracle.
 */
final class RaftReplica implements RaftOutbox {
    private static final long NANOS_PER_MILLI = 1_000_000;

    final Member self;
    final RaftNode node;
    final RaftClientBook clients;
    final RaftSnapshots snapshots;
    private final RaftCluster cluster;
    private final SimRandom random;
    private final RaftState state;
    private final RaftGroup group;
    private final ShadowLog shadow;
    private boolean isClosed;
    private boolean isFlushDue;
    private boolean isApplying;
    private Ledger ledger;
    private long toApply;
    private long checkedCommit;
    /** At the end of the last turn. */
    private Configuration configuration;
    /** The term in which it leads, as it has said; 0 if it does not. */
    private long leadsIn;

    RaftReplica(RaftNode node, RaftCluster cluster) {
        SimReplicaDisk disk = node.disk;
        this.node = node;
        this.cluster = cluster;
        this.random = cluster.random;
        this.self = Objects.requireNonNull(disk.owner());
        this.shadow = new ShadowLog(disk.beforeFirst(), disk.log());
        this.ledger = disk.rows();
        this.toApply = ledger.index();
        this.checkedCommit = ledger.index();
        this.state = new RaftState(
                self,
                0,
                disk.start(),
                cluster.optionsAt(node.supportedLevel),
                cluster.rules,
                random.fork(),
                cluster::count,
                node.nowMillis());
        this.group = new RaftGroup(state, this);
        this.clients = new RaftClientBook(this);
        this.snapshots = new RaftSnapshots(this, cluster);
        this.configuration = state.configuration();
        group.allowCampaign(node.isCampaignAllowed());
        group.flush();
    }

    void close() {
        isClosed = true;
    }

    /** Later, if this replica still is at work. */
    void later(long delayNanos, Runnable task) {
        cluster.scheduler.after(delayNanos, ifStillHere(task));
    }

    Runnable ifStillHere(Runnable task) {
        return node.inThisLife(() -> {
            if (!isClosed) {
                task.run();
            }
        });
    }

    /** An event of the machine, alone in its turn or with others. */
    void turn(Runnable event) {
        event.run();
        if (!random.chance(cluster.habits.batchChance())) {
            flush();
        } else if (!isFlushDue) {
            isFlushDue = true;
            later(random.nextLong(0, NANOS_PER_MILLI), this::flush);
        }
    }

    private void flush() {
        isFlushDue = false;
        long ledIn = leadsIn;
        Configuration before = configuration;
        configuration = state.configuration();
        group.flush();
        long commit = state.log.commit();
        if (commit > checkedCommit) {
            boolean leads = ledIn > 0 || leadsIn > 0;
            List<Configuration> configurations = leads ? List.of(configuration, before) : List.of();
            oracle().onCommit(this, checkedCommit, commit, Math.max(ledIn, leadsIn), configurations);
            checkedCommit = commit;
        }
        if (!snapshots.isInstalling()) {
            oracle().onTurnEnded(this, state.log, node.disk);
        }
    }

    /** It watches over the history that this replica belongs to. */
    RaftOracle oracle() {
        return cluster.oracleOf(generation());
    }

    long generation() {
        return group.generation();
    }

    /** The operator has the group go on from here. */
    void force(long generation) {
        flush();
        cluster.beginGeneration(generation, this);
        turn(() -> group.force(generation));
    }

    Configuration configuration() {
        return state.configuration();
    }

    RaftGroup group() {
        return group;
    }

    ShadowLog shadow() {
        return shadow;
    }

    Ledger ledger() {
        return ledger;
    }

    long leadsIn() {
        return leadsIn;
    }

    /** Whether it takes itself for the leader, and its owner knows. */
    boolean leads() {
        return leadsIn > 0 && state.role() == RaftRole.LEADER && state.term() == leadsIn;
    }

    @Override
    public void persist(Write write) {
        cluster.journal.note(node.number, "writes", write);
        if (write.truncateFrom() > 0) {
            oracle().onCut(this, state.role());
            shadow.cutFrom(write.truncateFrom());
        }
        for (LogEntry entry : write.entries()) {
            LogEntry before = shadow.entry(shadow.last());
            oracle().onAppended(shadow, entry);
            if (state.role() == RaftRole.LEADER && entry.term() == state.term()) {
                oracle().onLeadersEntry(entry.term(), entry, before, state.log.configurationAt(entry.index()));
            }
        }
        node.disk.ask(write, ifStillHere(() -> turn(() -> group.onPersisted(write.number()))));
    }

    @Override
    public void send(RaftMessage message) {
        oracle().onSent(message);
        cluster.send(message);
    }

    @Override
    public void load(Member follower, long from, long to) {
        later(random.nextLong(0, cluster.habits.loadMaxMillis() * NANOS_PER_MILLI), () -> {
            int most = 1 + random.nextInt(cluster.options.maxAppendEntries());
            List<LogEntry> entries = node.disk.read(from, to, most);
            turn(() -> group.onLoaded(follower, from, entries));
        });
    }

    @Override
    public void prepareSnapshot(Member follower) {
        snapshots.prepare(follower);
    }

    @Override
    public void install(Member leader, long index) {
        snapshots.fetch(leader, index);
    }

    @Override
    public void commit(long index) {
        toApply = index;
        applySoon();
    }

    private void applySoon() {
        if (!isApplying && ledger.index() < toApply) {
            isApplying = true;
            later(random.nextLong(0, cluster.habits.applyMaxMillis() * NANOS_PER_MILLI), this::apply);
        }
    }

    private void apply() {
        isApplying = false;
        long before = ledger.index();
        int most = 1 + random.nextInt(20);
        while (ledger.index() < toApply && ledger.index() < before + most && isUnderstood(nextEntry())) {
            LogEntry entry = nextEntry();
            ledger = ledger.apply(entry);
            oracle().onState(this, ledger);
            clients.onApplied(entry, ledger);
        }
        if (ledger.index() > before) {
            turn(() -> group.onApplied(ledger.index()));
            if (!snapshots.isInstalling() && random.chance(cluster.habits.checkpointChance())) {
                checkpoint();
            }
            applySoon();
        }
    }

    private LogEntry nextEntry() {
        long index = ledger.index() + 1;
        if (!node.disk.hasEntry(index)) {
            throw new AssertionError(this + " is to apply " + index + ", which is not on its disk");
        }
        return node.disk.entry(index);
    }

    /** A later release's entry is never skipped: it waits until this node has that release. */
    private boolean isUnderstood(LogEntry entry) {
        return entry.level() <= node.supportedLevel;
    }

    /** The rows reach the disk, and some of the log before them goes. */
    void checkpoint() {
        Ledger rows = ledger;
        long first = rows.index() + 1 - random.nextInt(cluster.habits.keptEntries() + 1);
        node.disk.ask(() -> node.disk.checkpoint(rows), () -> {});
        long[] left = new long[1];
        node.disk.ask(
                () -> left[0] = node.disk.dropBefore(first), ifStillHere(() -> turn(() -> group.onTruncated(left[0]))));
    }

    @Override
    public void confirmReads(long round, long index) {
        clients.onConfirmed(round, index);
    }

    @Override
    public void changeRole(RaftRole role, long term, @Nullable Member leader) {
        cluster.journal.note(
                node.number, role + " in term " + term + ", leader", Objects.requireNonNullElse(leader, "none"));
        leadsIn = role == RaftRole.LEADER ? term : 0;
        clients.onRoleChanged();
        snapshots.onRoleChanged();
        if (role == RaftRole.LEADER) {
            oracle().onLeader(self, term, shadow);
        }
    }

    @Override
    public void changeConfiguration(Configuration configuration) {
        cluster.journal.note(node.number, "goes by", configuration);
    }

    /** The disk holds it in place of all that was there. */
    void onInstalled(Snapshot snapshot) {
        shadow.replaceBy(snapshot.last());
        ledger = snapshot.rows();
        toApply = ledger.index();
        checkedCommit = ledger.index();
        oracle().onState(this, ledger);
        turn(() -> group.onInstalled(node.disk.start()));
        clients.onState(ledger);
    }

    /** Node, tenure and how it stands. */
    @Override
    public String toString() {
        return RaftJournal.member(self) + " (" + state.role() + " in term " + state.term() + ", " + ledger + ", commit "
                + state.log.commit() + " of " + state.log.last() + ")";
    }
}
