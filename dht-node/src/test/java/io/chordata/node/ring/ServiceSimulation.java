package io.chordata.node.ring;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.RingOptions.Routing;
import io.chordata.node.ring.ServiceCluster.SimNode;
import io.chordata.node.ring.directory.Counter;
import io.chordata.node.sim.SimPeerNetwork;
import io.chordata.node.sim.SimPeerNetwork.Weather;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One seed: whole nodes start, crash, return, go, stand still, are suspended, have their clocks set, and are cut off from each
 * other. Then all is mended, and there must be one ring, one directory, and right answers. At all times a node has the places
 * that it once told of, and nobody is refused who has not deserved it. The founder keeps its disk and its address: whoever is
 * started with seeds has it among them, and only who remembers it is started without.
 */
final class ServiceSimulation {
    private static final long CONVERGE_MILLIS = 240_000;
    private static final int LOOKUPS = 6;
    private static final int WALL_JUMP_MILLIS_MAX = 10 * 24 * 3_600_000;

    private final ServiceCluster cluster;
    private final SimRandom random;
    private final int nodesMax;
    private final Map<Act, Long> acts = new TreeMap<>();
    private long lookups;
    private int moves;

    /** What can happen. */
    enum Act {
        JOIN,
        CRASH,
        LEAVE,
        RETURN,
        RETURN_ELSEWHERE,
        WIPE,
        POWER_LOSS_OF_ALL,
        CUT,
        CUT_ONE_WAY,
        MEND,
        PAUSE,
        /** With the steady clock, as when a machine is suspended. */
        SUSPEND,
        WALL_CLOCK_FORWARD,
        WALL_CLOCK_BACK,
        CLONE
    }

    /** What happened in a run. */
    record Outcome(
            long traceHash,
            long events,
            Map<Act, Long> acts,
            List<Long> networkFaults,
            long lookups,
            long splitsFound,
            long suspicions,
            long convergedAfterMillis) {}

    private ServiceSimulation(long seed) {
        SimRandom drawn = new SimRandom(seed);
        this.cluster = new ServiceCluster(seed, options(drawn), new Partitioning(6));
        this.random = cluster.scheduler.random().fork();
        this.nodesMax = 1 + random.nextInt(12);
        cluster.busyChance = random.chance(0.3) ? 0.3 : 0;
    }

    private static RingServiceOptions options(SimRandom random) {
        return new RingServiceOptions(
                1 + random.nextInt(4),
                random.nextInt(10_000),
                RingOptions.DEFAULT,
                RingServiceOptions.DEFAULT.directory());
    }

