package io.chordata.node.ring;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.RingId;
import io.chordata.node.sim.SimNetwork;
import io.chordata.node.sim.SimNetwork.Weather;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/**
 * One seed: nodes join, leave, crash and return while the network misbehaves; then all is mended, and the ring must become
 * what it should be. There are two kinds of runs. In one the assumptions of Zave's proof are kept (nobody is taken for dead
 * who is not, no member loses all live entries, a base stays), and her invariants must hold after each event. In the other
 * nothing is kept, and what remains true of each member alone is checked.
 */
final class RingSimulation {
    private static final int LIVENESS_SECONDS = 180;
    private static final int LOOKUPS = 10;

    private final RingCluster cluster;
    private final SimRandom random;
    private final boolean keepsAssumptions;
    private final int nodesMax;
    private final Set<RingId> base = new TreeSet<>();
    private boolean isWatching;
    private long faults;
    private long lookupsRight;
    private int healSeconds;

    /** What happened in a run. */
    record Outcome(
            long traceHash,
            long events,
            long faults,
            long lookups,
            boolean keptAssumptions,
            int convergedAfterSeconds,
            List<Long> rules) {}

    private RingSimulation(long seed, ChordRules rules) {
        SimScheduler scheduler = new SimScheduler(seed);
        this.random = scheduler.random().fork();
        this.keepsAssumptions = random.chance(0.6);
        this.nodesMax = 2 + random.nextInt(11);
        this.cluster = new RingCluster(scheduler, options(), rules, random.chance(0.25), true);
        cluster.watch(this::check);
        cluster.checksWakes = true;
    }

    private RingOptions options() {
        int entries = keepsAssumptions ? 2 + random.nextInt(7) : 1 + random.nextInt(8);
        int nodes = 1 + random.nextInt(4);
        return new RingOptions(
                entries,
                nodes,
                1_000,
                10_000,
                1_500,
                3,
                random.chance(0.5) ? 10_000 : 2_000,
                250,
                5_000,
                1 + random.nextInt(50),
                new RingOptions.Routing(random.chance(0.7), random.chance(0.7), false));
    }

