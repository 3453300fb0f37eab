package io.chordata.node.block.replica;

import io.chordata.node.core.BlockCorruptException;
import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore.StoredBlock;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.sim.SimPeerNetwork.Weather;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes, reads, drops and moves the blocks of one partition under crashes, power losses, cuts, broken connections, late
 * messages, pauses and rot, all from one seed. What was acknowledged and not dropped is to be read byte for byte at any time, or
 * refused; what was dropped never comes back.
 */
final class BlockSimulation {
    private static final int NODES = 6;
    private static final int STEPS = 100;
    private static final int BYTES_MAX = 14_000;

    private final BlockWorld world;
    private final SimRandom random;
    private final ScriptedMoves moves;
    private final Map<BlockRef, Buffer> acknowledged = new TreeMap<>(VoterLists.ORDER);
    private final Set<BodyId> dropped = new TreeSet<>();
    private final List<BodyId> bodies = new ArrayList<>();
    private final Set<BlockRef> rotted = new TreeSet<>(VoterLists.ORDER);
    private final Figures figures = new Figures();
    private String violation = "";

    /** What happened. */
    static final class Figures {
        long writes;
        long acknowledged;
        long reads;
        long readBytes;
        long refused;
        long drops;
        long moves;
        long returns;
        long crashes;
        long powerLosses;
        long cuts;
        long pauses;
        long rot;
        long fetched;
        long events;

        void add(Figures other) {
            writes += other.writes;
            acknowledged += other.acknowledged;
            reads += other.reads;
            readBytes += other.readBytes;
            refused += other.refused;
            drops += other.drops;
            moves += other.moves;
            returns += other.returns;
            crashes += other.crashes;
            powerLosses += other.powerLosses;
            cuts += other.cuts;
            pauses += other.pauses;
            rot += other.rot;
            fetched += other.fetched;
            events += other.events;
        }

        boolean hasAll() {
            return Math.min(Math.min(acknowledged, reads), Math.min(drops, refused)) > 0
                    && Math.min(Math.min(moves, returns), Math.min(crashes, powerLosses)) > 0
                    && Math.min(Math.min(cuts, pauses), Math.min(rot, fetched)) > 0;
        }

        @Override
        public String toString() {
            return writes + " writes, " + acknowledged + " acknowledged, " + reads + " reads, " + refused + " refused, "
                    + drops + " drops, " + moves + " moves, " + returns + " returns, " + crashes + " crashes, "
                    + powerLosses + " power losses, " + cuts + " cuts, " + pauses + " pauses, " + rot
                    + " rotten copies, "
                    + fetched + " fetched";
        }
    }

    BlockSimulation(long seed, BlockRules rules) {
        world = new BlockWorld(seed, rules, NODES, 3);
        random = world.scheduler().random().fork();
        moves = new ScriptedMoves(world);
        world.letThemHear(0.1);
        if (random.chance(0.5)) {
            world.allowNoBackground();
            world.nodes().forEach(BlockNode::crash);
            world.nodes().forEach(BlockNode::start);
        }
    }

    /** @throws AssertionError with the seed, if a promise was broken */
    Figures run() {
        world.network().become(new Weather(5, 0.005, 0.03, 1_500));
        for (int step = 0; step < STEPS; step++) {
            act();
            world.scheduler().advanceMillis(1 + random.nextInt(100));
            moves.step(true);
            check();
        }
        heal();
        audit();
        figures.moves = moves.moved();
        figures.returns = moves.returned();
        figures.events = world.scheduler().executed();
        return figures;
    }

    long traceHash() {
        return world.scheduler().traceHash();
    }

    private void act() {
        int dice = random.nextInt(100);
        if (dice < 45) {
            write();
        } else if (dice < 68) {
            readAny();
        } else if (dice < 74) {
            drop();
        } else if (dice < 82) {
            crash();
        } else if (dice < 83) {
            losePower();
        } else if (dice < 88) {
            cut();
        } else if (dice < 91) {
            pause();
        } else if (dice < 94) {
            holdBack();
        } else if (dice < 96) {
            slowDown();
        } else {
            rot();
        }
    }

    private List<BlockNode> up() {
        return world.nodes().stream().filter(BlockNode::isUp).toList();
    }

    private BlockNode anyUp() {
        List<BlockNode> up = up();
        return up.get(random.nextInt(up.size()));
    }

    private void write() {
        if (up().isEmpty()) {
            return;
        }
        BodyId body =
                bodies.isEmpty() || random.chance(0.6) ? world.newBody() : bodies.get(random.nextInt(bodies.size()));
        bodies.add(body);
        BlockRef block = new BlockRef(BlockNode.PARTITION, body, bodies.size());
        Buffer bytes = world.bytes(1 + random.nextInt(BYTES_MAX));
        figures.writes++;
        world.write(anyUp().number, block, bytes).onComplete((done, failure) -> {
            if (failure == null) {
                figures.acknowledged++;
                acknowledged.put(block, bytes);
            } else {
                figures.refused++;
            }
        });
    }

    private void readAny() {
        List<BlockRef> readable = acknowledged.keySet().stream()
                .filter(block -> !dropped.contains(block.body()))
                .toList();
        if (readable.isEmpty() || up().isEmpty()) {
            return;
        }
        BlockRef block = readable.get(random.nextInt(readable.size()));
        Buffer expected = Objects.requireNonNull(acknowledged.get(block));
        figures.reads++;
        world.read(anyUp().number, block, expected.length())
                .onComplete((bytes, failure) -> judge(block, expected, bytes, failure));
    }

