package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.ring.directory.DirectoryCluster.Told;
import io.chordata.node.ring.directory.DirectoryEvent.Kind;
import io.chordata.node.ring.directory.DirectoryEvent.NodeEvent;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of directories under faults that follow from the seed. First what a healthy cluster has to bear: loss up to a tenth,
 * duplicates, reordering, short pauses, false alarms of the transport; then crashes on top, then cuts, long pauses, moves and
 * returns. Last, all is well again and they must agree.
 *
 * <p>What must hold: nobody is declared down who runs and is connected; each crash is seen by all in time; nobody is refused
 * who has not deserved it; in the end all agree with what is.
 */
final class DirectorySimulation {
    private static final long SETTLE_MILLIS = 60_000;
    private static final long DETECT_MILLIS = 90_000;
    private static final int SHORT_PAUSE_MILLIS = 3_000;

    private final DirectoryCluster cluster;
    private final SimRandom random;
    private final int size;
    private final List<Long> detectionMillis = new ArrayList<>();
    private boolean isCalm = true;
    private int addresses = 1_000;
    private int faults;

    /** What a run came to. */
    record Outcome(
            int size,
            int faults,
            List<Long> detectionMillis,
            long suspicions,
            long objections,
            long rescues,
            long softened,
            long heldUp,
            int bytesOfNewsMax,
            long traceHash) {}

    private DirectorySimulation(long seed) {
        this.cluster = new DirectoryCluster(seed, DirectoryOptions.DEFAULT);
        this.random = cluster.random();
        this.size = random.chance(0.1) ? 20 + random.nextInt(20) : 2 + random.nextInt(11);
    }

    static Outcome run(long seed, DirectoryCluster.Plant plant) {
        DirectorySimulation simulation = new DirectorySimulation(seed);
        try {
            simulation.cluster.plant(plant);
            return simulation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    static Outcome run(long seed) {
        return run(seed, (from, message) -> message);
    }

    private Outcome run() {
        cluster.onEvent(this::check);
        cluster.add(size).startAll();
        cluster.runUntil(cluster::isSettled, SETTLE_MILLIS, "all find each other");
        beCalmButLossy();
        crashSome();
        beWild();
        cluster.loss(0);
        cluster.heal();
        for (int node = 0; node < size; node++) {
            if (!cluster.isRunning(node)) {
                cluster.start(node);
            }
        }
        cluster.runUntil(cluster::isSettled, SETTLE_MILLIS, "all agree in the end");
        return outcome();
    }

    private void beCalmButLossy() {
        cluster.loss(random.nextInt(11) / 100.0);
        cluster.duplication(0.02);
        cluster.delay(1, 5 + random.nextInt(150));
        for (int i = 0; i < 10; i++) {
            int node = random.nextInt(size);
            switch (random.nextInt(3)) {
                case 0 -> cluster.pause(node, random.nextInt(SHORT_PAUSE_MILLIS));
                case 1 -> alarmFalsely(node);
                default -> cluster.with(node, directory -> directory.report(cluster.millis(), load()));
            }
            faults++;
            cluster.run(random.nextInt(6_000));
        }
        cluster.run(20_000);
    }

    private void alarmFalsely(int about) {
        int at = random.nextInt(size);
        cluster.with(at, directory -> directory.onUnreachable(cluster.millis(), Nodes.id(about)));
    }

    private NodeLoad load() {
        return new NodeLoad(random.nextInt(100), 1, 2, 3, 4, 5, 0.5);
    }

    private void crashSome() {
        cluster.refuseAtOnce(random.chance(0.5));
        for (int i = 0; i < 1 + size / 4; i++) {
            int node = random.nextInt(size);
            if (cluster.isRunning(node) && cluster.running().size() > 1) {
                faults++;
                cluster.crash(node);
                detectionMillis.add(cluster.runUntil(
                        () -> cluster.isDownEverywhere(node), DETECT_MILLIS, "all see that " + node + " crashed"));
            }
        }
    }

    private void beWild() {
        isCalm = false;
        for (int i = 0; i < 12; i++) {
            faults++;
            disturb(random.nextInt(size));
            cluster.run(random.nextInt(15_000));
        }
    }

    private void disturb(int node) {
        switch (random.nextInt(7)) {
            case 0 -> cluster.crash(node);
            case 1 -> cluster.stop(node);
            case 2 -> comeBack(node);
            case 3 -> cluster.pause(node, random.nextInt(60_000));
            case 4 -> cut();
            case 5 -> cluster.heal();
            default -> damageDisk(node);
        }
    }

    private void comeBack(int node) {
        if (!cluster.isRunning(node)) {
            if (node != 0 && random.chance(0.5)) {
                cluster.move(node, new NodeAddress("moved-" + addresses++, 7946));
            }
            cluster.start(node);
        }
    }

    private void cut() {
        long side = random.nextLong();
        boolean oneWay = random.chance(0.3);
        cluster.cut((from, to) -> isOn(side, from) != isOn(side, to) && (!oneWay || isOn(side, from)));
    }

    private static boolean isOn(long side, int node) {
        return (side >>> node & 1) == 1;
    }

    private void damageDisk(int node) {
        if (!cluster.isRunning(node)) {
            if (random.chance(0.5)) {
                cluster.wipeImage(node);
            } else {
                cluster.damageImage(node);
            }
        }
    }

    private void check(Told told) {
        if (told.event() instanceof DirectoryEvent.Refused) {
            throw new AssertionError("refused: " + told);
        }
        if (isCalm && told.event() instanceof NodeEvent event && event.kind() == Kind.DOWN) {
            NodeRecord after = event.after();
            if (after != null && cluster.isRunning(cluster.numberOf(after))) {
                throw new AssertionError("node " + cluster.numberOf(after) + " runs, but: " + told);
            }
        }
    }

    private Outcome outcome() {
        int newsMax = DirectoryOptions.DEFAULT.gossipBytesMax();
        if (cluster.bytesOfNewsMax() > newsMax + 200) {
            throw new AssertionError(cluster.bytesOfNewsMax() + " bytes of news, at most " + newsMax);
        }
        return new Outcome(
                size,
                faults,
                detectionMillis,
                cluster.count(Counter.SUSPICIONS),
                cluster.count(Counter.OBJECTIONS),
                cluster.count(Counter.INDIRECT_RESCUES),
                cluster.count(Counter.SOFTENED),
                cluster.count(Counter.HELD_UP),
                cluster.bytesOfNewsMax(),
                cluster.traceHash());
    }
}
