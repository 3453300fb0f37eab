package io.chordata.node.block.replica;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimPeerNetwork;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Simulated nodes that keep the blocks of one partition, whose group goes by a script. Nodes are numbered from 1. */
final class BlockWorld {
    private static final long HOUR_MILLIS = 3_600_000;

    private final SimScheduler scheduler;
    private final SimClock clock;
    private final SimPeerNetwork network;
    private final BlockRules rules;
    private final ScriptedGroup group;
    private final List<BlockNode> nodes = new ArrayList<>();
    private final Set<BlockNode> heldBack = new LinkedHashSet<>();
    private double hearChance;
    private ReplicaOptions options =
            new ReplicaOptions(4_500, 100, 4_000, 4 << 10, 8 << 10, 16 << 20, 16 << 20, 64 << 10, 10, 100 << 20);
    private long bodies;

    /** @param count of nodes, of which the first {@code voters} found the group */
    BlockWorld(long seed, BlockRules rules, int count, int voters) {
        this.scheduler = new SimScheduler(seed);
        this.clock = new SimClock(scheduler);
        this.network = new SimPeerNetwork(scheduler);
        this.rules = rules;
        this.group = new ScriptedGroup(
                IntStream.rangeClosed(1, voters).mapToObj(TestNodes::id).toList());
        for (int number = 1; number <= count; number++) {
            nodes.add(new BlockNode(this, number));
        }
        nodes.forEach(BlockNode::start);
    }

    ReplicaOptions options() {
        return options;
    }

    /** From the next start of each node on, the slowest are given up as soon as a majority has a block. */
    void allowNoBackground() {
        options = new ReplicaOptions(4_500, 100, 4_000, 4 << 10, 8 << 10, 16 << 20, 16 << 20, 0, 10, 100 << 20);
    }

    /** From the next start of each node on, pieces are as large as in a real cluster. */
    void sendLargePieces() {
        options = new ReplicaOptions(4_500, 100, 4_000, 256 << 10, 1 << 20, 64 << 20, 16 << 20, 0, 10, 100 << 20);
    }

    void restartAll() {
        nodes.forEach(BlockNode::crash);
        nodes.forEach(BlockNode::start);
        settleLog();
    }

    SimScheduler scheduler() {
        return scheduler;
    }

    SimClock clock() {
        return clock;
    }

    SimPeerNetwork network() {
        return network;
    }

    BlockRules rules() {
        return rules;
    }

    ScriptedGroup group() {
        return group;
    }

    List<BlockNode> nodes() {
        return nodes;
    }

    BlockNode node(int number) {
        return nodes.get(number - 1);
    }

    BlockNode node(NodeId id) {
        return node((int) id.value().low());
    }

    Member member(int number) {
        return Objects.requireNonNull(group.configuration().memberOf(TestNodes.id(number)));
    }

    /** The node hears nothing new of the log until {@link #letGo}. */
    void holdBack(int number) {
        heldBack.add(node(number));
    }

    void letGo(int number) {
        heldBack.remove(node(number));
    }

    boolean isHeldBack(BlockNode node) {
        return heldBack.contains(node);
    }

    /** How often a coordinator that asks hears of a configuration from anybody. */
    void letThemHear(double chance) {
        hearChance = chance;
    }

    @Nullable
    BlockTag hearsay() {
        BlockNode someone = nodes.get(scheduler.random().nextInt(nodes.size()));
        BlockStanding standing = scheduler.random().chance(hearChance) && someone.isUp() ? someone.standing() : null;
        return standing == null ? null : standing.tag();
    }

    /** Completes when the drop is committed. */
    Future<Void> drop(BodyId body) {
        long index = group.drop(body);
        Promise<Void> committed = Promise.promise();
        awaitCommit(index, committed);
        return committed.future();
    }

    private void awaitCommit(long index, Promise<Void> committed) {
        if (group.committed() >= index) {
            committed.complete();
        } else {
            scheduler.afterMillis(10, () -> awaitCommit(index, committed));
        }
    }

    /** Runs until everything appended so far is committed. */
    void commit() {
        long index = group.last();
        scheduler.runUntil(() -> group.committed() >= index, 2_000_000);
    }

    /** Runs until each running member has the whole log, and knows that it is committed. */
    void settleLog() {
        commit();
        scheduler.runUntil(
                () -> nodes.stream()
                        .filter(node -> node.isUp() && !isHeldBack(node))
                        .map(BlockNode::standing)
                        .allMatch(standing -> standing == null
                                || (standing.committedIndex() == group.last()
                                        && standing.configuration().equals(group.configuration()))),
                2_000_000);
    }

    BodyId newBody() {
        return new BodyId(new Uint128(scheduler.random().nextLong(), ++bodies));
    }

    BlockRef newBlock() {
        return new BlockRef(BlockNode.PARTITION, newBody(), 0);
    }

    Buffer bytes(int length) {
        return Buffer.buffer(scheduler.random().nextBytes(length));
    }

    /** Of a body that was begun an hour ago, so that repair looks at it. */
    BlockOwner owner() {
        return new BlockOwner(
                new BucketId(new Uint128(5, 5)), new byte[] {'k'}, null, 0, clock.wallMillis() - HOUR_MILLIS);
    }

    Future<Void> write(int through, BlockRef block, Buffer body) {
        return node(through).run(() -> node(through).blocks().write(block, owner(), body));
    }

    Future<Buffer> read(int through, BlockRef block, int length) {
        return node(through).run(() -> node(through).blocks().read(block, 0, length));
    }

    Set<Integer> holders(BlockRef block) {
        Set<Integer> holders = new TreeSet<>();
        nodes.stream()
                .filter(BlockNode::isUp)
                .filter(node -> node.has(block))
                .forEach(node -> holders.add(node.number));
        return holders;
    }
}
