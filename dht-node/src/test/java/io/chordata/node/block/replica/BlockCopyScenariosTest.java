package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Copies between members, while some of them are silent or slow. */
class BlockCopyScenariosTest {
    private final BlockWorld world = new BlockWorld(11, new Watched(), 6, 3);
    private Runnable onListed = () -> {};
    private Buffer body = world.bytes(6_000);

    /** Tells when a page is listed. */
    private final class Watched implements BlockRules {
        @Override
        public boolean areListsEnough(List<Member> outgoing, Predicate<Member> listed) {
            onListed.run();
            return BlockRules.super.areListsEnough(outgoing, listed);
        }
    }

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
    void fetches_comeFromTheSameZone_evenWhereAnotherIsFaster() {
        List<BlockRef> blocks = missedByThree(5);
        world.node(3).near = Set.of(2);
        world.node(1).slowReadMillis = 3_000;
        world.node(2).slowReadMillis = 50;
        long tookMillis = millisOf(() -> repair(3));
        blocks.forEach(block -> assertThat(world.node(3).has(block)).isTrue());
        assertThat(tookMillis).isLessThan(3_000);
        missedByThree(5);
        world.node(1).slowReadMillis = 0;
        world.node(2).slowReadMillis = 300;
        tookMillis = millisOf(() -> repair(3));
        assertThat(tookMillis).as("from the second").isGreaterThan(5 * 300);
    }

    @Test
    void fetches_whileWhoIsNearIsSilent_comeFromOthers() {
        List<BlockRef> blocks = missedByThree(10);
        world.node(3).near = Set.of(2);
        silence(2);
        long tookMillis = millisOf(() -> repair(3));
        blocks.forEach(block -> assertThat(world.node(3).has(block)).isTrue());
        assertThat(tookMillis).isLessThan(3 * world.options().callMillis());
    }

    @Test
    void writes_pastASilentMember_keepNothingOnceTheyAreAcknowledged() {
        world.allowNoBackground();
        world.restartAll();
        silence(3);
        written(1, 10);
        assertThat(world.node(1).blocks().waitingPieces()).isZero();
    }

    @Test
    void block_askedForTwiceAtOnce_isFetchedOnce() {
        missedByThree(3);
        BlockNode three = world.node(3);
        Future<Void> one = three.run(() -> three.blocks().repair().repair(BlockNode.PARTITION));
        Future<Void> other = three.run(() -> three.blocks().repair().repair(BlockNode.PARTITION));
        await(Future.all(one, other));
        assertThat(three.blocks().fetchedBlocks()).isEqualTo(3);
    }

    @Test
    void blocks_thatDoNotFitTheMemoryForFetchesTogether_comeOneAfterTheOther() {
        world.sendLargePieces();
        world.restartAll();
        body = world.bytes(9 << 20);
        List<BlockRef> blocks = missedByThree(2);
        world.nodes().forEach(node -> node.slowReadMillis = 100);
        BlockNode three = world.node(3);
        for (BlockRef block : blocks) {
            three.run(() -> answer(three, ensure(block)));
        }
        world.scheduler().runUntil(() -> three.blocks().fetchedBlocks() == 1, 1_000_000);
        long tookMillis =
                millisOf(() -> world.scheduler().runUntil(() -> three.blocks().fetchedBlocks() == 2, 1_000_000));
        assertThat(tookMillis).as("of 36 pieces").isGreaterThan(3_000);
    }

