package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.Generations;
import io.chordata.node.partition.raft.HardState;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftMessage.SnapshotOffer;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftOutbox;
import io.chordata.node.partition.raft.RaftStart;
import io.chordata.node.partition.raft.TermRuns;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A group whose disk and state machine do what is asked of them when a test wants, and which is left behind meanwhile. */
class PartitionGroupTest {
    private static final PartitionId PARTITION = new PartitionId(3);
    private static final Member SELF = new Member(TestNodes.id(1), 0);
    private static final Member OTHER = new Member(TestNodes.id(2), 0);
    private static final long LATER = Generations.next(Generations.FIRST, OTHER.node());
    private static final Now NOW = new Now(1_000, 1_000);

    private final Asked asked = new Asked();

    private PartitionGroup recovered(List<Member> voters, int entries) {
        Configuration founding = new Configuration(0, voters, List.of(), List.of());
        PartitionGroup group = new PartitionGroup(PARTITION, SELF, founding, PartitionOptions.DEFAULT, 1, asked);
        TermRuns terms = new TermRuns(0, 0);
        for (int index = 1; index <= entries; index++) {
            terms.append(index, 1);
        }
        RaftStart start = new RaftStart(new HardState(0, 1, null), terms, 0, List.of(founding), 0, 1);
        LogBase base = LogBase.ofNew(founding, 0, 0);
        group.onRecovered(
                new PartitionLog.Recovered(start, base, AppliedMark.NONE, 1, 1, 0, 0),
                new SimRandom(1),
                event -> {},
                NOW);
        group.flush();
        return group;
    }

    private PartitionGroup serving() {
        PartitionGroup group = recovered(List.of(SELF), 0);
        sync(group);
        sync(group);
        apply(group);
        assertThat(group.serves()).isTrue();
        return group;
    }

    private void sync(PartitionGroup group) {
        group.onPersisted(asked.writes.get(asked.writes.size() - 1).number());
    }

    private void apply(PartitionGroup group) {
        List<LogEntry> entries = asked.toApply.remove(0);
        group.onApplied(
                entries,
                entries.stream()
                        .map(entry -> Future.succeededFuture(new byte[0]))
                        .toList());
    }

    private static void meetLater(PartitionGroup group) {
        group.onMessage(new RaftMessage(OTHER, SELF, LATER, 0, new VoteAnswer(false, false)), NOW);
        group.flush();
    }

    @Test
    void read_thatWaitsForRowsOfAReplicaLeftBehind_fails() {
        PartitionGroup group = serving();
        group.propose(EntryKind.COMMAND, new byte[] {1}, NOW);
        group.flush();
        sync(group);
        Future<byte[]> read = group.read(() -> Future.succeededFuture(new byte[0]));
        assertThat(read.isComplete()).isFalse();
        meetLater(group);
        assertThat(read.failed()).isTrue();
        assertThat(((PartitionRefusedException) read.cause()).reason()).isEqualTo(Reason.NOT_LEADER);
    }

    @Test
    void replica_leftBehind_isSoWhileItStops() {
        PartitionGroup group = serving();
        meetLater(group);
        assertThat(group.standing()).isNull();
        group.stop();
        assertThat(group.state()).isEqualTo(GroupState.DRAINING);
        assertThat(group.standing()).isNull();
        assertThat(group.takesPart()).isFalse();
    }

    @Test
    void replica_leftBehind_isSoOnceItFailed() {
        PartitionGroup group = serving();
        meetLater(group);
        group.onFailed(GroupState.FAILED, new IllegalStateException("for the test"));
        assertThat(group.standing()).isNull();
        assertThat(group.takesPart()).isFalse();
    }

    /** Its log is to stand still, and can be forced. */
    @Test
    void state_notAskedForYet_isNotFetchedByAReplicaLeftBehind() {
        PartitionGroup group = recovered(List.of(SELF, OTHER, new Member(TestNodes.id(3), 0)), 3);
        long own = Generations.next(Generations.FIRST, SELF.node());
        group.onMessage(new RaftMessage(OTHER, SELF, 0, 2, new RaftMessage.Append(3, 1, List.of(), 3)), NOW);
        group.flush();
        assertThat(asked.replayed).as("rows under way").containsExactly(1L);
        group.onMessage(new RaftMessage(OTHER, SELF, 0, 2, new SnapshotOffer(40, 1)), NOW);
        group.flush();
        assertThat(group.recovered().promise(own)).isTrue();
        group.flush();
        List<LogEntry> rows = new ArrayList<>();
        for (int index = 1; index <= 3; index++) {
            rows.add(new LogEntry(index, 1, 0, 1, EntryKind.EMPTY, new byte[0]));
        }
        asked.toApply.add(rows);
        apply(group);
        assertThat(asked.installed).isEmpty();
        assertThat(group.recovered().refusalOfForce(own)).isNull();
    }

    /** Notes what is asked for, and does nothing. */
    private static final class Asked implements GroupOutbox {
        private final List<RaftOutbox.Write> writes = new ArrayList<>();
        private final List<List<LogEntry>> toApply = new ArrayList<>();
        private final List<Long> replayed = new ArrayList<>();
        private final List<SnapshotRequest> installed = new ArrayList<>();

        @Override
        public void flushSoon() {}

        @Override
        public void persist(RaftOutbox.Write write) {
            writes.add(write);
        }

        @Override
        public void apply(List<LogEntry> entries) {
            toApply.add(entries);
        }

        @Override
        public void replay(long from, long to) {
            replayed.add(from);
        }

        @Override
        public void send(RaftMessage message) {}

        @Override
        public void load(Member follower, long from, long to) {}

        @Override
        public void prepareSnapshot(Member follower) {}

        @Override
        public void install(NodeId leader, SnapshotRequest request) {
            installed.add(request);
        }

        @Override
        public void onLeftBehind() {}

        @Override
        public void onLeadershipLost() {}

        @Override
        public void onStandingChanged() {}

        @Override
        public void onUnknownLevel(LogEntry entry) {}
    }
}
