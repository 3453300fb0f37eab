package io.chordata.node.partition.raft;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.sim.SimNetwork;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A simulated node: a disk that stays, and a process that comes and goes, with at most one replica of the group. */
final class RaftNode implements SimNetwork.Endpoint<RaftMessage> {
    static final long WALL_START_MILLIS = 1_700_000_000_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long TICK_MILLIS = 50;
    private static final long BACKLOG_NANOS = 500_000;

    final int number;
    final NodeId id;
    final NodeAddress address;
    final SimReplicaDisk disk;
    /** Of the release that it runs. */
    int supportedLevel = 1;

    private final RaftCluster cluster;
    /** What came while it stood still, and has not been looked at yet. */
    private final ArrayDeque<Runnable> backlog = new ArrayDeque<>();

    private @Nullable RaftReplica replica;
    private boolean isUp;
    private int life;
    private boolean isPaused;
    private boolean isCreating;
    private boolean isCampaignAllowed = true;
    private long bootMillis;
    private long wallOffsetMillis;

    RaftNode(int number, RaftCluster cluster) {
        this.number = number;
        this.id = Members.node(number);
        this.address = new NodeAddress("10.0.0." + number, 1);
        this.cluster = cluster;
        this.disk = new SimReplicaDisk(
                cluster.scheduler, cluster.habits, cluster.founding, () -> cluster.count(RaftFault.DISK_STALL));
        this.wallOffsetMillis = cluster.random.nextLong(-2_000, 2_000);
    }

    boolean isUp() {
        return isUp;
    }

    boolean isPaused() {
        return isPaused;
    }

    /** Null while it is down, or no member. */
    @Nullable
    RaftReplica replica() {
        return replica;
    }

    long nowMillis() {
        return bootMillis + cluster.nowMillis();
    }

    long wallMillis() {
        return WALL_START_MILLIS + wallOffsetMillis + cluster.nowMillis();
    }

    void start() {
        if (isUp) {
            return;
        }
        cluster.journal.note(number, "starts with", disk.owner() == null ? "nothing" : disk.hardState());
        isUp = true;
        bootMillis = cluster.random.nextInt(100_000);
        cluster.network.attach(address, this);
        boot();
        tickLater(life);
    }

    private void boot() {
        replica = disk.owner() == null ? null : new RaftReplica(this, cluster);
    }

    private void tickLater(int of) {
        long jitter = cluster.random.nextLong(-5 * NANOS_PER_MILLI, 15 * NANOS_PER_MILLI);
        later(TICK_MILLIS * NANOS_PER_MILLI + jitter, () -> {
            withReplica(it -> it.group().onTick(nowMillis(), wallMillis()));
            tickLater(of);
        });
    }

    private interface Event {
        void on(RaftReplica replica);
    }

    private void withReplica(Event event) {
        RaftReplica now = replica;
        if (now != null) {
            now.turn(() -> event.on(now));
        }
    }

    /** It dies at once: what is not synced may be lost. */
    void crash() {
        if (!isUp) {
            return;
        }
        cluster.journal.note(number, "crashes", disk.hardState());
        cluster.count(RaftFault.CRASH);
        end();
        if (disk.crash() > 0) {
            cluster.count(RaftFault.WRITES_LOST);
        }
    }

    private void end() {
        if (replica != null) {
            replica.close();
        }
        replica = null;
        isUp = false;
        isPaused = false;
        isCreating = false;
        life++;
        backlog.clear();
        cluster.network.detach(address);
    }

    /** From now on nothing happens here, though much arrives. */
    void pause() {
        isPaused = true;
    }

    /** What came meanwhile is looked at in order, one after the other. */
    void goOn() {
        if (isPaused) {
            isPaused = false;
            workOff(life);
        }
    }

    private void workOff(int of) {
        if (life == of && !isPaused && !backlog.isEmpty()) {
            backlog.remove().run();
            cluster.scheduler.after(cluster.random.nextLong(0, BACKLOG_NANOS), () -> workOff(of));
        }
    }

    void later(long delayNanos, Runnable task) {
        cluster.scheduler.after(delayNanos, inThisLife(task));
    }

    /** The task, which does nothing once this process is gone, and waits while it stands still. */
    Runnable inThisLife(Runnable task) {
        int of = life;
        return () -> runIn(of, task);
    }

    private void runIn(int of, Runnable task) {
        if (life != of || !isUp) {
            return;
        }
        if (isPaused || !backlog.isEmpty()) {
            backlog.add(task);
        } else {
            task.run();
        }
    }

    void jumpClock(long millis) {
        wallOffsetMillis += millis;
    }

    void allowCampaign(boolean allowed) {
        isCampaignAllowed = allowed;
        withReplica(it -> it.group().allowCampaign(allowed));
    }

    boolean isCampaignAllowed() {
        return isCampaignAllowed;
    }

    /** Its connection to the other broke. */
    void losePeer(RaftNode other) {
        inThisLife(() -> withReplica(it -> it.group().onPeerLost(other.id))).run();
    }

    @Override
    public void onMessage(NodeAddress from, RaftMessage message) {
        inThisLife(() -> receive(message)).run();
    }

    @Override
    public void onRefused(NodeAddress to, RaftMessage message) {
        losePeer(cluster.node(message.to()));
    }

    private void receive(RaftMessage message) {
        cluster.journal.note(number, "gets", message);
        if (isCreating) {
            return;
        }
        if (message.body().isLeaders() && disk.isAnotherStay(message)) {
            create(message);
        } else {
            withReplica(it -> it.group().onMessage(message));
        }
    }

    private void create(RaftMessage message) {
        isCreating = true;
        cluster.count(RaftFault.REPLICA_CREATED);
        closeReplica();
        disk.ask(
                () -> disk.create(message.to(), message.generation(), message.term(), cluster.founding),
                inThisLife(() -> {
                    isCreating = false;
                    boot();
                }));
    }

    private void closeReplica() {
        if (replica != null) {
            replica.close();
            replica = null;
        }
    }

    /** It is told, by whoever it takes to reach it, that this member is out of the group for good. */
    void wipe(Member member, long generation) {
        if (!isUp || isPaused || isCreating) {
            cluster.scheduler.after(TICK_MILLIS * NANOS_PER_MILLI, () -> wipe(member, generation));
        } else if (member.equals(disk.owner()) && disk.hardState().generation() == generation) {
            cluster.journal.note(number, "wipes", member);
            cluster.count(RaftFault.REPLICA_WIPED);
            closeReplica();
            disk.ask(() -> disk.bury(member), () -> {});
        }
    }

    /** The operator gives up what is kept here of a history that the group has left behind. */
    void discard() {
        cluster.journal.note(number, "discards", disk.hardState());
        cluster.count(RaftFault.LOST_AND_FOUND_DISCARDED);
        closeReplica();
        disk.ask(disk::discard, () -> {});
    }

    @Override
    public String toString() {
        return replica != null ? replica.toString() : number + (isUp ? " (no member)" : " (down)");
    }
}
