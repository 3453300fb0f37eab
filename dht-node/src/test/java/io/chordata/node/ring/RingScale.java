package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A large ring, grown by joins, and the figures of its lookups: whole, and with half of all nodes gone at once. */
final class RingScale {
    private static final int LIST = 16;
    private static final int LOOKUPS = 2_000;
    private static final long GROW_SECONDS = 60;

    private final RingCluster cluster;
    private final SimRandom random;
    private final int nodes;
    private final int positions;

    /**
     * @param rightBefore share of lookups that ended at the right live successor right after half of the nodes failed
     * @param rightAfter the same once the ring is repaired
     */
    record Figures(
            int nodes,
            int positions,
            double meanHops,
            int p99Hops,
            double right,
            double messagesPerSecond,
            long convergedMillis,
            double rightBefore,
            double rightAfter,
            long repairedMillis) {
        double log2() {
            return Math.log((double) nodes * positions) / Math.log(2);
        }
    }

    private record Outcome(double right, double mean, int p99) {}

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

    private Figures measure() {
        grow();
        long converged = settle();
        long sent = cluster.network.sent();
        cluster.advanceMillis(20_000);
        double perSecond = (cluster.network.sent() - sent) / 20.0 / nodes;
        Outcome whole = lookUp();
        failHalf();
        Outcome before = lookUp();
        long repaired = settle();
        Outcome after = lookUp();
        return new Figures(
                nodes,
                positions,
                whole.mean(),
                whole.p99(),
                whole.right(),
                perSecond,
                converged,
                before.right(),
                after.right(),
                repaired);
    }

    private void grow() {
        cluster.addNode(positions).found();
        cluster.advanceMillis(2_000);
        while (cluster.nodes.size() < nodes) {
            int more = (int) Math.min(nodes - cluster.nodes.size(), Math.max(1, nodes / GROW_SECONDS));
            for (int i = 0; i < more; i++) {
                cluster.addNode(positions).join();
            }
            cluster.advanceMillis(1_000);
        }
    }

    /** How long it takes until all pointers and fingers are what they should be. */
    private long settle() {
        long start = cluster.nowMillis();
        for (int i = 0; i < 300; i++) {
            if (cluster.isIdeal() && RingInvariants.of(cluster).fingers().isEmpty()) {
                return cluster.nowMillis() - start;
            }
            cluster.advanceMillis(2_000);
        }
        RingInvariants now = RingInvariants.of(cluster);
        throw new AssertionError("not settled: " + now.ideal(cluster.options()).size() + " lists, fingers "
                + now.fingers().stream().limit(5).toList());
    }

    private void failHalf() {
        cluster.nodes.stream().filter(node -> random.chance(0.5)).forEach(RingCluster.Node::crash);
    }

    private Outcome lookUp() {
        RingInvariants ring = RingInvariants.of(cluster);
        List<RingCluster.Node> up =
                cluster.nodes.stream().filter(RingCluster.Node::isUp).toList();
        List<Integer> hops = new ArrayList<>();
        for (int i = 0; i < LOOKUPS; i++) {
            RingId id = new RingId(random.nextUint128());
            RingId owner = ring.owner(id);
            up.get(random.nextInt(up.size())).lookup(id, result -> {
                if (result instanceof LookupResult.Found found
                        && found.owner().id().equals(owner)) {
                    hops.add(result.hops());
                }
            });
        }
        cluster.advanceMillis(30_000);
        int[] sorted = hops.stream().mapToInt(hop -> hop).sorted().toArray();
        return new Outcome(
                sorted.length / (double) LOOKUPS,
                Arrays.stream(sorted).average().orElse(0),
                sorted.length == 0 ? 0 : sorted[sorted.length * 99 / 100]);
    }
}
