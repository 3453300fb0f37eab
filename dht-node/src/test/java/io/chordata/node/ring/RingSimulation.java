package io.chordata.node.ring;

import io.chordata.node.core.RingId;
import io.chordata.node.sim.SimNetwork;
import io.chordata.node.sim.SimNetwork.Weather;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * One seed: nodes join, leave, crash and return while the network misbehaves; then all is mended, and the ring must become
 * what it should be. There are two kinds of runs. What holds of each member alone is checked after each event of both.
 */
final class RingSimulation {
    private static final int LIVENESS_SECONDS = 180;
    /** Until then messages from before may come, and questions from before may be given up. */
    private static final int AFTERMATH_MILLIS = 8_000;

    private static final int LOOKUPS = 10;

    private final RingCluster cluster;
    private final SimRandom random;
    private final Kind kind;
    private final RingTrouble trouble;
    private final MemberInvariants invariants;
    private final Set<RingId> base = new TreeSet<>();
    private boolean isWatching;
    private long checks;
    private long checksOfAll;
    private long lookupsRight;
    private int healSeconds;

    enum Kind {
        /** The assumptions of Zave's proof are kept, so her invariants must hold after each event. */
        WITHIN_ASSUMPTIONS {
            @Override
            RingOptions options(SimRandom random) {
                return BoundedTrouble.options(random);
            }

            @Override
            RingTrouble trouble(RingCluster cluster, SimRandom random, int nodesMax) {
                return new BoundedTrouble(cluster, random, nodesMax);
            }
        },
        /** Nothing is kept; her invariants must hold again after each event once the ring is mended. */
        BEYOND_ASSUMPTIONS {
            @Override
            RingOptions options(SimRandom random) {
                return WildTrouble.options(random);
            }

            @Override
            RingTrouble trouble(RingCluster cluster, SimRandom random, int nodesMax) {
                return new WildTrouble(cluster, random, nodesMax);
            }
        };

        abstract RingOptions options(SimRandom random);

        abstract RingTrouble trouble(RingCluster cluster, SimRandom random, int nodesMax);
    }

    /**
     * What happened in a run.
     *
     * @param checks how often something had changed, after which it was checked what each member must keep to
     * @param checksOfAll how often of these all invariants were checked
     */
    record Outcome(
            Kind kind,
            long traceHash,
            long events,
            long checks,
            long checksOfAll,
            Map<RingTrouble.Act, Long> acts,
            Map<SimNetwork.Fault, Long> networkFaults,
            long lookups,
            int convergedAfterSeconds,
            List<Long> rules) {}

    private RingSimulation(long seed, Kind kind, ChordRules rules) {
        SimScheduler scheduler = new SimScheduler(seed);
        this.random = scheduler.random().fork();
        this.kind = kind;
        int nodesMax = 2 + random.nextInt(11);
        this.cluster = new RingCluster(scheduler, kind.options(random), rules, random.chance(0.25), true);
        this.trouble = kind.trouble(cluster, random, nodesMax);
        this.invariants = new MemberInvariants(cluster);
        cluster.watch(this::check);
        cluster.checksWakes = true;
    }

