package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.raft.Generations;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica of which nobody can tell what it voted, and in which generation. */
class DamagedHardStateTest {
    private static final PartitionId PARTITION = new PartitionId(3);

    private final GroupCluster cluster = new GroupCluster(7, 3);
    private final Node node = cluster.nodes.get(1);

    @BeforeEach
    void spread() {
        cluster.spread(PARTITION);
        cluster.until(() -> node.partitions().standing(PARTITION) != null);
    }

    private Member member() {
        return Objects.requireNonNull(node.partitions().standing(PARTITION)).self();
    }

    private void crashAndDamage() {
        node.crash();
        node.boot();
        RecordBatch damaged =
                new RecordBatch().put(Family.LOG, PartitionKeys.hardState(PARTITION), new byte[] {(byte) 0xff});
        cluster.await(node.records().write(damaged, Durability.SYNCED));
    }

    @Test
    void replica_thatCannotTellItsVote_isSeenAsFailed() {
        crashAndDamage();
        cluster.await(node.start().otherwiseEmpty());
        assertThat(cluster.await(node.partitions().view()).partitions())
                .filteredOn(view -> view.partition().equals(PARTITION))
                .extracting(PartitionsView.PartitionView::state)
                .containsExactly("failed");
    }

    @Test
    void replica_beingErased_isErasedToItsEnd() {
        List<PartitionId> erased = new ArrayList<>();
        node.partitions().eraseBlocksBy(partition -> {
            erased.add(partition);
            return Promise.<Void>promise().future();
        });
        node.partitions().movable(() -> false).remove(PARTITION, Generations.FIRST, member());
        cluster.until(() -> !erased.isEmpty());
        crashAndDamage();
        node.partitions().eraseBlocksBy(partition -> {
            erased.add(partition);
            return Future.succeededFuture();
        });
        cluster.await(node.start());
        assertThat(erased).containsExactly(PARTITION, PARTITION);
    }
}
