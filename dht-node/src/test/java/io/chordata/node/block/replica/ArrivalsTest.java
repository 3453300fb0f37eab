package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.chordata.node.block.replica.BlockProtos.Outcome;
import io.chordata.node.block.replica.BlockProtos.Piece;
import io.chordata.node.core.NodeId;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final int BLOCK_BYTES = 16 << 20;
    private static final NodeId ONE = TestNodes.id(1);
    private static final NodeId OTHER = TestNodes.id(2);

    private final SimScheduler scheduler = new SimScheduler(1);
    private final Arrivals arrivals = new Arrivals(new SimClock(scheduler), 4L * BLOCK_BYTES);

    private static ByteString write(int number) {
        return ByteString.copyFrom(new byte[] {(byte) number});
    }

    private Outcome add(NodeId from, int write, int offset, int total, byte[] content) {
        Piece piece = Piece.newBuilder()
                .setWrite(write(write))
                .setOffset(offset)
                .setTotal(total)
                .build();
        return arrivals.add(from, piece, Buffer.buffer(content));
    }

    private Outcome begin(NodeId from, int write) {
        return add(from, write, 0, BLOCK_BYTES, new byte[1]);
    }

    @Test
    void node_thatStopsAmidItsBlocks_leavesRoomForOthers() {
        int taken = 0;
        while (begin(ONE, taken) == Outcome.DONE) {
            taken++;
        }
        assertThat(taken).isBetween(1, 3);
        assertThat(begin(OTHER, 1)).isEqualTo(Outcome.DONE);
        scheduler.advanceMillis(31_000);
        assertThat(begin(ONE, 100)).as("what does not grow is forgotten").isEqualTo(Outcome.DONE);
    }

    @Test
    void block_ofSeveralPieces_isWholeWithItsSum() {
        byte[] first = {1, 2, 3};
        byte[] second = {4, 5};
        assertThat(add(ONE, 7, 0, 5, first)).isEqualTo(Outcome.DONE);
        assertThat(arrivals.take(ONE, write(7), 5)).as("not yet").isNull();
        assertThat(arrivals.bytes()).isZero();
        add(ONE, 7, 0, 5, first);
        assertThat(add(OTHER, 7, 3, 5, second)).as("of another node").isEqualTo(Outcome.FAILED);
        add(ONE, 7, 3, 5, second);
        Arrivals.Whole whole = Objects.requireNonNull(arrivals.take(ONE, write(7), 5));
        assertThat(whole.body()).isEqualTo(Buffer.buffer(new byte[] {1, 2, 3, 4, 5}));
        assertThat(whole.crc()).isEqualTo(MemberCalls.crcOf(whole.body()));
        arrivals.release(ONE, 5);
        assertThat(arrivals.bytes()).isZero();
    }

    @Test
    void piece_outOfItsPlace_endsItsBlock() {
        add(ONE, 7, 0, 5, new byte[] {1, 2, 3});
        assertThat(add(ONE, 7, 4, 5, new byte[] {5})).isEqualTo(Outcome.FAILED);
        assertThat(add(ONE, 7, 3, 5, new byte[] {4, 5})).isEqualTo(Outcome.FAILED);
        assertThat(arrivals.bytes()).isZero();
    }
}
