package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.sim.TestNodes;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Log time is stamped by leaders alone, and nobody becomes one whose clock is far from the others'. */
class PeerClocksTest {
    private static final PartitionId PARTITION = new PartitionId(3);
    private static final long YEAR_MILLIS = 365L * 86_400_000;
    private static final long START = 1_700_000_000_000L;
    private static final NodeId ONE = TestNodes.id(1);
    private static final NodeId TWO = TestNodes.id(2);

    private final PeerClocks clocks = new PeerClocks();

    private boolean isNear(long monotonicMillis, long wallMillis) {
        return clocks.isNear(new Now(monotonicMillis, START + wallMillis));
    }

    @Test
    void clock_ofANodeThatHeardNobody_isNear() {
        assertThat(isNear(0, YEAR_MILLIS)).isTrue();
    }

    @Test
    void clock_thatTwoOthersAgreeIsWrong_isNotNear() {
        clocks.onHeard(ONE, START, 0);
        clocks.onHeard(TWO, START + 3_000, 0);
        assertThat(isNear(0, 5_000)).isTrue();
        assertThat(isNear(0, -4_000)).isTrue();
        assertThat(isNear(0, 9_000)).isFalse();
        assertThat(isNear(0, -9_000)).isFalse();
        assertThat(isNear(0, YEAR_MILLIS)).isFalse();
    }

    @Test
    void clock_thatOneOtherOfTwoNodesContradicts_isNear() {
        clocks.onHeard(ONE, START + YEAR_MILLIS, 0);
        assertThat(isNear(0, 0)).isTrue();
        clocks.onHeard(TWO, START, 0);
        assertThat(isNear(0, 0)).isTrue();
    }

    @Test
    void clock_thatJumps_isNotNearAtOnceAndIsAgainWhenSetRight() {
        clocks.onHeard(ONE, START, 0);
        clocks.onHeard(TWO, START, 0);
        assertThat(isNear(100, 100)).isTrue();
        assertThat(isNear(100, 100 + YEAR_MILLIS)).isFalse();
        assertThat(isNear(200, 200)).isTrue();
    }

    @Test
    void message_thatComesLate_takesNothingFromOneThatCameInTime() {
        clocks.onHeard(ONE, START, 0);
        clocks.onHeard(TWO, START, 0);
        clocks.onHeard(ONE, START + 10, 9_000);
        clocks.onHeard(TWO, START + 10, 9_000);
        assertThat(isNear(9_000, 9_000)).isTrue();
    }

    @Test
    void others_notHeardForLong_countNoMore() {
        clocks.onHeard(ONE, START, 0);
        clocks.onHeard(TWO, START, 0);
        assertThat(isNear(59_000, YEAR_MILLIS)).isFalse();
        assertThat(isNear(60_000, YEAR_MILLIS)).isTrue();
    }

    @Test
    void node_whoseClockIsAYearAhead_neverLeads() {
        GroupCluster cluster = new GroupCluster(11, 3);
        cluster.spread(PARTITION);
        Node wrong = cluster.nodes.get(1);
        wrong.clock.jump(YEAR_MILLIS);
        for (int round = 0; round < 8; round++) {
            Node leader = Objects.requireNonNull(cluster.leader(PARTITION));
            leader.crash();
            if (round % 2 == 0) {
                cluster.passMillis(10_000);
                assertThat(cluster.leader(PARTITION)).as("round " + round).isNotEqualTo(wrong);
            }
            leader.boot();
            cluster.await(leader.start());
            cluster.until(() -> cluster.leader(PARTITION) != null);
            Node next = Objects.requireNonNull(cluster.leader(PARTITION));
            assertThat(next).as("round " + round).isNotEqualTo(wrong);
            cluster.await(next.partitions().propose(PARTITION, LedgerMachine.command(Op.ADD, round, 1)));
            assertThat(next.partitions().logTimeMillis(PARTITION)).isLessThan(next.clock.wallMillis() + 5_000);
        }
    }
}