    /** @throws AssertionError if the ring is not what it should be; names the seed */
    static Outcome run(long seed, Kind kind, ChordRules rules) {
        RingSimulation simulation = new RingSimulation(seed, kind, rules);
        try {
            return simulation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " at " + simulation.cluster.nowMillis() + " ms, " + kind + ": " + e.getMessage(),
                    e);
        }
    }

    private Outcome run() {
        form();
        beTroubled();
        mend();
        converge();
        lookUp();
        return outcome();
    }

    private Outcome outcome() {
        List<Long> rules = new ArrayList<>();
        for (long count : cluster.countAll()) {
            rules.add(count);
        }
        Map<SimNetwork.Fault, Long> networkFaults = new EnumMap<>(SimNetwork.Fault.class);
        for (SimNetwork.Fault fault : SimNetwork.Fault.values()) {
            networkFaults.put(fault, cluster.network.faults(fault));
        }
        return new Outcome(
                kind,
                cluster.scheduler.traceHash(),
                cluster.scheduler.executed(),
                checks,
                checksOfAll,
                trouble.acts(),
                networkFaults,
                lookupsRight,
                healSeconds,
                rules);
    }

    /** Enough members for a base of one more than a list is long. */
    private void form() {
        cluster.addNode(1 + random.nextInt(3)).found();
        int forBase = cluster.options().successorEntries() + 1;
        boolean hasBase = kind == Kind.WITHIN_ASSUMPTIONS;
        int wanted = hasBase ? cluster.options().successorNodes() + 1 : 1 + random.nextInt(3);
        while (cluster.nodes.size() < wanted || (hasBase && positions() < forBase)) {
            cluster.addNode(1 + random.nextInt(3)).join();
        }
        await("the first ring", cluster::isIdeal);
        if (hasBase) {
            cluster.nodes.forEach(node -> node.isBase = true);
            watchAll();
        }
    }

    private int positions() {
        return cluster.nodes.stream().mapToInt(node -> node.ids.size()).sum();
    }

    /** From now on all invariants are checked; whoever is there now stays. */
    private void watchAll() {
        isWatching = true;
        base.addAll(cluster.members().keySet());
        check(cluster);
    }

    private void await(String what, BooleanSupplier condition) {
        for (int i = 0; i < LIVENESS_SECONDS; i++) {
            if (condition.getAsBoolean()) {
                healSeconds = i;
                return;
            }
            cluster.advanceMillis(1000);
        }
        throw new AssertionError(what + " did not come about: " + describe());
    }

    private String describe() {
        RingInvariants now = RingInvariants.of(cluster);
        long joining = cluster.nodes.stream()
                .filter(node -> node.isUp() && !node.machine().isJoined())
                .count();
        return joining + " nodes not joined, " + now.ideal(cluster.options()) + now.fingers();
    }

    private void check(RingCluster changed) {
        List<String> violations = invariants.violations();
        checks++;
        if (isWatching) {
            checksOfAll++;
            violations.addAll(RingInvariants.of(changed).all(base));
        }
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("; ", violations));
        }
    }

    private void beTroubled() {
        int seconds = 20 + random.nextInt(60);
        cluster.network.become(trouble.weather());
        for (int i = 0; i < seconds * 2; i++) {
            cluster.advanceMillis(random.nextInt(1000));
            if (random.chance(0.5)) {
                trouble.strike();
            }
        }
    }

    private void mend() {
        cluster.network.mend();
        cluster.network.become(Weather.FAIR);
        for (RingCluster.Node node : cluster.nodes) {
            if (!node.isUp() && (random.chance(0.7) || !isAnybodyThere())) {
                node.restart();
            }
        }
        if (!isAnybodyThere()) {
            cluster.nodes.get(0).restart();
        }
    }

    /** Nodes that never were on a ring wait for those that were. */
    private boolean isAnybodyThere() {
        return cluster.nodes.stream().anyMatch(node -> node.isUp() && node.wasMember);
    }

    private void converge() {
        await("the ideal ring", () -> isEverybodyAwake() && cluster.isIdeal());
        int seconds = healSeconds;
        cluster.advanceMillis(AFTERMATH_MILLIS);
        await(
                "a ring in which all is right",
                () -> cluster.isIdeal()
                        && RingInvariants.of(cluster).areFingersRight()
                        && !isAnybodySuspectedWrongly());
        healSeconds = seconds;
        watchAll();
    }

    /** Lookups pass over nodes that do not answer, for as long as those are taken for dead. */
    private boolean isAnybodySuspectedWrongly() {
        List<RingCluster.Node> up =
                cluster.nodes.stream().filter(RingCluster.Node::isUp).toList();
        return up.stream().anyMatch(node -> up.stream().anyMatch(node::takesForDead));
    }

    /** Pointers to a node that stands still are right, and it answers nobody. */
    private boolean isEverybodyAwake() {
        return cluster.nodes.stream().noneMatch(node -> node.isUp() && node.isPaused());
    }

    private void lookUp() {
        RingInvariants ring = RingInvariants.of(cluster);
        long begun = 0;
        for (int i = 0; i < LOOKUPS; i++) {
            RingCluster.Node node = trouble.anyNode();
            RingId id = random.chance(0.2) ? trouble.anyNode().ids.get(0) : new RingId(random.nextUint128());
            if (node.isUp()) {
                begun++;
                node.lookup(id, result -> checkRight(id, ring.owner(id), result));
            }
        }
        cluster.advanceMillis(10_000);
        if (lookupsRight != begun) {
            throw new AssertionError(begun - lookupsRight + " lookups did not end");
        }
    }

    private void checkRight(RingId id, RingId owner, LookupResult result) {
        if (!(result instanceof LookupResult.Found found) || !found.owner().id().equals(owner)) {
            throw new AssertionError("the lookup of " + id + " ended with " + result + ", not at " + owner);
        }
        lookupsRight++;
    }
}
