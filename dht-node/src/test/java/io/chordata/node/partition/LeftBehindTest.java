package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Generations;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.partition.raft.RaftCodec;
import io.chordata.node.partition.raft.RaftCodec.Addressed;
import io.chordata.node.partition.raft.RaftMessage;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas of two generations of one group: node 3 says that it leads in the later one, as if it had been forced. */
class LeftBehindTest {
    private static final PartitionId PARTITION = new PartitionId(3);

    private final GroupCluster cluster = new GroupCluster(7, 5);
    private final Node survivor = cluster.nodes.get(3);
    private final long generation = Generations.next(Generations.FIRST, survivor.id);
    private final Node node = cluster.nodes.get(1);

    @BeforeEach
    void spread() {
        cluster.spread(PARTITION);
        Node leader = Objects.requireNonNull(cluster.leader(PARTITION));
        cluster.await(leader.partitions().propose(PARTITION, LedgerMachine.command(Op.ADD, 1, 1)));
    }

    private Member memberOn(Node of) {
        return Objects.requireNonNull(of.partitions().standing(PARTITION)).self();
    }

    /** Another generation's leader takes the node for the member. */
    private void hear(Node to, long of, long tenure, long term) {
        RaftMessage message = new RaftMessage(
                new Member(survivor.id, 0), new Member(to.id, tenure), of, term, new Heartbeat(0, 0, 0));
        byte[] frame = RaftCodec.encode(List.of(new Addressed(PARTITION, message)));
        survivor.peers().send(survivor.peer(to.id), Service.GROUPS, Buffer.buffer(frame));
        cluster.passMillis(500);
    }

    private void leaveBehind() {
        hear(node, generation, 0, 1);
        cluster.until(() -> node.partitions().standing(PARTITION) == null);
    }

    private static int rows(Node of, Family family) {
        int count = 0;
        byte[] from = PartitionKeys.hardState(PARTITION);
        try (RecordStore.Cursor cursor = of.records().scan(family, from, PartitionKeys.logEnd(PARTITION))) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }

    private String wordOf(Node of) {
        return cluster.await(of.partitions().view()).partitions().stream()
                .filter(view -> view.partition().equals(PARTITION))
                .map(PartitionsView.PartitionView::state)
                .findAny()
                .orElse("none");
    }

    private void restart(Node of) {
        of.crash();
        of.boot();
        cluster.await(of.start());
    }

    @Test
    void replica_leftBehind_keepsWhatItHasAndTakesPartInNothing() {
        Member before = memberOn(node);
        leaveBehind();
        assertThat(wordOf(node)).isEqualTo("lost+found");
        assertThat(rows(node, Family.STATE)).isPositive();
        Throwable refusal =
                cluster.awaitFailure(node.partitions().readEventually(PARTITION, LedgerMachine.countQuery()));
        assertThat(((PartitionRefusedException) refusal).reason()).isEqualTo(Reason.NOT_SERVING);
        cluster.await(node.partitions().movable(() -> false).remove(PARTITION, Generations.FIRST, before));
        cluster.await(node.partitions().movable(() -> false).remove(PARTITION, generation, before));
        assertThat(rows(node, Family.STATE)).isPositive();
        assertThat(wordOf(node)).isEqualTo("lost+found");
    }

    @Test
    void replica_leftBehind_isInTheWayOfOthers_unlessItGivesWay() {
        assertThat(isInTheWay()).isFalse();
        cluster.await(node.partitions().remains().promise(PARTITION, generation));
        assertThat(isInTheWay()).isTrue();
        cluster.await(node.partitions().remains().giveWay(PARTITION, generation));
        assertThat(isInTheWay()).isFalse();
    }

    private boolean isInTheWay() {
        return cluster.await(node.partitions().movable(() -> false).isInTheWay(PARTITION));
    }

    @Test
    void replica_leftBehind_isSoAfterARestart() {
        leaveBehind();
        restart(node);
        cluster.passMillis(3_000);
        assertThat(node.partitions().standing(PARTITION)).isNull();
        assertThat(wordOf(node)).isEqualTo("lost+found");
        assertThat(rows(node, Family.STATE)).isPositive();
    }

    @Test
    void replica_leftBehind_givesItsPlaceToNobodyByItself() {
        leaveBehind();
        int log = rows(node, Family.LOG);
        hear(node, generation, 1_000, 9);
        hear(node, Generations.FIRST, 1_000, 9);
        assertThat(node.partitions().standing(PARTITION)).isNull();
        assertThat(rows(node, Family.LOG)).isEqualTo(log);
    }

    @Test
    void group_withOneLeftBehind_goesOnWithItsMajority() {
        leaveBehind();
        cluster.until(() -> cluster.leader(PARTITION) != null);
        Future<byte[]> answer = Objects.requireNonNull(cluster.leader(PARTITION))
                .routed()
                .propose(PARTITION, LedgerMachine.command(Op.ADD, 2, 1));
        cluster.await(answer);
    }

    @Test
    void replica_madeByALaterGeneration_belongsToItFromTheBeginning() {
        Node newcomer = cluster.nodes.get(4);
        hear(newcomer, generation, 12, 2);
        assertThat(Objects.requireNonNull(newcomer.partitions().standing(PARTITION))
                        .generation())
                .isEqualTo(generation);
        restart(newcomer);
        cluster.until(() -> newcomer.partitions().standing(PARTITION) != null);
        Standing standing = Objects.requireNonNull(newcomer.partitions().standing(PARTITION));
        assertThat(standing.generation()).isEqualTo(generation);
        assertThat(standing.self()).isEqualTo(new Member(newcomer.id, 12));
    }

    /** A tenure of an earlier history is no later one, however high it is. */
    @Test
    void replica_ofALaterGeneration_isNotReplacedByAnEarlierOne() {
        Node newcomer = cluster.nodes.get(4);
        hear(newcomer, generation, 12, 2);
        hear(newcomer, Generations.FIRST, 1_000, 9);
        Standing standing = Objects.requireNonNull(newcomer.partitions().standing(PARTITION));
        assertThat(standing.generation()).isEqualTo(generation);
        assertThat(standing.self()).isEqualTo(new Member(newcomer.id, 12));
    }

    @Test
    void order_ofAnotherGeneration_removesNothing() {
        Member member = memberOn(node);
        cluster.await(node.partitions().movable(() -> false).remove(PARTITION, generation, member));
        assertThat(memberOn(node)).isEqualTo(member);
        assertThat(rows(node, Family.STATE)).isPositive();
    }

    /** What is no more than a tombstone stands in nobody's way, though its tenure is the higher one. */
    @Test
    void tombstone_ofAnEarlierGeneration_givesItsPlaceToALowerTenure() {
        cluster.change(PARTITION, new Change.AddLearner(cluster.nodes.get(4).id));
        Node learner = cluster.nodes.get(4);
        cluster.until(() -> learner.partitions().standing(PARTITION) != null);
        Member removed = memberOn(learner);
        cluster.change(PARTITION, new Change.RemoveLearner(removed));
        cluster.await(learner.partitions().movable(() -> false).remove(PARTITION, Generations.FIRST, removed));
        assertThat(removed.tenure()).isGreaterThan(1);
        hear(learner, generation, 1, 1);
        assertThat(memberOn(learner)).isEqualTo(new Member(learner.id, 1));
    }
}
