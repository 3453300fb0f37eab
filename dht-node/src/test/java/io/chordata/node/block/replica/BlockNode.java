package io.chordata.node.block.replica;

import io.chordata.node.block.replica.ScriptedGroup.Entry;
import io.chordata.node.block.replica.ScriptedGroup.Follower;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore.StoredBlock;
import io.chordata.node.core.BodyDroppedException;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.SpaceGuard;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.sim.SimBlockStore;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimPeers;
import io.chordata.node.sim.SimTimers;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node of a {@link BlockWorld}: its blocks, and how it follows the script of the one partition there is. */
final class BlockNode {
    static final PartitionId PARTITION = new PartitionId(3);
    private static final ClusterId CLUSTER = new ClusterId(new Uint128(1, 1));

    final int number;
    final SimBlockStore.Disk disk = new SimBlockStore.Disk();
    private final BlockWorld world;
    private @Nullable SimLoops loops;
    private @Nullable SimPeers peers;
    private @Nullable SimBlockStore store;
    private @Nullable SlowBlocks slow;
    private @Nullable ReplicatedBlocks blocks;
    private BlockTag known;
    private Set<BodyId> dropped = new TreeSet<>();
    private long applied;
    private @Nullable Follower followed;
    SpaceGuard.Room room = SpaceGuard.Room.ALL;

    /** Whether the disk takes no writes for now. */
    boolean busy;

    /** How long a write waits before it reaches the disk. */
    long slowMillis;

    long slowReadMillis;

    /** Of more than one row. */
    long slowListMillis;

    /** Numbers of the nodes of its zone. */
    Set<Integer> near = Set.of();

    BlockNode(BlockWorld world, int number) {
        this.world = world;
        this.number = number;
        this.known = new BlockTag(0, world.group().configuration());
    }

    NodeId id() {
        return TestNodes.id(number);
    }

    boolean isUp() {
        return loops != null;
    }

    Loop loop() {
        return loops().ownerOf(PARTITION);
    }

    SimLoops loops() {
        return Objects.requireNonNull(loops, "node " + number + " is down");
    }

    ReplicatedBlocks blocks() {
        return Objects.requireNonNull(blocks, "node " + number + " is down");
    }

    SimBlockStore store() {
        return Objects.requireNonNull(store, "node " + number + " is down");
    }

    void start() {
        SimLoops started = new SimLoops(world.scheduler(), 2);
        loops = started;
        store = new SimBlockStore(started, () -> room, disk);
        peers = new SimPeers(world.network(), CLUSTER, id(), TestNodes.address(number), lost -> {});
        SimTimers timers = new SimTimers(world.scheduler(), started);
        slow = new SlowBlocks(store, timers, started, () -> slowMillis, () -> slowReadMillis, () -> slowListMillis);
        BlockPorts ports = new BlockPorts(
                id(),
                peers,
                slow,
                new Groups(),
                started,
                timers,
                world.clock(),
                world.scheduler().random().fork());
        blocks = new ReplicatedBlocks(ports, world.options(), (partition, body) -> world.drop(body), world.rules());
        blocks.serve();
        followed = world.group().follower(id());
        dropped = new TreeSet<>();
        applied = 0;
        if (followed != null) {
            become(followed);
        }
        tickLater(started);
    }

    void crash() {
        if (loops != null && peers != null) {
            loops.kill();
            peers.stop();
            loops = null;
            peers = null;
            blocks = null;
            store = null;
            if (followed != null) {
                followed.has = followed.synced;
                followed.knownCommitted = Math.min(followed.knownCommitted, followed.synced);
            }
        }
    }

    /** Comes into the group with the state that it was added at: what was dropped before is known, but not carried out. */
    private void become(Follower follower) {
        followed = follower;
        dropped = new TreeSet<>();
        applied = 0;
        while (applied < follower.self.tenure()) {
            applied++;
            noteDrop(world.group().entry(applied));
        }
        SimLoops mine = loops();
        mine.ownerOf(PARTITION).execute(() -> blocks().repair().sweep(PARTITION));
    }

    private @Nullable BodyId noteDrop(Entry entry) {
        if (entry.drop() != null) {
            dropped.add(entry.drop());
        }
        return entry.drop();
    }

