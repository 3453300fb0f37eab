package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyDroppedException;
import io.chordata.node.core.SpaceGuard;
import io.chordata.node.core.StoreFullException;
import io.chordata.node.partition.PartitionRefusedException;
import io.chordata.node.partition.raft.Change;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One story each, for the rules that are easy to get wrong. */
class BlockScenariosTest {
    private final BlockWorld world = new BlockWorld(7, rules(), 6, 3);
    private final Buffer body = world.bytes(20_000);

    /** By which the nodes go. */
    BlockRules rules() {
        return BlockRules.SAFE;
    }

    private <T> T await(Future<T> future) {
        return world.scheduler().await(future);
    }

    private BlockRef written(int through) {
        BlockRef block = world.newBlock();
        await(world.write(through, block, body));
        return block;
    }

    private void isReadable(BlockRef block) {
        for (BlockNode node : world.nodes()) {
            if (node.isUp()) {
                assertThat(await(world.read(node.number, block, body.length()))).isEqualTo(body);
            }
        }
    }

    private void settle(int leader) {
        BlockNode node = world.node(leader);
        await(node.run(() ->
                node.blocks().moves().settle(BlockNode.PARTITION, world.group().configuration())));
    }

    private Member addLearner(int number) {
        world.group().change(new Change.AddLearner(TestNodes.id(number)));
        world.settleLog();
        return world.member(number);
    }

    private void enterJoint(Member... voters) {
        world.group().change(new Change.EnterJoint(List.of(voters)));
        world.settleLog();
    }

    private void leaveJoint() {
        world.group().change(new Change.LeaveJoint());
        world.settleLog();
    }

    @Test
    void block_written_isOnAllVotersAndReadThroughAnyNode() {
        BlockRef block = written(5);
        world.scheduler().advanceMillis(1_000);
        assertThat(world.holders(block)).containsExactly(1, 2, 3);
        isReadable(block);
    }

    @Test
    void write_withOneVoterDown_succeeds() {
        world.node(2).crash();
        isReadable(written(1));
    }

    @Test
    void write_withoutMajority_isRefusedWithinFiveSeconds() {
        world.node(2).crash();
        world.node(3).crash();
        long began = world.scheduler().nowMillis();
        assertThatThrownBy(() -> written(1)).isInstanceOf(PartitionRefusedException.class);
        assertThat(world.scheduler().nowMillis() - began).isLessThan(5_000);
    }

    @Test
    void read_withoutMajority_isServedOrRefusedButNeverMissing() {
        world.node(3).crash();
        BlockRef held = written(1);
        BlockRef unknown = world.newBlock();
        world.node(2).crash();
        assertThat(await(world.read(1, held, body.length()))).isEqualTo(body);
        assertThatThrownBy(() -> await(world.read(1, unknown, 1))).isInstanceOf(PartitionRefusedException.class);
    }

    @Test
    void read_ofBlockThatNobodyHas_isMissing() {
        assertThatThrownBy(() -> await(world.read(4, world.newBlock(), 1))).isInstanceOf(BlockMissingException.class);
    }

    @Test
    void write_withTwoFullDisks_saysSo() {
        world.node(1).room = SpaceGuard.Room.RECORDS;
        world.node(2).room = SpaceGuard.Room.RECORDS;
        assertThatThrownBy(() -> written(3)).isInstanceOf(StoreFullException.class);
    }

    @Test
    void block_thatTwoOfThreeVotersHold_survivesTheDepartureOfBoth() {
        world.node(3).crash();
        BlockRef block = written(1);
        world.node(3).start();
        world.settleLog();
        assertThat(world.holders(block)).containsExactly(1, 2);
        Member four = addLearner(4);
        enterJoint(world.member(2), world.member(3), four);
        settle(2);
        leaveJoint();
        Member five = addLearner(5);
        enterJoint(world.member(3), four, five);
        settle(3);
        leaveJoint();
        world.scheduler().advanceMillis(1_000);
        assertThat(world.holders(block)).doesNotContain(1, 2);
        world.node(1).crash();
        world.node(2).crash();
        isReadable(block);
    }

