package io.chordata.node.cluster;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.partition.Standing;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.sim.SimPeerNetwork;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The machines, the network between them, and how clients reach them. */
final class Cluster {
    static final ClusterId ID = new ClusterId(new Uint128(1, 1));

    private static final long MILLI = 1_000_000;
    private static final long LOOK_MILLIS = 20;
    private static final int ZONES_MAX = 4;
    private static final long LATENCY_NANOS_MAX = 3 * MILLI;

    final SimScheduler scheduler;
    final SimRandom random;
    final SimPeerNetwork network;
    final Partitioning partitioning;
    final StackOptions options;
    final Flaw flaw;
    final RuleCounts rules = new RuleCounts();
    final Placement placement;
    final Releases releases;
    final List<Machine> machines = new ArrayList<>();
    private long nodes;
    private @Nullable AssertionError violation;

    private final int zones;
    private final List<PartitionId> partitions;

    /** @param replicas on so many nodes each partition should be */
    Cluster(
            SimScheduler scheduler,
            Partitioning partitioning,
            int replicas,
            StackOptions options,
            Releases releases,
            Flaw flaw) {
        this.scheduler = scheduler;
        this.random = scheduler.random().fork();
        this.network = new SimPeerNetwork(scheduler);
        this.partitioning = partitioning;
        this.options = options;
        this.releases = releases;
        this.flaw = flaw;
        this.placement = new Placement(this, replicas);
        this.zones = 1 + random.nextInt(ZONES_MAX);
        this.partitions = IntStream.range(0, partitioning.count())
                .mapToObj(PartitionId::new)
                .toList();
    }

    Machine add() {
        Machine machine = new Machine(this, machines.size(), newNode(), "zone-" + machines.size() % zones);
        machines.add(machine);
        return machine;
    }

    NodeId newNode() {
        return new NodeId(new Uint128(7, ++nodes));
    }

    /** Null if its disks are gone. */
    @Nullable
    Machine machineOf(NodeId node) {
        for (Machine machine : machines) {
            if (machine.id.equals(node)) {
                return machine;
            }
        }
        return null;
    }

    /** Who takes the partition's commands; of several that take it for theirs, the one of the newest term. */
    @Nullable
    Machine leaderOf(PartitionId partition) {
        Machine leader = null;
        long term = -1;
        for (Machine machine : machines) {
            Standing standing = machine.standing(partition);
            if (standing != null && standing.serves() && standing.term() > term) {
                leader = machine;
                term = standing.term();
            }
        }
        return leader;
    }

    /** Whether a node is a member of any group, or may be, as a group has no leader. */
    boolean mayBeMember(NodeId node) {
        for (PartitionId partition : partitions()) {
            Configuration now = configurationOf(partition);
            if (now == null || now.isJoint() || now.memberOf(node) != null) {
                return true;
            }
        }
        return false;
    }

    /** Whether some group has members on their way. */
    boolean isMoving() {
        return partitions().stream()
                .map(this::configurationOf)
                .anyMatch(
                        now -> now != null && (now.isJoint() || !now.learners().isEmpty()));
    }

    /** Whether each group, with its blocks, lives on if the disks of one node are gone, as none of the others lacks anything. */
    boolean toleratesLossOf(NodeId node) {
        for (PartitionId partition : partitions()) {
            Configuration now = configurationOf(partition);
            if (now == null || (now.memberOf(node) != null && !(hasThree(now) && isEachWhole(now)))) {
                return false;
            }
        }
        return true;
    }

    /** A node is a member twice where its place is taken anew, as its replica before is lost. */
    private static boolean isEachWhole(Configuration now) {
        Set<NodeId> nodes = new HashSet<>();
        return now.members().stream().allMatch(member -> nodes.add(member.node()));
    }

    private static boolean hasThree(Configuration now) {
        return now.voters().size() >= 3 && (!now.isJoint() || now.outgoing().size() >= 3);
    }

    /** As its leader has it; null if there is none, or it may yet take it back. */
    private @Nullable Configuration configurationOf(PartitionId partition) {
        Machine leader = leaderOf(partition);
        Standing standing = leader == null ? null : leader.standing(partition);
        return standing != null && standing.isConfigurationSynced() ? standing.configuration() : null;
    }

    List<PartitionId> partitions() {
        return partitions;
    }

    /** Those that have not left for good, up or down. */
    List<Machine> present() {
        return machines.stream().filter(machine -> !machine.isGone).toList();
    }

    List<Machine> up() {
        return machines.stream().filter(Machine::isUp).toList();
    }

    /** A promise was broken; the first is told when the event under way is over. */
    void violated(String what, @Nullable Throwable cause) {
        if (violation == null) {
            violation = new AssertionError(what + (cause == null ? "" : ": " + cause), cause);
        }
    }

    /** Sends a client's request; {@code then} is called once, within the time. */
    <T> void request(
            Machine to, long timeoutMillis, Function<ObjectLayer, Future<T>> operation, Consumer<Reply<T>> then) {
        Request<T> request = new Request<>(then);
        scheduler.afterMillis(timeoutMillis, () -> request.end(Reply.lost()));
        later(() -> to.accept(operation, reply -> later(() -> request.end(reply))));
    }

    private static final class Request<T> {
        private final Consumer<Reply<T>> then;
        private boolean hasEnded;

        Request(Consumer<Reply<T>> then) {
            this.then = then;
        }

        void end(Reply<T> reply) {
            if (!hasEnded) {
                hasEnded = true;
                then.accept(reply);
            }
        }
    }

    private void later(Runnable task) {
        scheduler.after(random.nextLong(0, LATENCY_NANOS_MAX), task);
    }

    void run(long millis) {
        boolean[] over = {false};
        scheduler.after(millis * MILLI, () -> over[0] = true);
        while (!over[0]) {
            step();
        }
    }

    /** Runs until that holds, which is looked at now and then; the milliseconds it took. */
    long await(String what, long millisMax, BooleanSupplier condition) {
        long begin = scheduler.nowNanos();
        while (!condition.getAsBoolean()) {
            if (scheduler.nowNanos() - begin > millisMax * MILLI) {
                throw new AssertionError("waited " + millisMax + " ms in vain for " + what + describe());
            }
            run(LOOK_MILLIS);
        }
        return (scheduler.nowNanos() - begin) / MILLI;
    }

    /** Who is there, and what each group makes of itself where it is not as it should be. */
    String describe() {
        StringBuilder text = new StringBuilder();
        for (Machine machine : present()) {
            text.append("\n  ").append(machine.describe());
        }
        for (PartitionId partition : partitions()) {
            Machine leader = leaderOf(partition);
            text.append("\n  ").append(partition).append(" should be at ").append(placement.desired(partition));
            for (Machine machine : leader == null ? present() : List.of(leader)) {
                text.append("\n    ").append(machine).append(": ").append(machine.standing(partition));
            }
        }
        return text.toString();
    }

    private void step() {
        if (!scheduler.step()) {
            throw new AssertionError("nothing is left to happen");
        }
        if (violation != null) {
            throw violation;
        }
    }
}
