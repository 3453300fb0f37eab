package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Whole nodes of two releases side by side: one knows a behaviour level more than the other. */
class MixedLevelsTest {
    private static final PartitionId PARTITION = new PartitionId(3);
    private static final int BEFORE = LogEntry.CURRENT_LEVEL;
    private static final int NEXT = BEFORE + 1;
    private static final long LONG_MILLIS = 5_000;

    private final GroupCluster cluster = new GroupCluster(23, 4);
    private long added;

    /** Commits a command, and gives the level of its entry, by which all apply it. */
    private int add() {
        long id = ++added;
        cluster.until(() -> cluster.leader(PARTITION) != null);
        Node leader = Objects.requireNonNull(cluster.leader(PARTITION));
        cluster.await(leader.routed().propose(PARTITION, LedgerMachine.command(Op.ADD, id, 1)));
        return newestLevel(leader);
    }

    private static int newestLevel(Node node) {
        List<StateMachine.Entry> given = node.machine.given(PARTITION);
        return given.get(given.size() - 1).level();
    }

    private void restart(Node node, int level) {
        node.crash();
        node.machine.level = level;
        node.boot();
        cluster.await(node.partitions().start());
    }

    private void upgrade(int... numbers) {
        for (int number : numbers) {
            restart(cluster.nodes.get(number), NEXT);
        }
    }

    private long count(Node node) {
        byte[] answer = cluster.await(node.routed().read(PARTITION, LedgerMachine.countQuery()));
        return LedgerMachine.number(answer);
    }

    private long appliedAt(int number) {
        return cluster.nodes.get(number).machine.given(PARTITION).size();
    }

    @Test
    void level_inNodesOfTwoReleases_risesOnceTheLastKnowsIt() {
        cluster.spread(PARTITION);
        for (int number = 0; number < 3; number++) {
            assertThat(add()).isEqualTo(BEFORE);
            upgrade(number);
            cluster.until(() -> cluster.leader(PARTITION) != null);
            if (number < 2) {
                cluster.passMillis(LONG_MILLIS);
                assertThat(add()).isEqualTo(BEFORE);
            }
        }
        cluster.until(() -> add() == NEXT);
        assertThat(count(cluster.nodes.get(1))).isEqualTo(added);
        cluster.until(() -> List.of(0, 1, 2).stream().allMatch(number -> appliedAt(number) == added));
    }

    @Test
    void newcomer_ofTheReleaseBefore_appliesNothingThatItDoesNotKnow_untilItIsUpgraded() {
        cluster.spread(PARTITION);
        add();
        upgrade(0, 1, 2);
        cluster.until(() -> add() == NEXT);
        Node late = cluster.nodes.get(3);
        assertThat(cluster.isTaken(PARTITION, new Change.AddLearner(late.id))).isTrue();
        cluster.passMillis(LONG_MILLIS);
        assertThat(late.machine.given(PARTITION)).allMatch(entry -> entry.level() <= BEFORE);
        List<Member> voters = new ArrayList<>(cluster.configuration(PARTITION).voters());
        voters.set(1, Objects.requireNonNull(cluster.configuration(PARTITION).memberOf(late.id)));
        Change swap = new Change.EnterJoint(voters);
        assertThat(cluster.isTaken(PARTITION, swap)).isFalse();
        restart(late, NEXT);
        cluster.change(PARTITION, swap);
        cluster.change(PARTITION, new Change.LeaveJoint());
        assertThat(add()).isEqualTo(NEXT);
        cluster.until(() -> newestLevel(late) == NEXT && count(late) == added);
    }
}
