package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.LogEntry;
import io.vertx.core.Future;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private final QueueBudget budget = new QueueBudget(10, 1_000);
    private final Proposals proposals = new Proposals(
            budget, (reason, detail) -> new PartitionRefusedException(new PartitionId(1), reason, detail));

    private Future<byte[]> add(long index, long term) {
        assertThat(budget.tryAcquire(8)).isTrue();
        return proposals.add(index, term, 8);
    }

    private void apply(long index, long term) {
        LogEntry entry = new LogEntry(index, term, 1, 1, EntryKind.COMMAND, new byte[8]);
        proposals.onApplied(List.of(entry), List.of(Future.succeededFuture(new byte[] {1})), () -> {});
    }

    private static Reason reason(Future<byte[]> refused) {
        return ((PartitionRefusedException) refused.cause()).reason();
    }

    @Test
    void commands_ofALeaderThatComesBack_areAnsweredThoughOlderOnesHadHigherIndices() {
        Future<byte[]> first = add(10, 1);
        Future<byte[]> second = add(11, 1);
        Future<byte[]> third = add(12, 1);
        apply(10, 2);
        apply(11, 3);
        proposals.failReplaced();
        assertThat(List.of(reason(first), reason(second), reason(third))).containsOnly(Reason.NOT_LEADER);
        assertThat(budget.count()).isZero();
        Future<byte[]> next = add(12, 3);
        Future<byte[]> last = add(13, 3);
        apply(12, 3);
        apply(13, 3);
        assertThat(next.succeeded()).isTrue();
        assertThat(last.succeeded()).isTrue();
        assertThat(proposals.isEmpty()).isTrue();
    }
}
