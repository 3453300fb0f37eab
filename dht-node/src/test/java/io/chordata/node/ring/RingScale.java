package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.RingId;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A large ring, grown by joins, and its figures: lookups by fingers alone, the price of doing nothing, how long a join and a
 * departure take until every pointer and finger is right, and what happens when half of all nodes are gone at once.
 */
final class RingScale {
    private static final Logger LOG = LoggerFactory.getLogger(RingScale.class);
    private static final int LIST = 16;
    private static final int LOOKUPS = 2_000;
    private static final long LOOKUPS_MILLIS_MAX = 60_000;
    private static final long GROW_SECONDS = 60;
    /** For each newcomer of one second so many are there already: otherwise most would stand in line behind a few. */
    private static final int JOIN_AT_ONCE_PER = 4;

    private static final int QUIET_PERIODS = 12;
    private static final int IDLE_SECONDS = 20;
    /** Joins, and as many departures, each by itself. */
    private static final int CHANGES = 3;

    private static final long SETTLE_MILLIS_MAX = 600_000;
    private static final long NOT_SO_EXACT_MILLIS = 2_000;
    private static final long EXACT_MILLIS = 250;

    private static final long PROGRESS_MILLIS = 10_000;

    private final RingCluster cluster;
    private final SimRandom random;
    private final int nodes;
    private final int positions;

    /**
     * @param joined after the longest of some joins
     * @param left after the longest of some departures
     * @param rightBefore share of lookups that ended at the right live successor right after half of the nodes failed
     * @param rightAfter the same once the ring is repaired
     */
    record Figures(
            int nodes,
            int positions,
            Lookups lookups,
            double messagesPerSecond,
            double bytesPerSecond,
            Convergence joined,
            Convergence left,
            double rightBefore,
            double rightAfter,
            Convergence repaired) {
        double log2() {
            return Math.log((double) nodes * positions) / Math.log(2);
        }

        /** Two periods for each doubling of the ring. */
        double periodsMax() {
            return 2 * log2();
        }
    }

    /**
     * How long it took until all was as it should be.
     *
     * @param ringMillis for predecessors and lists
     * @param fingersMillis for fingers as well
     */
    record Convergence(long ringMillis, long fingersMillis) {
        static final Convergence AT_ONCE = new Convergence(0, 0);

        Convergence orLonger(Convergence other) {
            return new Convergence(
                    Math.max(ringMillis, other.ringMillis), Math.max(fingersMillis, other.fingersMillis));
        }
    }

    /** @param messages sent for one lookup, both ways, on average */
    record Lookups(double right, double meanHops, int p50Hops, int p99Hops, double messages) {}

    private RingScale(int nodes, int positions, long seed) {
        RingOptions all = RingOptions.DEFAULT;
        RingOptions options = new RingOptions(
                LIST,
                all.successorNodes(),
                all.busyPeriodMillis(),
                all.quietPeriodMillis(),
                all.questionMillis(),
                all.attempts(),
                all.deadMillis(),
                all.hedgeMillis(),
                Integer.MAX_VALUE,
                1,
                RingOptions.Routing.FINGERS);
        this.cluster = new RingCluster(new SimScheduler(seed), options, ChordRules.CORRECTED, false, true);
        this.random = cluster.scheduler.random().fork();
        this.nodes = nodes;
        this.positions = positions;
        cluster.eventsMax = Long.MAX_VALUE;
        cluster.network.stopTracking();
    }

    static Figures measure(int nodes, int positions, long seed) {
        return new RingScale(nodes, positions, seed).measure();
    }

