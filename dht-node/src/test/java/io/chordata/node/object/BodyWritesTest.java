package io.chordata.node.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.Uint128;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class BodyWritesTest {
    private static final BlockOwner OWNER =
            new BlockOwner(new BucketId(new Uint128(0, 1)), new byte[] {'k'}, null, 1, 1_000);

    private final SimObjects sim = new SimObjects(3);
    private final BodyWrites writes = new BodyWrites(sim.bodies);

    private void commit(Answer answer) {
        sim.run(() -> writes.writeAndCommit(
                OWNER, SimObjects.payload(new byte[200_000]), 0, written -> Future.succeededFuture(answer)));
    }

    @Test
    void answer_thatNamesNoBody_leavesThisOneInPlace() {
        commit(Answer.getDefaultInstance());
        assertThat(sim.disk.size()).isPositive();
    }

    @Test
    void answer_thatNamesAnotherBody_dropsThisOne() {
        BodyId other = new BodyId(new Uint128(5, 6));
        commit(Answer.newBuilder().setStoredBody(Ids.of(other)).build());
        assertThat(sim.disk.size()).isZero();
    }
}
