package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.PartitionId;
import io.chordata.node.partition.GroupCluster.Node;
import io.chordata.node.partition.LedgerMachine.Op;
import io.chordata.node.partition.LedgerMachine.Receipt;
import io.chordata.node.partition.PartitionRefusedException.Reason;
import io.vertx.core.Future;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose coordinator asks again by itself, whoever leads by then. */
class RoutedRequestsTest {
    private static final PartitionId FIFTH = new PartitionId(5);

    private final GroupCluster cluster = new GroupCluster(3, 3);
    private long nextId = 1;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 6, 8, 10, 15, 20})
    void request_whoseLeaderCrashesMeanwhile_happensOnce(int afterMillis) {
        cluster.spread(FIFTH);
        Node leader = leader();
        Node other = otherThan(leader);
        cluster.await(request(other));
        Future<byte[]> answer = request(other);
        cluster.passMillis(afterMillis);
        leader.crash();
        assertThat(Receipt.parse(cluster.await(answer)).position()).isEqualTo(2);
        assertThat(count(other)).isEqualTo(2);
    }

    @Test
    void request_whoseAnswerIsLost_getsItLater() {
        cluster.spread(FIFTH);
        Node leader = leader();
        Node other = otherThan(leader);
        cluster.await(request(other));
        cutOff(other);
        Future<byte[]> answer = request(other);
        cluster.passMillis(8_000);
        assertThat(answer.isComplete()).isFalse();
        cluster.network.mend();
        assertThat(Receipt.parse(cluster.await(answer)).position()).isEqualTo(2);
        assertThat(count(leader)).isEqualTo(2);
    }

    @Test
    void request_atALeaderThatIsCutOff_getsItsAnswerWhenItIsBack() {
        cluster.spread(FIFTH);
        Node leader = leader();
        cutOff(leader);
        Future<byte[]> answer = request(leader);
        cluster.passMillis(20_000);
        assertThat(answer.isComplete()).isFalse();
        cluster.network.mend();
        assertThat(Receipt.parse(cluster.await(answer)).position()).isEqualTo(1);
        assertThat(count(otherThan(leader))).isEqualTo(1);
    }

    @Test
    void request_thatNobodyAnswersUntilItExpires_endsAsUnknown() {
        cluster.spread(FIFTH);
        Node leader = leader();
        cutOff(leader);
        long begun = cluster.scheduler.nowNanos();
        PartitionRefusedException refusal = (PartitionRefusedException) cluster.awaitFailure(request(leader));
        assertThat(refusal.reason()).isEqualTo(Reason.UNKNOWN);
        assertThat(cluster.scheduler.nowNanos() - begun).isBetween(59_000_000_000L, 61_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, -61_000, 61_000, 3_600_000})
    void request_ofANodeWhoseClockIsWrong_isDatedByTheLog(long aheadMillis) {
        cluster.spread(FIFTH);
        Node other = otherThan(leader());
        cluster.await(request(other));
        Node wrong = cluster.nodes.stream()
                .filter(node -> node != other && node != leader())
                .findFirst()
                .orElseThrow();
        wrong.clock.jump(aheadMillis);
        assertThat(Receipt.parse(cluster.await(request(wrong))).position()).isEqualTo(2);
    }

    private Future<byte[]> request(Node node) {
        long id = nextId++;
        return node.routed().propose(FIFTH, RequestClients.requestId(id), LedgerMachine.command(Op.ADD, id, 10));
    }

    private long count(Node node) {
        return LedgerMachine.number(cluster.await(node.routed().read(FIFTH, LedgerMachine.countQuery())));
    }

    private Node leader() {
        cluster.until(() -> cluster.leader(FIFTH) != null);
        return Objects.requireNonNull(cluster.leader(FIFTH));
    }

    private Node otherThan(Node node) {
        return cluster.nodes.stream()
                .filter(other -> other != node && other.isUp())
                .findFirst()
                .orElseThrow();
    }

    private void cutOff(Node node) {
        NodeAddress cut = node.peer(node.id).address();
        cluster.network.cut((from, to) -> from.equals(cut) != to.equals(cut));
    }
}
