package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.LedgerMachine.Receipt;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftEvent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RoutedPartitionsTest {
    private static final PartitionId FIFTH = new PartitionId(5);
    private static final PartitionId SIXTH = new PartitionId(6);

    private final GroupCluster cluster = new GroupCluster(3, 3);
    private long nextId = 1;

    private Future<byte[]> propose(Node node, PartitionId partition) {
        return node.routed().propose(partition, LedgerMachine.command(Op.ADD, nextId++, 10));
    }

    private long count(Node node, PartitionId partition) {
        return LedgerMachine.number(cluster.await(node.routed().read(partition, LedgerMachine.countQuery())));
    }

    private static Reason reason(Throwable refusal) {
        assertThat(refusal).isInstanceOf(PartitionRefusedException.class);
        return ((PartitionRefusedException) refusal).reason();
    }

    private Node leader(PartitionId partition) {
        cluster.until(() -> cluster.leader(partition) != null);
        return Objects.requireNonNull(cluster.leader(partition));
    }

    @Test
    void node_withoutReplica_reachesTheOneThatHasIt() {
        for (Node node : cluster.nodes) {
            cluster.await(propose(node, FIFTH));
        }
        cluster.nodes.forEach(node -> assertThat(count(node, FIFTH)).isEqualTo(3));
        assertThat(cluster.nodes.get(1).partitions().standing(FIFTH)).isNull();
    }

    @Test
    void group_withThreeVoters_answersOnEachNode() {
        cluster.await(propose(cluster.nodes.get(2), FIFTH));
        cluster.spread(FIFTH);
        assertThat(cluster.configuration(FIFTH).voters()).hasSize(3);
        for (Node node : cluster.nodes) {
            Receipt receipt = Receipt.parse(cluster.await(propose(node, FIFTH)));
            assertThat(count(node, FIFTH)).isEqualTo(receipt.position());
        }
        assertThat(count(cluster.nodes.get(1), FIFTH)).isEqualTo(4);
    }

    @Test
    void commandsAndQueries_ofANode_areCountedByWhetherAnotherWasAsked() {
        cluster.spread(FIFTH);
        Node leader = leader(FIFTH);
        Node other = cluster.nodes.stream()
                .filter(node -> node != leader)
                .findFirst()
                .orElseThrow();
        cluster.await(propose(other, FIFTH));
        for (Node node : List.of(leader, other)) {
            long here = node.routed().settledHere();
            long forwarded = node.routed().forwarded();
            cluster.await(propose(node, FIFTH));
            count(node, FIFTH);
            cluster.await(node.routed().readEventually(FIFTH, LedgerMachine.countQuery()));
            boolean leads = node == leader;
            assertThat(node.routed().settledHere() - here).isEqualTo(leads ? 3 : 1);
            assertThat(node.routed().forwarded() - forwarded).isEqualTo(leads ? 0 : 2);
        }
    }

    @Test
    void leader_thatCrashes_isReplacedAndNothingAcknowledgedIsLost() {
        cluster.spread(FIFTH);
        Node leader = leader(FIFTH);
        cluster.await(propose(leader, FIFTH));
        leader.crash();
        Node other = cluster.nodes.stream().filter(Node::isUp).findFirst().orElseThrow();
        long crashed = cluster.scheduler.nowNanos();
        assertThat(count(other, FIFTH)).isEqualTo(1);
        assertThat(cluster.scheduler.nowNanos() - crashed).isLessThan(3_000_000_000L);
        cluster.await(propose(other, FIFTH));
        leader.boot();
        cluster.await(leader.start());
        assertThat(count(leader, FIFTH)).isEqualTo(2);
    }

    @Test
    void minority_refusesInTime_andFindsTheOthersAgain() {
        cluster.spread(FIFTH);
        Node cut = leader(FIFTH);
        cluster.network.cut((from, to) -> from.equals(cut.address()) != to.equals(cut.address()));
        long begun = cluster.scheduler.nowNanos();
        Throwable refusedWrite = cluster.awaitFailure(propose(cut, FIFTH));
        assertThat(cluster.scheduler.nowNanos() - begun).isLessThanOrEqualTo(5_100_000_000L);
        assertThat(reason(refusedWrite)).isEqualTo(Reason.UNKNOWN);
        long asked = cluster.scheduler.nowNanos();
        assertThat(reason(cluster.awaitFailure(cut.routed().read(FIFTH, LedgerMachine.countQuery()))))
                .isIn(Reason.NOT_SERVING, Reason.NOT_LEADER);
        assertThat(reason(cluster.awaitFailure(propose(cut, FIFTH)))).isIn(Reason.NOT_SERVING, Reason.NOT_LEADER);
        assertThat(cluster.scheduler.nowNanos() - asked).isLessThanOrEqualTo(10_200_000_000L);
        Node other =
                cluster.nodes.stream().filter(node -> node != cut).findFirst().orElseThrow();
        cluster.await(propose(other, FIFTH));
        cluster.network.mend();
        cluster.until(() -> cluster.leader(FIFTH) != null);
        long seen = count(other, FIFTH);
        assertThat(count(cut, FIFTH)).isEqualTo(seen);
    }

    @Test
    void command_ofALeaderThatIsCutOff_givesItsPlaceBack() {
        cluster.spread(FIFTH);
        Node cut = leader(FIFTH);
        cluster.network.cut((from, to) -> from.equals(cut.address()) != to.equals(cut.address()));
        cluster.awaitFailure(propose(cut, FIFTH));
        assertThat(cluster.await(cut.partitions().view()).totals().queued()).isEqualTo(1);
        cluster.passMillis(10_000);
        assertThat(cluster.await(cut.partitions().view()).totals().queued()).isZero();
    }

    @Test
    void leader_thatComesBack_answersNoCommandByWhatItTookBefore() {
        cluster.spread(FIFTH);
        Node cut = leader(FIFTH);
        cluster.network.cut((from, to) -> from.equals(cut.address()) != to.equals(cut.address()));
        for (int i = 0; i < 20; i++) {
            cut.partitions().propose(FIFTH, LedgerMachine.command(Op.ADD, nextId++, 10));
        }
        cluster.until(() -> cluster.leader(FIFTH) != null && cluster.leader(FIFTH) != cut);
        cluster.network.mend();
        Member self = Objects.requireNonNull(cut.partitions().standing(FIFTH)).self();
        cluster.until(() -> {
            Node leader = cluster.leader(FIFTH);
            if (leader != null && leader != cut) {
                leader.partitions().movable(() -> false).eachLed(group -> group.handOver(self));
                cluster.passMillis(200);
            }
            return cluster.leader(FIFTH) == cut;
        });
        assertThat(cluster.await(cut.partitions().view()).totals().queued()).isZero();
        cluster.await(cut.partitions().propose(FIFTH, LedgerMachine.command(Op.ADD, nextId++, 10)));
    }

    @Test
    void member_thatHeardOfAChangeThatNeverCameToBe_goesByItsOwnLog() {
        cluster.spread(FIFTH);
        Node member = leader(FIFTH).equals(cluster.nodes.get(1)) ? cluster.nodes.get(2) : cluster.nodes.get(1);
        GroupKnowledge before = cluster.await(member.routed().locate(FIFTH));
        Configuration rumour = new Configuration(
                before.configuration().index() + 100, before.configuration().voters(), List.of(), List.of());
        member.routed().learn(new GroupKnowledge(FIFTH, 0, rumour, null, 0));
        assertThat(cluster.await(member.routed().locate(FIFTH)).configuration()).isEqualTo(before.configuration());
    }

    @Test
    void cluster_thatIsStartedAgain_hasWhatItAcknowledged() {
        cluster.spread(FIFTH);
        cluster.await(propose(cluster.nodes.get(0), FIFTH));
        cluster.await(propose(cluster.nodes.get(1), SIXTH));
        cluster.nodes.forEach(Node::crash);
        cluster.nodes.forEach(Node::boot);
        cluster.nodes.forEach(node -> cluster.await(node.start()));
        for (Node node : cluster.nodes) {
            assertThat(count(node, FIFTH)).isEqualTo(1);
            assertThat(count(node, SIXTH)).isEqualTo(1);
        }
    }

    @Test
    void leader_thatStopsInGoodOrder_handsOver() {
        cluster.spread(FIFTH);
        Node leader = leader(FIFTH);
        long elections = preCampaigns();
        cluster.await(leader.partitions().stop());
        assertThat(leader(FIFTH)).isNotSameAs(leader);
        assertThat(leader.partitions().count(RaftEvent.TRANSFER_STARTED)).isPositive();
        assertThat(preCampaigns()).as("nobody had to miss the leader first").isEqualTo(elections);
    }

    private long preCampaigns() {
        return cluster.nodes.stream()
                .mapToLong(node -> node.partitions().count(RaftEvent.PRE_CAMPAIGN))
                .sum();
    }

    @Test
    void founder_whosePartitionMovedAway_doesNotFoundItAgain() {
        cluster.spread(FIFTH);
        Node founder = cluster.nodes.get(0);
        cluster.await(propose(founder, FIFTH));
        Member second = Objects.requireNonNull(cluster.configuration(FIFTH).memberOf(cluster.nodes.get(1).id));
        cluster.change(FIFTH, new Change.EnterJoint(List.of(second)));
        cluster.change(FIFTH, new Change.LeaveJoint());
        founder.crash();
        founder.boot();
        cluster.await(founder.start());
        assertThat(count(founder, FIFTH)).isEqualTo(1);
        assertThat(leader(FIFTH)).isSameAs(cluster.nodes.get(1));
    }

    @Test
    void learner_ofAGroupWhoseLogWasCut_getsTheStateInPages() {
        PartitionOptions small = new PartitionOptions(400, 64, 50_000, 64, 50_000, 8, 500, 100_000, 1_000);
        GroupCluster cut = new GroupCluster(4, 3, small);
        for (int i = 0; i < 40; i++) {
            cut.await(propose(cut.nodes.get(0), FIFTH));
        }
        cut.passMillis(5_000);
        cut.spread(FIFTH);
        assertThat(cut.nodes.get(0).partitions().count(RaftEvent.SNAPSHOT_PREPARED))
                .isPositive();
        cut.nodes.get(0).crash();
        byte[] count = cut.await(cut.nodes.get(2).routed().read(FIFTH, LedgerMachine.countQuery()));
        assertThat(LedgerMachine.number(count)).isEqualTo(40);
    }

    @Test
    void partition_thatNobodyKeeps_isRefusedInTime() {
        cluster.nodes.get(0).crash();
        long begun = cluster.scheduler.nowNanos();
        Throwable refusal = cluster.awaitFailure(propose(cluster.nodes.get(1), SIXTH));
        assertThat(reason(refusal)).isEqualTo(Reason.NOT_SERVING);
        assertThat(cluster.scheduler.nowNanos() - begun).isLessThanOrEqualTo(5_100_000_000L);
    }
}
