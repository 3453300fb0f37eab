package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Copies between members, while some of them are silent or slow. */
class BlockCopyScenariosTest {
    private final BlockWorld world = new BlockWorld(11, BlockRules.SAFE, 6, 3);
    private final Buffer body = world.bytes(6_000);

    private <T> T await(Future<T> future) {
        return world.scheduler().await(future);
    }

    private List<BlockRef> written(int through, int count) {
        List<BlockRef> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            BlockRef block = world.newBlock();
            await(world.write(through, block, body));
            blocks.add(block);
        }
        return blocks;
    }

    /** Written while node 3 was down, which runs again. */
    private List<BlockRef> missedByThree(int count) {
        world.node(3).crash();
        List<BlockRef> blocks = written(1, count);
        world.scheduler().advanceMillis(1_000);
        world.node(3).start();
        world.settleLog();
        return blocks;
    }

    /** Messages to and from the node are lost, and no connection breaks. */
    private void silence(int number) {
        NodeAddress silent = TestNodes.address(number);
        world.network().silence(silent);
    }

    private void repair(int number) {
        BlockNode node = world.node(number);
        await(node.run(() -> node.blocks().repair().repair(BlockNode.PARTITION)));
    }

    private long millisOf(Runnable task) {
        long began = world.scheduler().nowMillis();
        task.run();
        return world.scheduler().nowMillis() - began;
    }

    @Test
    void fetches_whileAMemberIsSilent_waitForItOnceOnly() {
        List<BlockRef> blocks = missedByThree(10);
        silence(1);
        long tookMillis = millisOf(() -> repair(3));
        blocks.forEach(block -> assertThat(world.node(3).has(block)).isTrue());
        assertThat(tookMillis).isLessThan(3 * world.options().callMillis());
    }

    @Test
    void writes_pastASilentMember_keepNothingOnceTheyAreAcknowledged() {
        world.allowNoBackground();
        world.node(1).crash();
        world.node(1).start();
        world.settleLog();
        silence(3);
        written(1, 10);
        assertThat(world.node(1).blocks().waitingPieces()).isZero();
    }
}
