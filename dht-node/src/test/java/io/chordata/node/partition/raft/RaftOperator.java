package io.chordata.node.partition.raft;

import io.chordata.node.sim.SimRandom;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator who takes for gone whom one node does not reach, and has the group go on without them: rightly or not. As the command
 * does, it asks everybody, has all who answer promise the next generation, and forces the one whose log is the most up to date.
 */
final class RaftOperator {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LOOK_MILLIS = 20;
    private static final int LOOKS_MAX = 100;
    private static final long FINISH_MILLIS = 120_000;

    private final RaftCluster cluster;
    private final SimRandom random;
    private boolean isAtWork;

    RaftOperator(RaftCluster cluster, SimRandom random) {
        this.cluster = cluster;
        this.random = random;
    }

    /** Now and then it forces, and now and then it looks what may be discarded. */
    void maybeForce() {
        if (random.chance(0.1)) {
            force(cluster.nodes.get(random.nextInt(cluster.nodes.size())));
        } else if (random.chance(0.3)) {
            discardSome();
        }
    }

    /** @param from whom that one reaches is asked */
    void force(RaftNode from) {
        List<RaftNode> reached = reached(from);
        List<RaftReplica> answering = answering(reached);
        RaftReplica survivor = survivor(answering);
        if (isAtWork || survivor == null) {
            return;
        }
        long newest = newestPromised(reached);
        if (isMajorityThere(answering) && newest == survivor.generation()) {
            cluster.count(RaftFault.FORCE_REFUSED);
            return;
        }
        isAtWork = true;
        long generation = Generations.next(newest, survivor.self.node());
        cluster.journal.note(survivor.node.number, "is to begin", Long.toHexString(generation));
        answering.forEach(replica -> replica.turn(() -> replica.group().promise(generation)));
        later(() -> forceOncePromised(answering, survivor, generation, LOOKS_MAX));
    }

    private void later(Runnable task) {
        cluster.scheduler.after(LOOK_MILLIS * NANOS_PER_MILLI, task);
    }

    private List<RaftNode> reached(RaftNode from) {
        return cluster.nodes.stream()
                .filter(node -> !node.isPaused() && (node == from ? node.isUp() : cluster.isConnected(from, node)))
                .toList();
    }

    private static List<RaftReplica> answering(List<RaftNode> reached) {
        return reached.stream()
                .map(RaftNode::replica)
                .filter(replica -> replica != null)
                .toList();
    }

    private static @Nullable RaftReplica survivor(List<RaftReplica> answering) {
        return answering.stream()
                .filter(replica -> replica.shadow().last() >= replica.self.tenure())
                .filter(RaftOperator::isMember)
                .filter(replica -> replica.group().level() <= replica.node.supportedLevel)
                .filter(replica -> !replica.snapshots.isInstalling())
                .max(Comparator.comparingLong(RaftReplica::generation)
                        .thenComparingLong(replica ->
                                replica.group().termOf(replica.shadow().last()))
                        .thenComparingLong(replica -> replica.shadow().last()))
                .orElse(null);
    }

    /** As far as it knows. */
    private static boolean isMember(RaftReplica replica) {
        RaftGroup group = replica.group();
        Configuration committed = group.configurationAt(group.view().commitIndex());
        return RaftRules.RAFT.isMember(committed, replica.self);
    }

    /** By any configuration that anybody knows, whether those who answer could decide without force. */
    private static boolean isMajorityThere(List<RaftReplica> answering) {
        return answering.stream()
                .anyMatch(knows -> knows.configuration()
                        .isMajority(voter -> answering.stream()
                                .anyMatch(other ->
                                        other.self.equals(voter) && other.generation() == knows.generation())));
    }

    /** A node that keeps nothing any more still keeps its promise: one that is not begun shuts it out of the group. */
    private static long newestPromised(List<RaftNode> reached) {
        return reached.stream().mapToLong(RaftOperator::promised).max().orElse(Generations.FIRST);
    }

    private static long promised(RaftNode node) {
        long durably = node.disk.hardState().promised();
        RaftReplica replica = node.replica();
        return replica == null ? durably : Math.max(durably, replica.group().promised());
    }