    /** One outgoing voter has not heard of the change, and takes what the others must not. */
    @Test
    void lateWrite_taggedWithTheOldConfiguration_isRefusedByThoseThatListed() {
        Member four = addLearner(4);
        world.node(6).believe(new BlockTag(0, world.group().configuration()));
        world.holdBack(1);
        enterJoint(world.member(2), world.member(3), four);
        settle(2);
        world.node(3).busy = true;
        world.node(4).busy = true;
        BlockRef block = world.newBlock();
        Future<Void> written = world.write(6, block, body);
        world.scheduler().advanceMillis(1_000);
        assertThat(written.isComplete()).as("one of the new voters has it").isFalse();
        world.node(3).busy = false;
        world.node(4).busy = false;
        await(written);
        leaveJoint();
        world.node(1).crash();
        world.node(2).crash();
        isReadable(block);
    }

    @Test
    void acknowledgements_ofTwoTags_doNotAddUp() {
        world.node(6).believe(new BlockTag(0, world.group().configuration()));
        world.node(1).busy = true;
        world.node(3).busy = true;
        BlockRef block = world.newBlock();
        Future<Void> written = world.write(6, block, body);
        world.scheduler().advanceMillis(300);
        world.node(2).crash();
        Member four = addLearner(4);
        world.node(4).busy = true;
        enterJoint(world.member(1), world.member(3), four);
        settle(1);
        world.node(1).busy = false;
        world.scheduler().advanceMillis(500);
        leaveJoint();
        world.scheduler().advanceMillis(6_000);
        world.node(3).busy = false;
        world.node(4).busy = false;
        world.node(1).crash();
        if (written.succeeded()) {
            isReadable(block);
        }
    }

    @Test
    void acknowledgement_beforeTheSync_isNotGiven() {
        world.nodes().forEach(node -> node.slowMillis = 300);
        BlockRef block = written(1);
        world.nodes().forEach(BlockNode::crash);
        world.nodes().forEach(BlockNode::start);
        world.settleLog();
        isReadable(block);
    }

    @Test
    void voter_withoutTheJointConfiguration_listsNothingForIt() {
        written(1);
        Member four = addLearner(4);
        world.holdBack(1);
        enterJoint(world.member(2), world.member(3), four);
        world.node(3).crash();
        assertThatThrownBy(() -> settle(2)).isInstanceOf(PartitionRefusedException.class);
    }

    @Test
    void write_whileTheVotersChange_needsAMajorityOfBoth() {
        Member four = addLearner(4);
        Member five = addLearner(5);
        enterJoint(world.member(3), four, five);
        world.node(1).crash();
        world.node(2).crash();
        assertThatThrownBy(() -> written(3)).isInstanceOf(PartitionRefusedException.class);
    }

    @Test
    void write_taggedWithAChangeThatIsCutOff_doesNotCount() {
        BlockRef block = world.newBlock();
        Member four = addLearner(4);
        enterJoint(world.member(1), world.member(2), four);
        settle(1);
        world.holdBack(2);
        world.holdBack(3);
        world.holdBack(4);
        Configuration left = world.group().change(new Change.LeaveJoint());
        world.scheduler().runUntil(() -> has(1, left), 100_000);
        world.holdBack(1);
        world.node(6).believe(new BlockTag(0, left));
        world.node(2).crash();
        Future<Void> written = world.write(6, block, body);
        world.scheduler().advanceMillis(2_000);
        assertThat(written.isComplete())
                .as("only the leader knows of the change's end")
                .isFalse();
        world.group().cutBehind(left.index() - 1);
        world.scheduler().advanceMillis(4_000);
        assertThat(written.succeeded()).isFalse();
    }

    @Test
    void write_taggedWithAChangeThatWasCutOff_goesOnWithWhatTheGroupHas() {
        BlockTag before = new BlockTag(0, world.group().configuration());
        BlockTag rumour =
                new BlockTag(0, new Configuration(1_000, before.configuration().voters(), List.of(), List.of()));
        world.node(6).believe(rumour);
        Future<Void> written = world.write(6, world.newBlock(), body);
        world.scheduler().advanceMillis(500);
        assertThat(written.isComplete()).as("nobody knows it to be committed").isFalse();
        world.node(6).believe(before);
        world.scheduler().advanceMillis(1_500);
        assertThat(written.succeeded()).isTrue();
    }