    private static Future<BlockFrame<BlockProtos.Answer>> answer(BlockNode node, BlockProtos.Request request) {
        try {
            return node.blocks().holder().answer(request);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void block_begunAYearAhead_isRepairedAllTheSame() {
        world.node(3).crash();
        BlockRef block = world.newBlock();
        long startedMillis = world.clock().wallMillis() + 365L * 86_400_000;
        BlockOwner owner = new BlockOwner(new BucketId(new Uint128(5, 5)), new byte[] {'k'}, null, 0, startedMillis);
        await(world.node(1).run(() -> world.node(1).blocks().write(block, owner, body)));
        world.node(3).start();
        world.settleLog();
        repair(3);
        assertThat(world.node(3).has(block)).isTrue();
    }

    private Future<Void> settle(int leader) {
        BlockNode node = world.node(leader);
        return node.run(() ->
                node.blocks().moves().settle(BlockNode.PARTITION, world.group().configuration()));
    }

    /** To the second, the third and a newcomer. */
    private void enterJoint() {
        world.group().change(new Change.AddLearner(TestNodes.id(4)));
        world.settleLog();
        world.group().change(new Change.EnterJoint(List.of(world.member(2), world.member(3), world.member(4))));
        world.settleLog();
    }

    @Test
    void settling_pastASilentVoter_waitsForItOnceOnly() {
        List<BlockRef> blocks = written(1, 80);
        enterJoint();
        silence(3);
        long tookMillis = millisOf(() -> await(settle(2)));
        blocks.forEach(block -> assertThat(world.node(4).has(block)).isTrue());
        assertThat(tookMillis).isLessThan(4 * world.options().callMillis());
    }

    /** The only other copy is on a node that is down: the change waits for it, and says so. */
    @Test
    void copy_setAsideOnTheOnlyVoterThatHasIt_isWaitedForAndCounted() {
        BlockRef block = missedByThree(1).get(0);
        BlockNode two = world.node(2);
        two.disk.corrupt(block);
        await(two.store().read(block, 0, 1).otherwiseEmpty());
        enterJoint();
        world.node(1).crash();
        Future<Void> settled = settle(2);
        world.scheduler().runUntil(settled::isComplete, 1_000_000);
        assertThat(settled.failed()).isTrue();
        assertThat(two.blocks().unsettledBlocks()).isEqualTo(1);
        world.node(1).start();
        world.settleLog();
        await(settle(2));
        assertThat(world.holders(block)).hasSizeGreaterThan(1);
        assertThat(two.blocks().unsettledBlocks()).isEqualTo(1);
    }

    @Test
    void copy_repairedBetweenTwoListings_isSettledAllTheSame() {
        BlockRef block = missedByThree(1).get(0);
        BlockNode two = world.node(2);
        two.disk.corrupt(block);
        await(two.store().read(block, 0, 1).otherwiseEmpty());
        enterJoint();
        world.node(1).crash();
        onListed = () -> {
            onListed = () -> {};
            two.run(() -> two.blocks().holder().keep(block, world.owner(), body));
        };
        Future<Void> settled = settle(2);
        world.scheduler().runUntil(settled::isComplete, 1_000_000);
        if (settled.failed()) {
            await(settle(2));
        }
        assertThat(world.holders(block)).hasSizeGreaterThan(1);
    }

    /** Voters that answer one after the other must not each say of another's copy that it is no concern of theirs. */
    @Test
    void copy_foundRottenOnceItsVoterHasListed_isSettledFromTheOneThatWasDown() {
        BlockRef block = missedByThree(1).get(0);
        BlockNode two = world.node(2);
        two.disk.corrupt(block);
        enterJoint();
        world.node(1).crash();
        Runnable swap = () -> {
            onListed = () -> {};
            two.crash();
            world.node(1).start();
        };
        onListed = () -> {
            onListed = swap;
            two.run(() -> two.store().read(block, 0, 1).otherwiseEmpty());
        };
        for (int times = 0; times < 5; times++) {
            Future<Void> settled = settle(3);
            world.scheduler().runUntil(settled::isComplete, 1_000_000);
            if (settled.succeeded()) {
                assertThat(world.holders(block)).contains(3, 4);
                return;
            }
        }
        fail("not settled, though the first has the block and answers");
    }

    @Test
    void digest_thatTakesLongerThanOtherCalls_isWaitedFor() {
        List<BlockRef> blocks = missedByThree(3);
        world.node(1).crash();
        world.node(2).slowListMillis = 2 * world.options().callMillis();
        repair(3);
        blocks.forEach(block -> assertThat(world.node(3).has(block)).isTrue());
        assertThat(world.node(3).blocks().repair().uncompared()).isZero();
    }

    @Test
    void digest_thatNeverComes_isNotTakenForEqual() {
        missedByThree(1);
        world.node(1).crash();
        world.node(2).slowListMillis = 3_600_000;
        repair(3);
        assertThat(world.node(3).blocks().repair().uncompared()).isEqualTo(1);
    }

    /** It was under way to the disk when the copy was deleted. */
    @Test
    void write_thatLandsOnceItsCopyIsDeleted_leavesNothing() {
        BlockRef block = world.newBlock();
        BlockNode three = world.node(3);
        world.group().change(new Change.AddLearner(TestNodes.id(4)));
        world.settleLog();
        world.group().change(new Change.EnterJoint(List.of(world.member(1), world.member(2), world.member(4))));
        world.settleLog();
        three.slowMillis = 10_000;
        await(world.write(1, block, body));
        world.scheduler().advanceMillis(200);
        world.group().change(new Change.LeaveJoint());
        world.scheduler().runUntil(() -> three.standing() == null, 1_000_000);
        world.scheduler().advanceMillis(2_000);
        world.holdBack(3);
        assertThat(three.has(block)).isFalse();
        world.scheduler().advanceMillis(20_000);
        assertThat(three.has(block)).isFalse();
        assertThat(world.holders(block)).hasSizeGreaterThan(1);
    }

    private BlockProtos.Request ensure(BlockRef block) {
        BlockTag tag = new BlockTag(0, world.group().configuration());
        return BlockMessages.request(BlockNode.PARTITION, world.member(3), tag)
                .setEnsure(BlockProtos.Ensure.newBuilder()
                        .addIds(BlockMessages.id(block))
                        .setSettle(true))
                .build();
    }
}
