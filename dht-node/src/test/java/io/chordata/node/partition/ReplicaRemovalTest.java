package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.move.LocalReplicas;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica that was removed from its group, and is ordered to go. */
class ReplicaRemovalTest {
    private static final PartitionId PARTITION = new PartitionId(3);

    private final GroupCluster cluster = new GroupCluster(7, 4);
    private Member removed;
    private Node node;

    @BeforeEach
    void removeOne() {
        cluster.spread(PARTITION);
        add(1);
        cluster.change(PARTITION, new Change.AddLearner(cluster.nodes.get(3).id));
        List<Member> members = new ArrayList<>(cluster.configuration(PARTITION).members());
        removed = memberOn(1);
        node = cluster.nodes.get(1);
        members.remove(removed);
        cluster.change(PARTITION, new Change.EnterJoint(members));
        cluster.change(PARTITION, new Change.LeaveJoint());
    }

    private Member memberOn(int number) {
        return Objects.requireNonNull(cluster.configuration(PARTITION).memberOf(cluster.nodes.get(number).id));
    }

    private void add(long id) {
        Node leader = Objects.requireNonNull(cluster.leader(PARTITION));
        cluster.await(leader.partitions().propose(PARTITION, LedgerMachine.command(Op.ADD, id, 1)));
    }

    private LocalReplicas replicas() {
        return node.partitions().movable(() -> false);
    }

    private void order(Member member) {
        cluster.await(replicas().remove(PARTITION, 0, member));
    }

    private int rows(Family family) {
        byte[] from = PartitionKeys.hardState(PARTITION);
        byte[] to = PartitionKeys.logEnd(PARTITION);
        int count = 0;
        try (RecordStore.Cursor cursor = node.records().scan(family, from, to)) {
            while (cursor.next()) {
                count++;
            }
        }
        return count;
    }

    private void comeBack() {
        cluster.change(PARTITION, new Change.AddLearner(node.id));
        cluster.until(() -> node.partitions().standing(PARTITION) != null);
    }

    @Test
    void replica_ordered_isGoneButForItsTombstone() {
        order(removed);
        assertThat(node.partitions().standing(PARTITION)).isNull();
        assertThat(rows(Family.STATE)).isZero();
        assertThat(rows(Family.LOG)).as("hard state and base").isEqualTo(2);
    }

    @Test
    void replicas_whoseBlocksAreLost_areGoneBeforeTheNextStartOpensThem() {
        Node voter = cluster.nodes.get(2);
        Member before = memberOn(2);
        add(2);
        voter.crash();
        voter.boot();
        cluster.await(voter.bury());
        cluster.await(voter.start());
        assertThat(voter.partitions().standing(PARTITION)).isNull();
        cluster.change(PARTITION, new Change.Renew(before));
        cluster.until(() -> voter.partitions().standing(PARTITION) != null);
        assertThat(memberOn(2).tenure()).isGreaterThan(before.tenure());
        add(3);
    }

    @Test
    void tombstone_afterRestart_isNoReplica() {
        order(removed);
        node.crash();
        node.boot();
        cluster.await(node.start());
        assertThat(node.partitions().standing(PARTITION)).isNull();
    }

    @Test
    void replica_addedAgain_beginsUnderAHigherTenureAndRemembersItsTerm() {
        long term =
                Objects.requireNonNull(node.partitions().standing(PARTITION)).term();
        order(removed);
        comeBack();
        Standing standing = Objects.requireNonNull(node.partitions().standing(PARTITION));
        assertThat(standing.self().tenure()).isGreaterThan(removed.tenure());
        assertThat(standing.term()).isGreaterThanOrEqualTo(term);
        cluster.until(() -> rows(Family.STATE) > 1);
    }

    @Test
    void replica_orderedUnderAnEarlierTenure_stays() {
        order(removed);
        comeBack();
        order(removed);
        assertThat(node.partitions().standing(PARTITION)).isNotNull();
        assertThat(Objects.requireNonNull(node.partitions().standing(PARTITION)).self())
                .isEqualTo(memberOn(1));
    }

    @Test
    void order_whereThereIsNothing_isDone() {
        order(removed);
        order(removed);
        node = cluster.nodes.get(1);
        assertThat(node.partitions().standing(PARTITION)).isNull();
    }

    @Test
    void crash_beforeTheBlocksAreGone_hasThemErasedAtTheNextStart() {
        node.partitions().eraseBlocksBy(partition -> Promise.<Void>promise().future());
        Future<Void> never = replicas().remove(PARTITION, 0, removed);
        cluster.passMillis(1_000);
        assertThat(never.isComplete()).isFalse();
        assertThat(node.partitions().standing(PARTITION)).isNull();
        node.crash();
        node.boot();
        List<PartitionId> erased = new ArrayList<>();
        node.partitions().eraseBlocksBy(partition -> {
            erased.add(partition);
            return Future.succeededFuture();
        });
        cluster.await(node.start());
        assertThat(erased).containsExactly(PARTITION);
        comeBack();
    }

    @Test
    void newcomer_whileTheOneBeforeIsErased_waits() {
        Promise<Void> erased = Promise.promise();
        node.partitions().eraseBlocksBy(partition -> erased.future());
        replicas().remove(PARTITION, 0, removed);
        cluster.until(() -> node.partitions().standing(PARTITION) == null);
        assertThat(cluster.isTaken(PARTITION, new Change.AddLearner(node.id))).isTrue();
        cluster.passMillis(3_000);
        assertThat(node.partitions().standing(PARTITION)).isNull();
        erased.complete();
        cluster.until(() -> node.partitions().standing(PARTITION) != null);
    }
}