    private void judge(BlockRef block, Buffer expected, @Nullable Buffer bytes, @Nullable Throwable failure) {
        if (dropped.contains(block.body())) {
            return;
        }
        if (failure instanceof BlockMissingException || failure instanceof BlockCorruptException) {
            violation = "acknowledged, but " + failure.getMessage();
        } else if (failure != null) {
            figures.refused++;
        } else if (!expected.equals(bytes)) {
            violation = "other bytes in " + block;
        }
    }

    private void drop() {
        if (!bodies.isEmpty()) {
            BodyId body = bodies.get(random.nextInt(bodies.size()));
            if (dropped.add(body)) {
                figures.drops++;
                world.drop(body);
            }
        }
    }

    /** A majority of each set of voters stays up. */
    private boolean mayCrash(BlockNode node) {
        BlockTag tag = new BlockTag(0, world.group().configuration());
        return tag.isMajority(member ->
                !member.node().equals(node.id()) && world.node(member.node()).isUp());
    }

    private void crash() {
        if (up().isEmpty()) {
            return;
        }
        BlockNode node = anyUp();
        if (mayCrash(node)) {
            figures.crashes++;
            node.crash();
            world.scheduler().afterMillis(100 + random.nextInt(2_500), () -> startAgain(node));
        }
    }

    private static void startAgain(BlockNode node) {
        if (!node.isUp()) {
            node.start();
        }
    }

    private void losePower() {
        figures.powerLosses++;
        for (BlockNode node : up()) {
            node.crash();
            world.scheduler().afterMillis(50 + random.nextInt(500), () -> startAgain(node));
        }
    }

    private void cut() {
        figures.cuts++;
        NodeAddress from = TestNodes.address(1 + random.nextInt(NODES));
        NodeAddress to = TestNodes.address(1 + random.nextInt(NODES));
        boolean oneWay = random.chance(0.5);
        world.network().cut((a, b) -> (a.equals(from) && b.equals(to)) || (!oneWay && a.equals(to) && b.equals(from)));
        world.scheduler().afterMillis(500 + random.nextInt(2_000), world.network()::mend);
    }

    private void pause() {
        if (!up().isEmpty()) {
            figures.pauses++;
            anyUp().loops().pause((100 + random.nextInt(1_500)) * 1_000_000L);
        }
    }

    /** The log goes on without the node, which serves blocks still. */
    private void holdBack() {
        int number = 1 + random.nextInt(NODES);
        world.holdBack(number);
        world.scheduler().afterMillis(500 + random.nextInt(3_000), () -> world.letGo(number));
    }

    private void slowDown() {
        BlockNode node = world.node(1 + random.nextInt(NODES));
        node.slowMillis = 1 + random.nextInt(100);
        world.scheduler().afterMillis(500 + random.nextInt(2_000), () -> node.slowMillis = 0);
    }

    /** Of each block one copy at most, and only where others are whole. */
    private void rot() {
        List<BlockRef> candidates = acknowledged.keySet().stream()
                .filter(block -> !rotted.contains(block) && !dropped.contains(block.body()))
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        BlockRef block = candidates.get(random.nextInt(candidates.size()));
        List<BlockNode> holders = new ArrayList<>();
        for (Member voter : world.group().configuration().voters()) {
            if (world.node(voter.node()).disk.has(block)) {
                holders.add(world.node(voter.node()));
            }
        }
        if (holders.size() > 1) {
            figures.rot++;
            rotted.add(block);
            holders.get(random.nextInt(holders.size())).disk.corrupt(block);
        }
    }

    private void check() {
        if (!violation.isEmpty()) {
            throw new AssertionError(violation + "; " + world.scheduler());
        }
    }

    private void heal() {
        world.network().become(Weather.FAIR);
        world.network().mend();
        world.nodes().forEach(BlockSimulation::startAgain);
        world.nodes().forEach(node -> {
            node.slowMillis = 0;
            world.letGo(node.number);
        });
        world.letThemHear(1);
        for (int i = 0; i < 400 && !(i > 20 && moves.isIdle()); i++) {
            world.scheduler().advanceMillis(100);
            moves.step(false);
            check();
        }
        if (!moves.isIdle()) {
            throw new AssertionError("the move did not come to an end; " + world.scheduler());
        }
        world.settleLog();
        world.scheduler().advanceMillis(4_600);
        check();
        for (BlockNode node : world.nodes()) {
            world.scheduler().await(node.run(() -> node.blocks().repair().sweep(BlockNode.PARTITION)));
            world.scheduler().await(node.run(() -> node.blocks().repair().repair(BlockNode.PARTITION)));
            figures.fetched += node.blocks().fetchedBlocks();
        }
    }

    private void audit() {
        for (Map.Entry<BlockRef, Buffer> each : acknowledged.entrySet()) {
            if (!dropped.contains(each.getKey().body())) {
                audit(each.getKey(), each.getValue());
            }
        }
        for (BlockNode node : world.nodes()) {
            for (StoredBlock stored : node.stored()) {
                if (dropped.contains(stored.block().body())) {
                    throw new AssertionError("dropped, but back at node " + node.number + ": " + stored.block() + "; "
                            + world.scheduler());
                }
            }
        }
        check();
    }

    private void audit(BlockRef block, Buffer expected) {
        BlockNode through = world.nodes().get(random.nextInt(NODES));
        Future<Buffer> read = world.read(through.number, block, expected.length());
        world.scheduler().runUntil(read::isComplete, 2_000_000);
        figures.readBytes += expected.length();
        if (read.failed() || !expected.equals(read.result())) {
            throw new AssertionError("not read at the end: " + block + " " + read.cause() + "; " + world.scheduler());
        }
        for (Member voter : world.group().configuration().voters()) {
            BlockNode node = world.node(voter.node());
            if (!node.disk.has(block)) {
                throw new AssertionError(
                        "not repaired at node " + node.number + ": " + block + "; " + world.scheduler());
            }
        }
    }
}
