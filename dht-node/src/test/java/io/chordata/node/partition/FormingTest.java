package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A founder that is told how many nodes to wait for. */
class FormingTest {
    private final GroupCluster cluster = new GroupCluster(5, 3);
    private final Node founder = cluster.nodes.get(0);
    private long nextId = 1;

    private static Iterable<PartitionId> partitions(Node node) {
        return node.partitions().standings().stream().map(Standing::partition).toList();
    }

    private Future<byte[]> write(PartitionId partition) {
        return founder.partitions().propose(partition, LedgerMachine.command(Op.ADD, nextId++, 1));
    }

    private boolean isRefused(PartitionId partition) {
        return cluster.awaitFailure(write(partition)) instanceof PartitionRefusedException refused
                && refused.reason() == Reason.NOT_SERVING;
    }

    @Test
    void founder_thatExpectsThree_takesNothingUntilEachPartitionHasThreeVoters() {
        cluster.await(founder.partitions().awaitVoters(3));
        List<PartitionId> spread = new ArrayList<>();
        for (PartitionId partition : partitions(founder)) {
            assertThat(isRefused(partition)).as("" + partition).isTrue();
            cluster.spread(partition);
            spread.add(partition);
        }
        cluster.passMillis(2_000);
        Node leader = Objects.requireNonNull(cluster.leader(spread.get(0)));
        cluster.await(leader.partitions().propose(spread.get(0), LedgerMachine.command(Op.ADD, nextId++, 1)));
    }

    @Test
    void founder_whoseClusterWasFormedOnce_doesNotWaitAgain() {
        cluster.await(founder.partitions().awaitVoters(1));
        cluster.passMillis(1_000);
        founder.crash();
        founder.boot();
        cluster.await(founder.start());
        cluster.await(founder.partitions().awaitVoters(3));
        PartitionId any = partitions(founder).iterator().next();
        cluster.until(() -> cluster.leader(any) != null);
        cluster.await(write(any));
    }

    @Test
    void founder_thatStartsAgainBeforeItsClusterIsFormed_waitsOn() {
        cluster.await(founder.partitions().awaitVoters(3));
        founder.crash();
        founder.boot();
        cluster.await(founder.start());
        cluster.await(founder.partitions().awaitVoters(3));
        assertThat(isRefused(partitions(founder).iterator().next())).isTrue();
    }
}