    private boolean has(int number, Configuration configuration) {
        BlockStanding standing = world.node(number).standing();
        return standing != null && standing.configuration().equals(configuration);
    }

    @Test
    void settling_beforeTheChangeIsCommitted_isRefused() {
        addLearner(4);
        world.holdBack(2);
        world.holdBack(3);
        world.group().change(new Change.EnterJoint(List.of(world.member(1), world.member(2), world.member(4))));
        world.scheduler().advanceMillis(1_000);
        assertThatThrownBy(() -> settle(1)).isInstanceOf(PartitionRefusedException.class);
    }

    @Test
    void settling_whileOneOutgoingVoterAnswersOnly_isRefused() {
        written(1);
        Member four = addLearner(4);
        enterJoint(world.member(1), world.member(2), four);
        world.node(2).crash();
        world.node(3).crash();
        assertThatThrownBy(() -> settle(1)).isInstanceOf(PartitionRefusedException.class);
    }

    @Test
    void newcomer_backfilledFromTheVoterThatLacksABlock_hasItBeforeTheChangeEnds() {
        world.node(3).crash();
        BlockRef block = written(1);
        world.node(3).start();
        world.settleLog();
        Member four = addLearner(4);
        BlockNode lacking = world.node(3);
        await(lacking.run(() -> lacking.blocks()
                .moves()
                .backfill(BlockNode.PARTITION, world.group().configuration(), four)));
        assertThat(world.node(4).has(block)).isFalse();
        enterJoint(world.member(2), world.member(3), four);
        settle(3);
        assertThat(world.node(4).has(block)).isTrue();
    }

    @Test
    void learner_copyingABlockWhileItIsDropped_doesNotKeepIt() {
        BlockRef block = written(1);
        Member four = addLearner(4);
        BlockNode leader = world.node(1);
        world.holdBack(4);
        Future<Void> filled = leader.run(() -> leader.blocks()
                .moves()
                .backfill(BlockNode.PARTITION, world.group().configuration(), four));
        await(world.drop(block.body()));
        world.scheduler().advanceMillis(100);
        world.letGo(4);
        await(filled.otherwiseEmpty());
        world.settleLog();
        world.scheduler().advanceMillis(1_000);
        assertThat(world.holders(block)).isEmpty();
    }

    /** The copy was read before the drop, and arrives when the learner has applied it. */
    @Test
    void learner_thatAppliedTheDropBeforeTheCopyCame_refusesIt() {
        BlockRef block = world.newBlock();
        await(world.write(1, block, Buffer.buffer("in one piece")));
        world.settleLog();
        Member four = addLearner(4);
        world.nodes().forEach(node -> node.slowReadMillis = 600);
        BlockNode leader = world.node(1);
        Future<Void> filled = leader.run(() -> leader.blocks()
                .moves()
                .backfill(BlockNode.PARTITION, world.group().configuration(), four));
        world.scheduler().advanceMillis(100);
        await(world.drop(block.body()));
        world.settleLog();
        await(filled.otherwiseEmpty());
        world.scheduler().advanceMillis(3_000);
        assertThat(world.holders(block)).isEmpty();
    }

    @Test
    void lateBlock_ofADroppedBody_isRefused() {
        BlockRef first = written(1);
        await(world.drop(first.body()));
        world.settleLog();
        BlockRef late = new BlockRef(first.partition(), first.body(), 1);
        assertThatThrownBy(() -> await(world.write(5, late, body))).isInstanceOf(BodyDroppedException.class);
        assertThat(world.holders(late)).isEmpty();
    }

    @Test
    void nodeThatComesBack_withBlocksDroppedMeanwhile_removesThem() {
        BlockRef block = written(1);
        world.scheduler().advanceMillis(1_000);
        Member four = addLearner(4);
        enterJoint(world.member(1), world.member(2), four);
        settle(1);
        world.node(3).crash();
        leaveJoint();
        await(world.drop(block.body()));
        world.group().change(new Change.AddLearner(TestNodes.id(3)));
        world.settleLog();
        world.node(3).start();
        world.settleLog();
        world.scheduler().advanceMillis(1_000);
        assertThat(world.holders(block)).isEmpty();
    }