    /** @throws AssertionError if the ring is not what it should be; names the seed */
    static Outcome run(long seed, ChordRules rules) {
        RingSimulation simulation = new RingSimulation(seed, rules);
        try {
            return simulation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " at " + simulation.cluster.nowMillis() + " ms"
                            + (simulation.keepsAssumptions ? " within" : " without") + " the assumptions: "
                            + e.getMessage(),
                    e);
        }
    }

    private Outcome run() {
        form();
        trouble();
        mend();
        converge();
        lookUp();
        List<Long> rules = new ArrayList<>();
        for (long count : cluster.countAll()) {
            rules.add(count);
        }
        return new Outcome(
                cluster.scheduler.traceHash(),
                cluster.scheduler.executed(),
                faults + networkFaults(),
                lookupsRight,
                keepsAssumptions,
                healSeconds,
                rules);
    }

    private long networkFaults() {
        long sum = 0;
        for (SimNetwork.Fault fault : SimNetwork.Fault.values()) {
            sum += cluster.network.faults(fault);
        }
        return sum;
    }

    /** Enough members for a base of one more than a list is long. */
    private void form() {
        cluster.addNode(1 + random.nextInt(3)).found();
        int forBase = cluster.options().successorEntries() + 1;
        int wanted = keepsAssumptions ? cluster.options().successorNodes() + 1 : 1 + random.nextInt(3);
        while (cluster.nodes.size() < wanted
                || (keepsAssumptions
                        && cluster.nodes.stream()
                                        .mapToInt(node -> node.ids.size())
                                        .sum()
                                < forBase)) {
            cluster.addNode(1 + random.nextInt(3)).join();
        }
        await("the first ring", cluster::isIdeal);
        if (keepsAssumptions) {
            cluster.nodes.forEach(node -> {
                node.isBase = true;
                base.addAll(node.ids);
            });
        }
        isWatching = true;
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
        RingInvariants now = RingInvariants.of(changed);
        List<String> violations = isWatching && keepsAssumptions ? now.all(base) : now.local();
        if (!violations.isEmpty()) {
            throw new AssertionError(String.join("; ", violations));
        }
    }

    private void trouble() {
        int seconds = 20 + random.nextInt(60);
        cluster.network.become(weather());
        for (int i = 0; i < seconds * 2; i++) {
            cluster.advanceMillis(random.nextInt(1000));
            if (random.chance(0.5)) {
                oneTrouble();
            }
        }
    }

    /** A question and its answer must come within the time-out where the assumptions are kept. */
    private Weather weather() {
        return keepsAssumptions
                ? new Weather(1, random.nextInt(200) + 1, 0, random.chance(0.5) ? 0.1 : 0, 0, 0)
                : new Weather(
                        1, random.nextInt(300) + 1, random.nextInt(10) / 100.0, 0.05, random.nextInt(5) / 100.0, 5000);
    }

    private void oneTrouble() {
        switch (random.nextInt(keepsAssumptions ? 6 : 10)) {
            case 0, 1 -> join();
            case 2, 3 -> fail(random.chance(0.3));
            case 4 -> restart();
            case 5 -> lookUpAnything();
            case 6 -> partition();
            case 7 -> cluster.network.mend();
            case 8 -> pause();
            default -> jump();
        }
    }

    private void join() {
        if (cluster.nodes.size() < nodesMax) {
            cluster.addNode(1 + random.nextInt(3)).join();
        }
    }

    private RingCluster.Node anyNode() {
        return cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    }

    private void fail(boolean leaves) {
        RingCluster.Node node = anyNode();
        if (!node.isUp() || (keepsAssumptions && !mayFail(node))) {
            return;
        }
        faults++;
        if (leaves) {
            node.leave();
        } else {
            node.crash();
        }
    }

    /** Whether nobody would be left without a live entry: no member now, and nobody who adopts a list that is under way. */
    private boolean mayFail(RingCluster.Node node) {
        if (node.isBase) {
            return false;
        }
        NavigableMap<RingId, RingMember> rest = new TreeMap<>(cluster.members());
        node.ids.forEach(rest::remove);
        boolean allMembers = rest.values().stream()
                .allMatch(member ->
                        member.successors().entries().stream().anyMatch(entry -> rest.containsKey(entry.id())));
        return allMembers
                && cluster.network.underWay().stream().allMatch(envelope -> staysUseful(envelope.message(), rest));
    }

    private static boolean staysUseful(RingMessage message, NavigableMap<RingId, RingMember> rest) {
        if (!(message instanceof RingMessage.Answers answers)) {
            return true;
        }
        return answers.answers().stream()
                .filter(answer -> answer instanceof Answer.Told)
                .map(answer -> ((Answer.Told) answer).pointers().successors())
                .allMatch(list -> list.subList(0, Math.max(1, list.size() - 1)).stream()
                        .anyMatch(entry -> rest.containsKey(entry.id())));
    }

    private void restart() {
        RingCluster.Node node = anyNode();
        if (!node.isUp()) {
            if (random.chance(0.5)) {
                node.move();
            }
            node.restart();
        }
    }

    private void pause() {
        RingCluster.Node node = anyNode();
        if (node.isUp()) {
            faults++;
            node.pause(random.nextInt(random.chance(0.2) ? 30_000 : 3_000));
        }
    }

    private void jump() {
        RingCluster.Node node = anyNode();
        if (node.isUp()) {
            faults++;
            node.jumpClock(random.nextInt(60_000));
        }
    }

    private void partition() {
        faults++;
        long salt = random.nextLong();
        boolean oneWay = random.chance(0.3);
        cluster.network.cut((from, to) -> {
            boolean fromLeft = isLeft(from, salt);
            boolean toLeft = isLeft(to, salt);
            return oneWay ? fromLeft && !toLeft : fromLeft != toLeft;
        });
    }

    private static boolean isLeft(NodeAddress address, long salt) {
        return ((address.host().substring(address.host().lastIndexOf('.')).hashCode() * 0x9E3779B97F4A7C15L ^ salt)
                        & 0x10000)
                == 0;
    }

    private void lookUpAnything() {
        RingCluster.Node node = anyNode();
        if (node.isUp()) {
            node.lookup(new RingId(random.nextUint128()), result -> {});
        }
    }

    private void mend() {
        isWatching = keepsAssumptions;
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
        await("fingers", () -> RingInvariants.of(cluster).areFingersRight());
        await("an end of wrong suspicions", () -> !isAnybodySuspectedWrongly());
        healSeconds = seconds;
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
        for (int i = 0; i < LOOKUPS; i++) {
            RingCluster.Node node = anyNode();
            RingId id = random.chance(0.2) ? anyNode().ids.get(0) : new RingId(random.nextUint128());
            if (node.isUp()) {
                node.lookup(id, result -> checkRight(id, ring.owner(id), result));
            }
        }
        cluster.advanceMillis(10_000);
    }

    private void checkRight(RingId id, RingId owner, LookupResult result) {
        if (!(result instanceof LookupResult.Found found) || !found.owner().id().equals(owner)) {
            throw new AssertionError("the lookup of " + id + " ended with " + result + ", not at " + owner);
        }
        lookupsRight++;
    }
}