    /** A large ring takes its time; whoever waits sees how far it is. */
    private void progress(String done) {
        Runtime runtime = Runtime.getRuntime();
        LOG.info(
                "{}x{}: {} after {} s simulated, {} events, {} s of CPU, {} MiB of heap in use",
                nodes,
                positions,
                done,
                cluster.nowMillis() / 1_000,
                cluster.scheduler.executed(),
                ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .map(Duration::toSeconds)
                        .orElse(0L),
                (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private Figures measure() {
        grow();
        progress("grown");
        settle(NOT_SO_EXACT_MILLIS);
        progress("settled");
        cluster.advanceMillis(cluster.options().quietPeriodMillis() * QUIET_PERIODS);
        cluster.weigh(true);
        long bytes = cluster.encodedBytes;
        long sent = cluster.network.sent();
        cluster.advanceMillis(IDLE_SECONDS * 1_000);
        cluster.weigh(false);
        progress("idle");
        double bytesPerSecond = (double) (cluster.encodedBytes - bytes) / IDLE_SECONDS / nodes;
        double messagesPerSecond = (double) (cluster.network.sent() - sent) / IDLE_SECONDS / nodes;
        Lookups whole = lookUp(messagesPerSecond);
        progress("looked up");
        Convergence joined = longest(this::join);
        progress("joined");
        Convergence left = longest(this::leave);
        progress("left");
        failHalf();
        Lookups before = lookUp(messagesPerSecond);
        Convergence repaired = settle(NOT_SO_EXACT_MILLIS);
        progress("half gone and repaired");
        Lookups after = lookUp(messagesPerSecond);
        return new Figures(
                nodes,
                positions,
                whole,
                messagesPerSecond,
                bytesPerSecond,
                joined,
                left,
                before.right(),
                after.right(),
                repaired);
    }

    private void grow() {
        cluster.addNode(positions).found();
        cluster.advanceMillis(2_000);
        while (cluster.nodes.size() < nodes) {
            long more = Math.max(1, Math.min(nodes / GROW_SECONDS, cluster.nodes.size() / JOIN_AT_ONCE_PER));
            for (int i = 0; i < more && cluster.nodes.size() < nodes; i++) {
                cluster.addNode(positions).join();
            }
            cluster.advanceMillis(1_000);
            if (cluster.nowMillis() % PROGRESS_MILLIS == 0) {
                progress(cluster.nodes.size() + " nodes started");
            }
        }
    }

    private static Convergence longest(Supplier<Convergence> change) {
        Convergence longest = Convergence.AT_ONCE;
        for (int i = 0; i < CHANGES; i++) {
            longest = longest.orLonger(change.get());
        }
        return longest;
    }

    private Convergence join() {
        cluster.addNode(positions).join();
        return settle(EXACT_MILLIS);
    }

    private Convergence leave() {
        List<RingCluster.Node> up = up();
        up.get(random.nextInt(up.size())).leave();
        return settle(EXACT_MILLIS);
    }

    private List<RingCluster.Node> up() {
        return cluster.nodes.stream().filter(RingCluster.Node::isUp).toList();
    }

    private Convergence settle(long stepMillis) {
        long start = cluster.nowMillis();
        long ring = settle(start, stepMillis, cluster::isIdeal);
        long fingers = settle(start, NOT_SO_EXACT_MILLIS, RingInvariants.of(cluster)::areFingersRight);
        assertThat(cluster.isIdeal()).as("the ring stays as it should be").isTrue();
        return new Convergence(ring, fingers);
    }

    private long settle(long start, long stepMillis, BooleanSupplier condition) {
        while (cluster.nowMillis() - start < SETTLE_MILLIS_MAX) {
            if (condition.getAsBoolean()) {
                return cluster.nowMillis() - start;
            }
            cluster.advanceMillis(stepMillis);
        }
        RingInvariants now = RingInvariants.of(cluster);
        throw new AssertionError("not settled: " + now.ideal(cluster.options()).size() + " lists, fingers "
                + now.fingers().stream().limit(5).toList());
    }

    private void failHalf() {
        cluster.nodes.stream().filter(node -> node.isUp() && random.chance(0.5)).forEach(RingCluster.Node::crash);
    }

    private Lookups lookUp(double idleMessagesPerSecond) {
        RingInvariants ring = RingInvariants.of(cluster);
        List<RingCluster.Node> up = up();
        List<Integer> hops = new ArrayList<>();
        int[] ended = {0};
        long sent = cluster.network.sent();
        long start = cluster.nowMillis();
        for (int i = 0; i < LOOKUPS; i++) {
            RingId id = new RingId(random.nextUint128());
            RingId owner = ring.owner(id);
            up.get(random.nextInt(up.size())).lookup(id, result -> {
                ended[0]++;
                if (result instanceof LookupResult.Found found
                        && found.owner().id().equals(owner)) {
                    hops.add(result.hops());
                }
            });
        }
        while (ended[0] < LOOKUPS && cluster.nowMillis() - start < LOOKUPS_MILLIS_MAX) {
            cluster.advanceMillis(EXACT_MILLIS);
        }
        double idle = idleMessagesPerSecond * up.size() * (cluster.nowMillis() - start) / 1_000;
        return lookups(hops, (cluster.network.sent() - sent - idle) / LOOKUPS);
    }

    private static Lookups lookups(List<Integer> hops, double messages) {
        int[] sorted = hops.stream().mapToInt(hop -> hop).sorted().toArray();
        if (sorted.length == 0) {
            return new Lookups(0, 0, 0, 0, messages);
        }
        return new Lookups(
                sorted.length / (double) LOOKUPS,
                Arrays.stream(sorted).average().orElseThrow(),
                sorted[sorted.length / 2],
                sorted[sorted.length * 99 / 100],
                messages);
    }
}
