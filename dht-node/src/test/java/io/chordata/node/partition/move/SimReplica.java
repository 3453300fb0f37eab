package io.chordata.node.partition.move;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.ConfigurationCodec;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftGroup;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftOptions;
import io.chordata.node.partition.raft.RaftOutbox;
import io.chordata.node.partition.raft.RaftRole;
import io.chordata.node.partition.raft.RaftStart;
import io.chordata.node.partition.raft.RaftView;
import io.chordata.node.partition.raft.TermRuns;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A replica of one life of its node's process: the real consensus machine over a simulated disk. Its log is never cut. */
final class SimReplica implements RaftOutbox, LedGroup {
    private static final long WALL_MILLIS = 1_700_000_000_000L;

    private final MoveNode node;
    private final SimCopy copy;
    private final PartitionId partition;
    private final RaftGroup group;
    private long syncedNanos;
    private long heardMillis;
    private boolean isOver;
    private boolean isFlushing;

    SimReplica(MoveNode node, PartitionId partition, SimCopy copy) {
        this.node = node;
        this.partition = partition;
        this.copy = copy;
        this.heardMillis = node.nowMillis();
        this.group = new RaftGroup(
                copy.self(),
                partition.number(),
                start(copy),
                RaftOptions.DEFAULT,
                node.random,
                event -> {},
                this,
                node.nowMillis());
    }

    private static RaftStart start(SimCopy copy) {
        TermRuns terms = new TermRuns(0, 0);
        List<Configuration> configurations = new ArrayList<>(List.of(copy.founding));
        long timeMillis = 0;
        for (LogEntry entry : copy.entries) {
            terms.append(entry.index(), entry.term());
            timeMillis = entry.timeMillis();
            if (entry.kind() == EntryKind.CONFIGURATION) {
                configurations.add(ConfigurationCodec.decode(entry.index(), entry.data()));
            }
        }
        long applied = Math.min(copy.applied, copy.entries.size());
        return new RaftStart(copy.hardState, terms, applied, configurations, timeMillis, 1);
    }

    Member self() {
        return copy.self();
    }

    SimCopy copy() {
        return copy;
    }

    boolean leads() {
        return !isOver && group.view().role() == RaftRole.LEADER;
    }

    /** It is none any more: its process is gone, or another takes its place. */
    void end() {
        isOver = true;
    }

    private void turn(Runnable event) {
        if (!isOver) {
            event.run();
            flush();
        }
    }

    private void flush() {
        if (!isFlushing) {
            isFlushing = true;
            group.flush();
            isFlushing = false;
        }
    }

    void onTick() {
        turn(() -> group.onTick(node.nowMillis(), WALL_MILLIS + node.nowMillis()));
    }

    void onMessage(RaftMessage message) {
        turn(() -> {
            group.onTime(node.nowMillis(), WALL_MILLIS + node.nowMillis());
            group.onMessage(message);
        });
        if (message.body().isLeaders()) {
            heardMillis = node.nowMillis();
        }
    }

    void onPeerLost(NodeId lost) {
        turn(() -> group.onPeerLost(lost));
    }

    void propose(byte[] command) {
        if (group.mayPropose()) {
            turn(() -> group.propose(EntryKind.COMMAND, command));
        }
    }

    long silentMillis() {
        return leads() ? 0 : node.nowMillis() - heardMillis;
    }

    Configuration committed() {
        return group.configurationAt(group.view().commitIndex());
    }

    @Nullable
    Committed decided() {
        long index = group.view().commitIndex();
        return index < self().tenure() ? null : new Committed(view().generation(), committed(), index);
    }

    Configuration newest() {
        return group.view().configuration();
    }

    /** The newest configuration that is synced here. */
    Configuration synced() {
        return group.configurationAt(group.view().persistedIndex());
    }

    @Override
    public PartitionId partition() {
        return partition;
    }

    @Override
    public RaftView view() {
        return group.view();
    }

    @Override
    public @Nullable String refusal(Change change) {
        return isOver ? "it is over" : group.refusal(change);
    }

    @Override
    public void change(Change change) {
        turn(() -> group.change(change));
    }

    @Override
    public boolean handOver(Member successor) {
        boolean[] possible = {false};
        turn(() -> possible[0] = group.handOver(successor));
        return possible[0];
    }

    @Override
    public void persist(Write write) {
        long now = node.cluster.scheduler.nowNanos();
        syncedNanos = Math.max(syncedNanos, now) + node.random.nextLong(1, 3_000_000);
        node.cluster.scheduler.after(syncedNanos - now, () -> {
            if (!isOver) {
                copy.write(write);
                turn(() -> group.onPersisted(write.number()));
            }
        });
    }

    @Override
    public void send(RaftMessage message) {
        node.cluster.send(node, message.to().node(), to -> to.onRaft(partition, message));
    }

    @Override
    public void load(Member follower, long from, long to) {
        int end = (int) Math.min(to, from + RaftOptions.DEFAULT.maxAppendEntries() - 1);
        List<LogEntry> entries = List.copyOf(copy.entries.subList((int) from - 1, end));
        node.later(() -> turn(() -> group.onLoaded(follower, from, entries)));
    }

    @Override
    public void prepareSnapshot(Member follower) {
        throw new IllegalStateException("no log is cut here");
    }

    @Override
    public void install(Member leader, long index) {
        throw new IllegalStateException("no log is cut here");
    }

    @Override
    public void commit(long index) {
        for (long i = copy.applied + 1; i <= index; i++) {
            LogEntry entry = copy.entries.get((int) i - 1);
            if (entry.kind() == EntryKind.CONFIGURATION) {
                node.cluster.oracle.onCommitted(partition, ConfigurationCodec.decode(i, entry.data()));
            }
        }
        copy.applied = Math.max(copy.applied, index);
        node.later(() -> turn(() -> group.onApplied(index)));
    }

    @Override
    public void confirmReads(long round, long index) {}

    @Override
    public void changeRole(RaftRole role, long term, @Nullable Member leader) {
        if (role == RaftRole.LEADER) {
            node.cluster.leadersElected++;
        }
    }

    @Override
    public void changeConfiguration(Configuration configuration) {}

    @Override
    public String toString() {
        return (isOver ? "over " : "") + copy + " " + group.view();
    }
}
