package io.chordata.node.cluster;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.partition.Standing;
import io.chordata.node.sim.SimBlockStore;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimRecordDisk;
import io.vertx.core.Future;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A machine: its disks, its clock and its address stay, processes come and go on it. */
final class Machine {
    static final long DISK_MILLIS_MAX = 2;

    private static final long MILLI = 1_000_000;

    final int number;
    NodeId id;

    /** What fails together has the same. */
    final String zone;

    final NodeAddress address;
    final SimClock clock;
    SimRecordDisk records;
    SimBlockStore.Disk blocks = new SimBlockStore.Disk();
    Room room = Room.ALL;

    /** How long a write or sync of the disks may take. */
    long diskMillisMax = DISK_MILLIS_MAX;

    /** Of whom the cluster was founded. */
    boolean isFounder;

    /** Partitions should be here. */
    boolean isIn = true;

    /** It left for good. */
    boolean isGone;

    /** The behaviour level that its release knows. */
    int level;

    double coldReadChance;
    double busyChance;
    private final Cluster cluster;
    private @Nullable NodeProcess process;

    Machine(Cluster cluster, int number, NodeId id, String zone) {
        this.cluster = cluster;
        this.number = number;
        this.id = id;
        this.zone = zone;
        this.address = new NodeAddress("node-" + number, 7000 + number);
        this.records = newRecords();
        this.clock = new SimClock(cluster.scheduler);
    }

    boolean isUp() {
        return process != null;
    }

    /** Whether other nodes would hear from it now. */
    boolean answers() {
        return process != null && !process.loops.isPaused();
    }

    boolean isServing() {
        return process != null && process.isServing();
    }

    NodeProcess process() {
        return Objects.requireNonNull(process, () -> this + " is down");
    }

    void boot() {
        if (process != null) {
            throw new IllegalStateException(this + " is up");
        }
        level = cluster.releases.levelFrom(level);
        process = new NodeProcess(cluster, this);
        process.start();
    }

    /** The process is gone, the machine goes on: what it had written stays, even unsynced. */
    void kill() {
        end();
        records.killed(cluster.random);
    }

    /** What was not synced may be gone. */
    void losePower() {
        end();
        records.crash(cluster.random);
    }

    /** Comes back with empty disks, as another node. */
    void loseDisks(NodeId next) {
        if (isUp()) {
            losePower();
        }
        id = next;
        isFounder = false;
        records = newRecords();
        blocks = new SimBlockStore.Disk();
    }

    private SimRecordDisk newRecords() {
        SimRecordDisk disk = new SimRecordDisk();
        if (cluster.flaw == Flaw.SYNC_IGNORED) {
            disk.ignoreSyncs();
        }
        return disk;
    }

    /** In the right way; completes when the process is gone. */
    Future<Void> stop() {
        NodeProcess stopping = process();
        return stopping.stop().onComplete(done -> {
            if (process == stopping) {
                end();
                records.crash(cluster.random);
            }
        });
    }

    private void end() {
        process().end();
        process = null;
    }

    /** How the replica that it has stands; null where it has none, or does not run. */
    @Nullable
    Standing standing(PartitionId partition) {
        return process == null ? null : process.stack().partitions.standing(partition);
    }

    void pause(long millis) {
        process().loops.pause(millis * MILLI);
    }

    /** Makes the disks slow, or as fast as they were. */
    void setDiskMillisMax(long millis) {
        diskMillisMax = millis;
        if (process != null) {
            process.setDiskMillisMax(millis);
        }
    }

    /** A client's request arrives. */
    <T> void accept(Function<ObjectLayer, Future<T>> operation, Consumer<Reply<T>> answer) {
        if (process == null) {
            answer.accept(Reply.unavailable());
        } else {
            process.accept(operation, answer);
        }
    }

    String describe() {
        return this + " " + id + (isIn ? "" : " to be emptied")
                + (process == null
                        ? " down"
                        : (isServing() ? "" : " not serving") + ", " + process.openRequests() + " requests open");
    }

    @Override
    public String toString() {
        return "node " + number;
    }
}