    private void forceOncePromised(List<RaftReplica> promising, RaftReplica survivor, long generation, int looksLeft) {
        boolean areThere =
                promising.stream().allMatch(replica -> replica == replica.node.replica() && !replica.node.isPaused());
        boolean havePromised = promising.stream().allMatch(replica -> hasPromised(replica, generation));
        if (areThere && !havePromised && looksLeft > 0) {
            later(() -> forceOncePromised(promising, survivor, generation, looksLeft - 1));
            return;
        }
        isAtWork = false;
        boolean isBest = areThere && survivor == survivor(promising);
        if (!havePromised || !isBest || survivor.group().refusalOfForce(generation) != null) {
            cluster.count(RaftFault.FORCE_GIVEN_UP);
            return;
        }
        cluster.count(RaftFault.FORCED);
        expectNoLossIfMostAreThere(promising, survivor);
        survivor.force(generation);
    }

    /** Most of those answered who decide, whoever knows that: what they have committed is there. */
    private static void expectNoLossIfMostAreThere(List<RaftReplica> promising, RaftReplica survivor) {
        RaftOracle oracle = survivor.oracle();
        boolean areMost = oracle.committedConfiguration()
                .isMajority(voter -> promising.stream()
                        .anyMatch(
                                replica -> replica.self.equals(voter) && replica.generation() == oracle.generation()));
        if (areMost && !oracle.hasAll(survivor)) {
            throw new AssertionError("most of those who decide answered, and something is lost by " + survivor);
        }
    }

    private static boolean hasPromised(RaftReplica replica, long generation) {
        return replica.node.disk.hardState().promised() == generation
                && replica.group().promised() == generation
                && !replica.snapshots.isInstalling();
    }

    private boolean isLeftBehind(RaftNode node) {
        return node.disk.owner() != null
                && node.disk.hardState().generation() < cluster.oracle().generation()
                && node.disk.hardState().promised() >= cluster.oracle().generation();
    }

    private void discardSome() {
        for (RaftNode node : cluster.nodes) {
            if (node.isUp() && node.replica() != null && isLeftBehind(node) && isSynced() && random.chance(0.5)) {
                node.discard();
            }
        }
    }

    /** Whether the newest generation is on a disk, so that it is certain. */
    private boolean isSynced() {
        return cluster.nodes.stream()
                .anyMatch(node ->
                        node.disk.hardState().generation() == cluster.oracle().generation());
    }

    /** All are up and reach each other: what was begun is finished, and nothing of an earlier generation is left. */
    void finish() {
        cluster.await("one generation", FINISH_MILLIS, () -> {
            if (!isAtWork && isAnyPromisedOn()) {
                force(cluster.nodes.get(0));
            }
            cluster.nodes.forEach(this::meetNewest);
            discardAll();
            return !isAtWork
                    && isSynced()
                    && !isAnyPromisedOn()
                    && cluster.nodes.stream().noneMatch(this::isOfEarlier);
        });
    }

    /** To a generation that nobody has begun. */
    private boolean isAnyPromisedOn() {
        return newestPromised(cluster.nodes) > newestOnDisk();
    }

    private long newestOnDisk() {
        return cluster.nodes.stream()
                .mapToLong(node -> node.disk.hardState().generation())
                .max()
                .orElseThrow();
    }

    private boolean isOfEarlier(RaftNode node) {
        return node.disk.owner() != null && node.disk.hardState().generation() < newestOnDisk();
    }

    /** Somebody of the newest generation speaks to it. */
    private void meetNewest(RaftNode node) {
        RaftReplica replica = node.replica();
        if (replica != null && replica.generation() < newestOnDisk()) {
            RaftMessage word = new RaftMessage(
                    replica.self, replica.self, newestOnDisk(), 0, new RaftMessage.VoteAnswer(false, false));
            replica.turn(() -> replica.group().onMessage(word));
        }
    }

    private void discardAll() {
        cluster.nodes.stream()
                .filter(node -> node.replica() != null
                        && node.disk.hardState().generation() < newestOnDisk()
                        && node.disk.hardState().promised() >= newestOnDisk())
                .forEach(RaftNode::discard);
    }
}