    @Test
    void rottenCopy_onOneOfTwoHolders_isNotServedAndFetchedAgain() {
        world.node(3).crash();
        BlockRef block = written(1);
        world.scheduler().advanceMillis(1_000);
        world.node(1).disk.corrupt(block);
        assertThat(await(world.read(1, block, body.length()))).isEqualTo(body);
        assertThat(world.node(1).blocks().badCopies()).isPositive();
        world.scheduler().advanceMillis(1_000);
        assertThat(await(world.node(1).store().read(block, 0, body.length()))).isEqualTo(body);
    }

    /** Another was asked meanwhile, and has answered: the reader has its bytes, the bad copy is known of all the same. */
    @Test
    void rottenCopy_thatIsFoundAfterAnotherAnswered_isFetchedAgain() {
        BlockRef block = written(1);
        world.scheduler().advanceMillis(1_000);
        world.node(1).disk.corrupt(block);
        world.node(1).slowReadMillis = 100;
        assertThat(await(world.read(1, block, body.length()))).isEqualTo(body);
        world.node(1).slowReadMillis = 0;
        world.scheduler().advanceMillis(1_000);
        assertThat(world.node(1).blocks().badCopies()).isPositive();
        assertThat(await(world.node(1).store().read(block, 0, body.length()))).isEqualTo(body);
    }

    @Test
    void rottenCopy_setAsideAtTheOnlyOneThatLists_isSettledFromTheOther() {
        world.node(3).crash();
        BlockRef block = written(1);
        world.scheduler().advanceMillis(1_000);
        world.node(3).start();
        world.settleLog();
        Member four = addLearner(4);
        world.node(2).disk.corrupt(block);
        assertThatThrownBy(() -> await(world.node(2).store().read(block, 0, 1))).isNotNull();
        enterJoint(world.member(2), world.member(3), four);
        world.node(1).crash();
        assertThatThrownBy(() -> settle(2)).isInstanceOf(PartitionRefusedException.class);
        world.node(1).start();
        world.settleLog();
        settle(2);
        leaveJoint();
        world.node(1).crash();
        isReadable(block);
    }

    @Test
    void acknowledgement_ofAnEarlierTenure_doesNotCount() {
        BlockTag tag = new BlockTag(0, world.group().configuration());
        Member four = addLearner(4);
        enterJoint(world.member(1), world.member(2), four);
        settle(1);
        leaveJoint();
        world.scheduler().advanceMillis(1_000);
        Member again = addLearner(3);
        assertThat(again.tenure()).isPositive();
        BlockRef block = world.newBlock();
        BlockFrame<BlockProtos.Answer> answer = await(
                world.node(3).run(() -> world.node(3).blocks().holder().write(tag, 0, block, world.owner(), body)));
        assertThat(answer.header().getOutcome()).isEqualTo(BlockProtos.Outcome.NOT_MEMBER);
    }

    @Test
    void voter_slowest_getsTheBlockInTheBackground() {
        BlockRef block = written(1);
        world.scheduler().advanceMillis(5_000);
        assertThat(world.holders(block)).containsExactly(1, 2, 3);
    }

    @Test
    void member_thatMissedWrites_isRepairedByDigest() {
        world.node(3).crash();
        List<BlockRef> blocks = List.of(written(1), written(2), written(4));
        world.node(3).start();
        world.settleLog();
        BlockNode late = world.node(3);
        await(late.run(() -> late.blocks().repair().repair(BlockNode.PARTITION)));
        blocks.forEach(block -> assertThat(late.has(block)).isTrue());
        assertThat(late.blocks().fetchedBlocks()).isEqualTo(3);
        await(late.run(() -> late.blocks().repair().repair(BlockNode.PARTITION)));
        assertThat(late.blocks().fetchedBlocks()).isEqualTo(3);
    }

    @Test
    void repairRounds_onceStarted_bringWhatAMemberMissed() {
        world.node(3).crash();
        BlockRef block = written(1);
        world.node(3).start();
        world.settleLog();
        RepairRounds rounds = world.node(3).repairRounds(1_000);
        rounds.start();
        world.scheduler().advanceMillis(2_000);
        assertThat(world.holders(block)).contains(3);
        rounds.stop();
    }
}
