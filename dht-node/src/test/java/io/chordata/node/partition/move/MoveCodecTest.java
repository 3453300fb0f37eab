package io.chordata.node.partition.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MoveCodecTest {
    private static final PartitionId PARTITION = new PartitionId(9);
    private static final NodeId SELF = MoveCluster.id(1);
    private static final NodeId FROM = MoveCluster.id(2);

    /** Says what it was asked. */
    private static final class Echo implements MoveCodec.Questions<List<Object>> {
        @Override
        public List<Object> onAsk(PartitionId partition, List<NodeId> desired, boolean isComing) {
            return List.of(partition, desired, isComing);
        }

        @Override
        public List<Object> onOrder(PartitionId partition, RemovalOrder order) {
            return List.of(partition, order);
        }

        @Override
        public List<Object> onIsNeeded(PartitionId partition, long generation, Member asker) {
            return List.of(partition, generation, asker);
        }
    }

    private static List<Object> read(Buffer question) {
        return MoveCodec.readQuestion(new Partitioning(4), SELF, FROM, question.getBytes(), new Echo());
    }

    @Test
    void questions_decoded_areWhatWasAsked() {
        List<NodeId> desired = List.of(FROM, SELF);
        assertThat(read(MoveCodec.ask(PARTITION, desired, true))).containsExactly(PARTITION, desired, true);
        RemovalOrder order = new RemovalOrder(3, new Member(SELF, 5), 7, 9);
        assertThat(read(MoveCodec.order(PARTITION, order))).containsExactly(PARTITION, order);
        assertThat(read(MoveCodec.isNeeded(PARTITION, 3, 0))).containsExactly(PARTITION, 3L, new Member(FROM, 0));
    }

    @ParameterizedTest
    @EnumSource(NewcomerAnswer.class)
    void newcomersAnswer_decoded_isTheSame(NewcomerAnswer answer) {
        assertThat(MoveCodec.readNewcomerAnswer(MoveCodec.answer(answer).getBytes()))
                .isEqualTo(answer);
    }

    @Test
    void orderToOneWhoAsks_decoded_isTheSame() {
        RemovalOrder order = new RemovalOrder(3, new Member(FROM, 5), 7, 9);
        assertThat(MoveCodec.readOrder(FROM, MoveCodec.answer(order).getBytes()))
                .isEqualTo(order);
        assertThat(MoveCodec.readOrder(
                        FROM, MoveCodec.answer((RemovalOrder) null).getBytes()))
                .isNull();
    }

    @Test
    void order_thatSaysNothingOfItsTenure_isRefused() {
        byte[] bytes = MoveProtos.MoveQuestion.newBuilder()
                .setOrder(MoveProtos.RemovalOrder.newBuilder().setTenure(5).setCommittedIndex(4))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> read(Buffer.buffer(bytes))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bytes_thatAreNoQuestion_areRefused() {
        assertThatThrownBy(() -> read(Buffer.buffer())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(Buffer.buffer(new byte[] {7, 7, 7})))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(MoveCodec.isNeeded(new PartitionId(16), 0, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
