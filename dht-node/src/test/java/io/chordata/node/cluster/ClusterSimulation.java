package io.chordata.node.cluster;

import io.chordata.node.core.Partitioning;
import io.chordata.node.object.Invocation;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.Map;

/**
 * One seed: a cluster of whole nodes under a load of clients, while everything happens to it that can. Then all is mended, and
 * whatever was acknowledged must be there, through every node.
 */
final class ClusterSimulation {
    private static final long SERVING_MILLIS_MAX = 60_000;
    private static final long MOVED_MILLIS_MAX = 120_000;
    private static final long IDLE_MILLIS_MAX = 120_000;
    private static final int TROUBLE_MILLIS_MIN = 4_000;
    private static final int CALM_MILLIS_MAX = 800;
    private static final int BEREFT_MILLIS_MAX = 4_000;
    private static final int PARTITION_BITS = 4;
    private static final int[] SIZES = {1, 1, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 5, 5, 6, 12};
    private static final int[] FACTORS = {1, 3, 3, 3, 3, 3, 3, 3, 3, 5};

    private final SimScheduler scheduler;
    private final SimRandom random;
    private final Cluster cluster;
    private final MoveWatch moves;
    private final Oracles oracles;
    private final ClusterLoad load;
    private final ClusterTrouble trouble;
    private final ClusterLoss loss;
    private final ClusterAudit audit;

    /**
     * What happened in a run.
     *
     * @param changes of voters under load
     */
    record Outcome(
            long traceHash,
            long events,
            long acknowledged,
            long refused,
            long inDoubt,
            long pages,
            long keys,
            long firstSuccessMillis,
            long changes,
            Map<ClusterFault, Long> faults,
            Map<String, Long> rules) {}

    private ClusterSimulation(long seed, Flaw flaw) {
        this.scheduler = new SimScheduler(seed);
        this.random = scheduler.random().fork();
        int replicas = FACTORS[random.nextInt(FACTORS.length)];
        this.cluster = new Cluster(
                scheduler,
                new Partitioning(PARTITION_BITS),
                replicas,
                StackOptions.draw(random),
                new Releases(seed),
                flaw);
        int machines = SIZES[random.nextInt(SIZES.length)];
        for (int i = 0; i < machines; i++) {
            cluster.add();
        }
        this.moves = new MoveWatch(cluster);
        this.oracles = new Oracles(scheduler);
        this.load = new ClusterLoad(cluster, oracles, random, StackOptions.INLINE_BYTES);
        this.audit = new ClusterAudit(cluster, oracles);
        this.trouble = new ClusterTrouble(cluster, random.fork());
        this.loss = new ClusterLoss(cluster, trouble, random);
    }

    /** @throws AssertionError if a promise was broken; names the seed */
    static Outcome run(long seed) {
        return run(seed, Flaw.NONE);
    }

    static Outcome run(long seed, Flaw flaw) {
        ClusterSimulation simulation = new ClusterSimulation(seed, flaw);
        try {
            return simulation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " at " + simulation.scheduler.nowMillis() + " ms: " + e.getMessage(), e);
        }
    }

    private Outcome run() {
        begin();
        audit.await(cluster.machines.get(0), Requests.createBucket(Invocation.unnamed(random.fork())));
        long changesBefore = moves.changes();
        load.begin();
        trouble.reign(TROUBLE_MILLIS_MIN + random.nextInt(TROUBLE_MILLIS_MIN));
        trouble.mend();
        long firstSuccessMillis = awaitServing();
        cluster.run(random.nextInt(CALM_MILLIS_MAX));
        long changes = moves.changes() - changesBefore;
        calmDown();
        trouble.leave();
        boolean isRotten = trouble.counts().containsKey(ClusterFault.ROTTEN_BLOCK);
        audit.readAll(isRotten && cluster.machines.size() == 1);
        audit.compareReplicas();
        audit.compareBlocks();
        cluster.await("the groups to be complete", MOVED_MILLIS_MAX, moves::areDone);
        if (loss.happens()) {
            goOnWithout();
        }
        oracles.judge();
        cluster.up().forEach(machine -> cluster.rules.addAll(machine.process().stack().partitions));
        return new Outcome(
                scheduler.traceHash(),
                scheduler.executed(),
                oracles.acknowledged(),
                oracles.refused(),
                oracles.inDoubt(),
                load.pages(),
                oracles.ledger.keys().size(),
                firstSuccessMillis,
                changes,
                trouble.counts(),
                cluster.rules.counts());
    }

    private void calmDown() {
        load.end();
        cluster.await("the clients to end", IDLE_MILLIS_MAX, load::isIdle);
        cluster.await("each request to be answered", IDLE_MILLIS_MAX, this::isIdle);
        cluster.await("the groups to be complete", MOVED_MILLIS_MAX, moves::areDone);
    }

    /** Whoever comes back late has nothing to say any more of what goes on without it. */
    private void goOnWithout() {
        awaitServing();
        load.begin();
        cluster.run(random.nextInt(BEREFT_MILLIS_MAX));
        if (random.chance(0.5)) {
            loss.proveWrong();
            cluster.run(random.nextInt(BEREFT_MILLIS_MAX));
            awaitServing();
        }
        calmDown();
        audit.readAll(false);
        audit.compareReplicas();
        audit.compareBlocks();
    }

    /** Clients come once every group has the voters that it should have. */
    private void begin() {
        cluster.machines.get(0).isFounder = true;
        cluster.machines.forEach(Machine::boot);
        moves.begin();
        awaitServing();
        cluster.await("the groups to be complete", MOVED_MILLIS_MAX, moves::areDone);
    }

    private boolean isIdle() {
        return cluster.up().stream().allMatch(machine -> machine.process().openRequests() == 0);
    }

    private long awaitServing() {
        return cluster.await(
                "every node to serve",
                SERVING_MILLIS_MAX,
                () -> cluster.present().stream().allMatch(Machine::isServing)
                        && cluster.partitions().stream().allMatch(partition -> cluster.leaderOf(partition) != null));
    }
}