    private void tickLater(SimLoops mine) {
        world.scheduler().afterMillis(1 + world.scheduler().random().nextInt(30), () -> {
            if (!mine.isKilled()) {
                mine.ownerOf(PARTITION).execute(this::tick);
                tickLater(mine);
            }
        });
    }

    /** Follows the log a little further. */
    private void tick() {
        Follower newest = world.group().follower(id());
        if (newest == null || world.isHeldBack(this)) {
            return;
        }
        if (newest != followed) {
            become(newest);
        }
        ScriptedGroup group = world.group();
        newest.has = step(newest.has, group.last());
        newest.synced = step(newest.synced, newest.has);
        newest.knownCommitted = step(newest.knownCommitted, Math.min(newest.synced, group.committed()));
        while (applied < newest.knownCommitted) {
            applied++;
            BodyId drop = noteDrop(group.entry(applied));
            if (drop != null) {
                Objects.requireNonNull(slow).drop(PARTITION, drop);
            }
        }
        retireIfRemoved(newest, group);
    }

    private void retireIfRemoved(Follower newest, ScriptedGroup group) {
        Configuration configuration = group.configurationAt(newest.knownCommitted);
        if (!newest.retired
                && configuration.index() > newest.self.tenure()
                && !configuration.members().contains(newest.self)) {
            newest.retired = true;
        }
        if (newest.retired && group.configuration().memberOf(id()) == null) {
            blocks().moves().deleteCopy(PARTITION);
        }
    }

    private long step(long from, long to) {
        return from >= to ? from : from + 1 + world.scheduler().random().nextInt((int) Math.min(3, to - from));
    }

    @Nullable
    BlockStanding standing() {
        Follower now = followed;
        if (now == null || now.retired || loops == null) {
            return null;
        }
        Configuration configuration = world.group().configurationAt(now.has);
        return new BlockStanding(now.self, configuration, now.synced, now.knownCommitted, 0);
    }

    BlockTag known() {
        return known;
    }

    void believe(BlockTag tag) {
        known = tag;
    }

    /** What its index lists. */
    List<StoredBlock> stored() {
        return world.scheduler().await(store().list(null, Integer.MAX_VALUE));
    }

    boolean has(BlockRef block) {
        return stored().stream().anyMatch(found -> found.block().equals(block));
    }

    RepairRounds repairRounds(long pauseMillis) {
        SimTimers timers = new SimTimers(world.scheduler(), loops());
        return new RepairRounds(blocks().repair(), new Groups(), new Partitioning(4), loops(), timers, pauseMillis);
    }

    /** Runs the call on the node's loop. */
    <T> Future<T> run(Supplier<Future<T>> call) {
        Promise<T> promise = Promise.promise();
        loop().execute(() -> call.get().onComplete(promise));
        return promise.future();
    }

    private final class Groups implements BlockGroups {
        @Override
        public @Nullable BlockStanding standing(PartitionId partition) {
            return partition.equals(PARTITION) ? BlockNode.this.standing() : null;
        }

        @Override
        public <T> Future<T> unlessDropped(PartitionId partition, BodyId body, Supplier<Future<T>> write) {
            if (!loop().isCurrent()) {
                throw new AssertionError("not on the partition's loop");
            }
            if (busy) {
                return Future.failedFuture(new StoreBusyException("ordered by the test"));
            }
            return dropped.contains(body)
                    ? Future.failedFuture(new BodyDroppedException(body + " was dropped"))
                    : write.get();
        }

        @Override
        public Future<Boolean> isDropped(PartitionId partition, BodyId body) {
            return Future.succeededFuture(BlockNode.this.standing() != null && dropped.contains(body));
        }

        @Override
        public Future<BlockTag> locate(PartitionId partition) {
            BlockStanding own = BlockNode.this.standing();
            if (own != null && own.tag().isNewerThan(known)) {
                known = own.tag();
            }
            BlockTag heard = world.hearsay();
            if (heard != null && heard.isNewerThan(known)) {
                known = heard;
            }
            return Future.succeededFuture(known);
        }

        @Override
        public void learn(PartitionId partition, BlockTag tag) {
            known = tag.isNewerThan(known) ? tag : known;
        }

        @Override
        public @Nullable Peer peer(NodeId node) {
            return new Peer(TestNodes.address((int) node.value().low()), node);
        }

        @Override
        public boolean isNear(NodeId node) {
            return near.contains((int) node.value().low());
        }
    }
}
