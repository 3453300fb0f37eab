package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What was committed lies at two of three, at one of them rotten: the other one is needed, and waited for. */
class RottenLogTest {
    private static final PartitionId PARTITION = new PartitionId(5);
    private static final int SEEDS = 5;
    private static final long LONG_MILLIS = 10_000;

    @Test
    void entry_rottenAtOneOfItsTwoHolders_isNotLost() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            play(new GroupCluster(seed, 3));
        }
    }

    private static void play(GroupCluster cluster) {
        cluster.spread(PARTITION);
        Node rotting = Objects.requireNonNull(cluster.leader(PARTITION));
        List<Node> others =
                cluster.nodes.stream().filter(node -> node != rotting).toList();
        Node holder = others.get(0);
        Node late = others.get(1);
        late.crash();
        cluster.await(rotting.routed().propose(PARTITION, LedgerMachine.command(Op.ADD, 1, 10)));
        long last = standing(rotting).syncedIndex();
        cluster.until(() -> standing(holder).syncedIndex() == last);
        holder.crash();
        byte[] key = PartitionKeys.logEntry(PARTITION, last);
        cluster.await(rotting.records()
                .write(new RecordBatch().put(Family.LOG, key, new byte[] {-1, -1, -1}), Durability.SYNCED));
        rotting.crash();
        boot(cluster, rotting);
        boot(cluster, late);
        cluster.passMillis(LONG_MILLIS);
        assertThat(cluster.leader(PARTITION)).as("who leads without the entry").isNull();
        boot(cluster, holder);
        cluster.until(() -> cluster.leader(PARTITION) != null);
        byte[] count = cluster.await(late.routed().read(PARTITION, LedgerMachine.countQuery()));
        assertThat(LedgerMachine.number(count)).isEqualTo(1);
    }

    private static Standing standing(Node node) {
        return Objects.requireNonNull(node.partitions().standing(PARTITION));
    }

    private static void boot(GroupCluster cluster, Node node) {
        node.boot();
        cluster.await(node.partitions().start());
    }
}