    /** @throws AssertionError if something is not as it should be; names the seed */
    static Outcome run(long seed) {
        ServiceSimulation simulation = new ServiceSimulation(seed);
        try {
            return simulation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " at " + simulation.cluster.nowMillis() + " ms: " + e.getMessage(), e);
        }
    }

    private Outcome run() {
        begin();
        trouble();
        mend();
        long millis = cluster.await("one ring and one directory", CONVERGE_MILLIS, cluster::isWhole);
        cluster.run(RingOptions.DEFAULT.deadMillis());
        lookUp();
        if (random.chance(0.3)) {
            cloneOne();
        }
        return outcome(millis);
    }

    private void begin() {
        cluster.add().found();
        int count = random.nextInt(nodesMax);
        for (int i = 0; i < count; i++) {
            cluster.run(random.nextInt(500));
            join();
        }
    }

    private void count(Act act) {
        acts.merge(act, 1L, Long::sum);
    }

    private void trouble() {
        cluster.network.become(new Weather(
                5 + random.nextInt(200),
                random.nextInt(4) / 200.0,
                random.nextInt(4) / 200.0,
                1 + random.nextInt(5_000)));
        int seconds = 5 + random.nextInt(40);
        for (int i = 0; i < seconds; i++) {
            cluster.run(random.nextInt(2_000));
            oneTrouble();
        }
    }

    private void oneTrouble() {
        switch (random.nextInt(19)) {
            case 0, 1 -> join();
            case 2, 3 -> crash();
            case 4 -> leave();
            case 5, 6, 7 -> comeBack(anyNode());
            case 8 -> wipe();
            case 9 -> loseThePowerOfAll();
            case 10 -> cut();
            case 11, 12 -> mendWays();
            case 13 -> pause();
            case 14 -> suspend();
            case 15, 16 -> setWallClock();
            default -> lookUpAnything();
        }
    }

    private SimNode anyNode() {
        return cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    }

    /** One that is dead, the founder's, and any. */
    private NodeAddress[] seeds() {
        return new NodeAddress[] {ServiceCluster.addressOf(1_000), ServiceCluster.addressOf(0), anyNode().address};
    }

    private void join() {
        if (cluster.nodes.size() < nodesMax) {
            count(Act.JOIN);
            cluster.add().start(seeds());
        }
    }

    private void crash() {
        SimNode node = anyNode();
        if (node.isUp()) {
            count(Act.CRASH);
            node.crash();
        }
    }

    private void leave() {
        SimNode node = anyNode();
        if (node.isUp()) {
            count(Act.LEAVE);
            node.stop();
        }
    }

    private void comeBack(SimNode node) {
        if (node.isUp()) {
            return;
        }
        if (random.chance(0.3) && !node.isFounder) {
            count(Act.RETURN_ELSEWHERE);
            node.address = new NodeAddress("moved-" + moves++, 7000 + node.number);
            node.start(seeds());
        } else {
            returnTo(node);
        }
    }

    /** At the same address; who remembers the founder needs no seed. */
    private void returnTo(SimNode node) {
        count(Act.RETURN);
        if (node.remembers(cluster.nodes.get(0)) && random.chance(0.5)) {
            node.start();
        } else {
            node.start(seeds());
        }
    }

    /** The disk is gone, so another node comes up at the same address. */
    private void wipe() {
        SimNode node = anyNode();
        if (node.isUp() && !node.isFounder && cluster.nodes.size() < nodesMax) {
            count(Act.WIPE);
            node.crash();
            SimNode other = cluster.add();
            other.address = node.address;
            node.address = new NodeAddress("moved-" + moves++, 7000 + node.number);
            other.start(seeds());
        }
    }

    private void loseThePowerOfAll() {
        count(Act.POWER_LOSS_OF_ALL);
        cluster.up().forEach(SimNode::crash);
        cluster.run(random.nextInt(5_000));
        List<SimNode> back =
                cluster.nodes.stream().filter(node -> random.chance(0.9)).toList();
        back.forEach(this::returnTo);
    }

    private void cut() {
        boolean isOneWay = random.chance(0.3);
        count(isOneWay ? Act.CUT_ONE_WAY : Act.CUT);
        long sides = random.nextLong();
        cluster.network.cut((from, to) ->
                isOneWay ? isLeft(from, sides) && !isLeft(to, sides) : isLeft(from, sides) != isLeft(to, sides));
    }

    private static boolean isLeft(NodeAddress address, long sides) {
        return (sides >>> address.port() & 1) == 1;
    }

    private void mendWays() {
        count(Act.MEND);
        cluster.network.mend();
    }

    private void pause() {
        SimNode node = anyNode();
        if (node.isUp()) {
            count(Act.PAUSE);
            node.pause(random.nextInt(random.chance(0.2) ? 60_000 : 3_000));
        }
    }

    private void suspend() {
        SimNode node = anyNode();
        if (node.isUp()) {
            count(Act.SUSPEND);
            node.suspend(1 + random.nextInt(random.chance(0.2) ? 60_000 : 3_000));
        }
    }

    private void setWallClock() {
        boolean isForward = random.chance(0.5);
        count(isForward ? Act.WALL_CLOCK_FORWARD : Act.WALL_CLOCK_BACK);
        long millis = 1 + random.nextInt(random.chance(0.5) ? 10_000 : WALL_JUMP_MILLIS_MAX);
        anyNode().setWallClock(isForward ? millis : -millis);
    }

    private void lookUpAnything() {
        SimNode node = anyNode();
        if (node.isUp()) {
            node.service().lookup(new RingId(random.nextUint128()));
        }
    }

    private void mend() {
        cluster.network.become(Weather.FAIR);
        cluster.network.mend();
        for (SimNode node : cluster.nodes) {
            if (!node.isUp() && (node.isFounder || random.chance(0.8))) {
                node.start(seeds());
            }
        }
    }

    /** Later than that a lookup passes over nobody any more who was taken for dead wrongly. */
    private void lookUp() {
        for (int i = 0; i < LOOKUPS; i++) {
            SimNode node = cluster.up().get(random.nextInt(cluster.up().size()));
            RingId id = new RingId(random.nextUint128());
            Routing routing = random.chance(0.5) ? Routing.ALL : new Routing(true, false, false);
            LookupResult result = node.lookup(id, routing);
            RingId owner = cluster.owner(id);
            if (!(result instanceof LookupResult.Found found)
                    || !found.owner().id().equals(owner)) {
                throw new AssertionError("the lookup of " + id + " ended with " + result + ", not at " + owner);
            }
            lookups++;
        }
    }

    private void cloneOne() {
        count(Act.CLONE);
        List<SimNode> up = cluster.up();
        if (up.size() < 2) {
            return;
        }
        SimNode original = up.get(random.nextInt(up.size()));
        SimNode copy = cluster.copyOf(original);
        copy.start(up.stream().map(node -> node.address).toArray(NodeAddress[]::new));
        cluster.await("the copy to be refused", 60_000, () -> copy.refused != null);
        cluster.await("all to be well", 60_000, cluster::isWhole);
        if (!original.isUp()) {
            throw new AssertionError("the original is gone: " + original.refused);
        }
    }

    private Outcome outcome(long convergedMillis) {
        long splits = 0;
        long suspicions = 0;
        for (SimNode node : cluster.up()) {
            RingFigures figures = cluster.await(() -> node.service().figures());
            splits += Objects.requireNonNull(figures.rules().get(RingRule.SPLIT_FOUND));
            suspicions += Objects.requireNonNull(figures.directory().get(Counter.SUSPICIONS));
        }
        List<Long> faults = new ArrayList<>();
        for (SimPeerNetwork.Fault fault : SimPeerNetwork.Fault.values()) {
            faults.add(cluster.network.faults(fault));
        }
        return new Outcome(
                cluster.scheduler.traceHash(),
                cluster.scheduler.executed(),
                acts,
                faults,
                lookups,
                splits,
                suspicions,
                convergedMillis);
    }
}
