package io.chordata.node.partition.raft;

import io.chordata.node.sim.SimNetwork;
import io.chordata.node.sim.SimNetwork.Weather;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.List;

/**
 * One seed: a group of up to seven nodes whose members change while nodes crash, stand still and return, disks stall, clocks
 * jump, and the network does what it likes; then all is mended, and the group must work and agree. What must always hold is
 * seen to by the {@link RaftOracle}.
 */
final class RaftSimulation {
    private static final int LEVEL_MAX = 3;
    private static final int[] SIZES = {1, 3, 3, 3, 5, 5, 5, 7, 7};
    private static final int EVENTS_TO_CRASH = 60;
    private static final int HEALED_MILLIS = 60_000;
    /** More than a round trip: of some logs hardly one entry fits a message, and one message is on its way at a time. */
    private static final int HEALED_MILLIS_EACH_ENTRY = 50;

    private static final int ANSWERED_MILLIS = 20_000;
    private static final double FORCED_CHANCE = 0.3;
    private static final int LAST_PROPOSALS = 5;
    private static final int PROPOSAL_EACH_MILLIS = 50;

    private final RaftCluster cluster;
    private final SimRandom random;
    private final RaftClients clients;
    private final RaftMover mover;
    private final RaftOperator operator;
    private final boolean isForced;
    private final int downMax;
    private final int calmMillis;
    private long healedMillis;
    private long nextProposalMillis;

    /** What happened in a run. */
    record Outcome(
            long traceHash,
            long simulated,
            long acknowledged,
            long reads,
            long healedMillis,
            List<Long> events,
            List<Long> faults,
            List<Long> networkFaults) {}

    private RaftSimulation(long seed, RaftRules rules) {
        SimScheduler scheduler = new SimScheduler(seed);
        this.random = scheduler.random().fork();
        int size = SIZES[random.nextInt(SIZES.length)];
        int founders = 1 + 2 * random.nextInt((size + 1) / 2);
        List<Member> voters = new ArrayList<>();
        for (int number = 1; number <= founders; number++) {
            voters.add(Members.founder(number));
        }
        Configuration founding = new Configuration(0, voters, List.of(), List.of());
        this.cluster = new RaftCluster(scheduler, drawOptions(), RaftHabits.draw(random), rules, size, founding);
        this.clients = new RaftClients(cluster, 20 + random.nextInt(200));
        this.mover = new RaftMover(cluster, movesEachMillis());
        cluster.nodes.forEach(node -> node.supportedLevel = 1 + random.nextInt(random.chance(0.2) ? LEVEL_MAX : 1));
        this.calmMillis = 50 + random.nextInt(600);
        this.downMax = random.chance(0.3) ? size : size / 2;
        SimRandom ofForce = new SimRandom(~seed);
        this.isForced = ofForce.chance(FORCED_CHANCE);
        this.operator = new RaftOperator(cluster, ofForce);
    }

    private int movesEachMillis() {
        return switch (random.nextInt(4)) {
            case 0 -> 20_000;
            case 1 -> 1_000 + random.nextInt(3_000);
            default -> 50 + random.nextInt(700);
        };
    }

    private RaftOptions drawOptions() {
        long appendBytes = 60 + random.nextInt(2_000);
        return new RaftOptions(
                150,
                900,
                random.chance(0.8) ? 1_800 : 1_000,
                50,
                4 + random.nextInt(30),
                appendBytes,
                1 + random.nextInt(8),
                appendBytes * (1 + random.nextInt(4)),
                random.nextInt(random.chance(0.5) ? 100 : 3_000),
                1 + random.nextInt(4),
                1);
    }

    /** @throws AssertionError if the group broke a promise; names the seed */
    static Outcome run(long seed, RaftRules rules) {
        RaftSimulation simulation = new RaftSimulation(seed, rules);
        try {
            return simulation.run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " at " + simulation.cluster.nowMillis() + " ms: " + e.getMessage() + "\n"
                            + simulation.cluster.journal,
                    e);
        }
    }

    private Outcome run() {
        cluster.startAll();
        clients.start();
        mover.start();
        trouble();
        heal();
        operator.finish();
        converge();
        return new Outcome(
                cluster.scheduler.traceHash(),
                cluster.scheduler.executed(),
                cluster.oracle().acknowledged(),
                cluster.oracle().reads(),
                healedMillis,
                countAll(RaftEvent.values(), cluster::countOf),
                countAll(RaftFault.values(), cluster::countOf),
                countAll(SimNetwork.Fault.values(), cluster.network::faults));
    }

    private interface Counts<T> {
        long of(T kind);
    }

    private static <T> List<Long> countAll(T[] kinds, Counts<T> counts) {
        List<Long> all = new ArrayList<>();
        for (T kind : kinds) {
            all.add(counts.of(kind));
        }
        return all;
    }

    private void trouble() {
        long end = 15_000 + random.nextInt(45_000);
        while (cluster.nowMillis() < end) {
            if (random.chance(0.2)) {
                cluster.network.become(random.chance(0.5) ? Weather.FAIR : weather());
            }
            cluster.advanceMillis(random.nextInt(random.chance(0.1) ? 4_000 : calmMillis));
            oneTrouble();
            if (isForced) {
                operator.maybeForce();
            }
        }
    }

    private Weather weather() {
        return new Weather(
                1,
                1 + random.nextInt(random.chance(0.2) ? 600 : 60),
                random.nextInt(10) / 50.0,
                random.nextInt(3) / 20.0,
                random.nextInt(10) / 100.0,
                5_000);
    }

    private void oneTrouble() {
        RaftNode node = random.chance(0.5) ? leaderOrAny() : anyNode();
        switch (random.nextInt(14)) {
            case 0, 1 -> crash(node);
            case 2, 3, 4 -> cluster.nodes.forEach(this::restart);
            case 5 -> cutSome();
            case 6, 7 -> cluster.mend();
            case 8 -> pause(node);
            case 9 -> jumpClock(node);
            case 10 -> resetConnection(node);
            case 11, 12 -> cutOff(node);
            default -> distrustClock(node);
        }
    }

    private RaftNode anyNode() {
        return cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    }

    private RaftNode leaderOrAny() {
        RaftReplica leader = cluster.leader();
        return leader == null ? anyNode() : leader.node;
    }

    private void crash(RaftNode node) {
        long down = cluster.nodes.stream().filter(other -> !other.isUp()).count();
        if (node.isUp() && down < downMax) {
            stepSome();
            if (random.chance(0.5)) {
                cluster.kill(node);
            } else {
                node.crash();
            }
        }
    }

    /** Things happen in bunches; this ends amid one. */
    private void stepSome() {
        if (random.chance(0.7)) {
            for (int i = random.nextInt(EVENTS_TO_CRASH); i > 0; i--) {
                cluster.scheduler.step();
            }
        }
    }

    private void restart(RaftNode node) {
        if (!node.isUp() && random.chance(0.7)) {
            if (node.supportedLevel < LEVEL_MAX && random.chance(0.5)) {
                cluster.count(RaftFault.RELEASE_RAISED);
                node.supportedLevel++;
            }
            node.start();
        }
    }

    private void cutSome() {
        long salt = random.nextLong();
        boolean isOneWay = random.chance(0.3);
        cluster.count(isOneWay ? RaftFault.ONE_WAY_CUT : RaftFault.CUT);
        cut((from, to) -> {
            boolean fromLeft = (salt >> from.number & 1) == 1;
            boolean toLeft = (salt >> to.number & 1) == 1;
            return isOneWay ? fromLeft && !toLeft : fromLeft != toLeft;
        });
    }

    /** Connections may break at once, or seem to be there still. */
    private void cut(RaftCluster.Cut next) {
        boolean areReset = random.chance(0.5);
        cluster.cut(next);
        for (RaftNode from : cluster.nodes) {
            for (RaftNode to : cluster.nodes) {
                if (areReset && next.isCut(from, to)) {
                    cluster.breakConnection(from, to);
                }
            }
        }
    }

    /** From all others, or from all but one; perhaps it still hears them, or they it. */
    private void cutOff(RaftNode node) {
        RaftNode with = anyNode();
        int ways = 1 + random.nextInt(3);
        cluster.count(ways == 3 ? RaftFault.CUT : RaftFault.ONE_WAY_CUT);
        cut((from, to) -> {
            boolean isFromInside = from == node || from == with;
            boolean isToInside = to == node || to == with;
            return isFromInside != isToInside && (ways & (isFromInside ? 1 : 2)) != 0;
        });
    }

    private void pause(RaftNode node) {
        if (node.isUp() && !node.isPaused()) {
            cluster.count(RaftFault.PAUSE);
            node.pause();
            long millis = random.nextInt(random.chance(0.2) ? 8_000 : 1_500);
            cluster.scheduler.after(millis * RaftCluster.NANOS_PER_MILLI, node::goOn);
        }
    }

    private void jumpClock(RaftNode node) {
        cluster.count(RaftFault.CLOCK_JUMP);
        node.jumpClock(random.nextLong(-60_000, 60_000));
    }

    private void resetConnection(RaftNode node) {
        RaftNode other = anyNode();
        if (node != other) {
            cluster.breakConnection(node, other);
        }
    }

    private void distrustClock(RaftNode node) {
        cluster.count(RaftFault.CLOCK_DISTRUSTED);
        node.allowCampaign(false);
        long millis = random.nextInt(3_000);
        cluster.scheduler.after(millis * RaftCluster.NANOS_PER_MILLI, () -> node.allowCampaign(true));
    }

    private void heal() {
        mover.finish();
        clients.stop();
        cluster.mend();
        cluster.network.become(Weather.FAIR);
        int level = cluster.nodes.stream()
                .mapToInt(RaftSimulation::levelInLog)
                .max()
                .orElse(1);
        for (RaftNode node : cluster.nodes) {
            node.goOn();
            node.allowCampaign(true);
            if (node.supportedLevel < level) {
                node.crash();
                node.supportedLevel = level;
            }
            node.start();
        }
    }

    private long longestLog() {
        return cluster.nodes.stream().mapToLong(node -> node.disk.last()).max().orElse(0);
    }

    private static int levelInLog(RaftNode node) {
        RaftReplica replica = node.replica();
        return replica == null
                ? node.disk.entry(node.disk.last()).level()
                : replica.shadow().entry(replica.shadow().last()).level();
    }

    /** Within bounded time there is a leader whose proposals are done, and everybody has the same. */
    private void converge() {
        long healed = cluster.nowMillis();
        int patience = HEALED_MILLIS + HEALED_MILLIS_EACH_ENTRY * Math.toIntExact(longestLog());
        cluster.await("a group that agrees", patience, this::doAllAgree);
        healedMillis = cluster.nowMillis() - healed;
        long enough = cluster.oracle().acknowledged() + LAST_PROPOSALS;
        cluster.await("answers", ANSWERED_MILLIS, () -> {
            proposeNowAndThen();
            return cluster.oracle().acknowledged() >= enough;
        });
        cluster.await("a group that agrees again", HEALED_MILLIS, this::doAllAgree);
    }

    /** What comes late from the times of trouble may still replace a leader, and its proposals with it. */
    private void proposeNowAndThen() {
        RaftReplica leader = cluster.leader();
        if (leader != null && cluster.nowMillis() >= nextProposalMillis) {
            clients.propose(leader);
            nextProposalMillis = cluster.nowMillis() + PROPOSAL_EACH_MILLIS;
        }
    }

    private boolean doAllAgree() {
        RaftReplica leader = cluster.leader();
        if (leader == null) {
            return false;
        }
        RaftView view = leader.group().view();
        Configuration configuration = view.configuration();
        boolean isSettled = !configuration.isJoint()
                && configuration.index() <= view.commitIndex()
                && view.commitIndex() == view.lastIndex();
        return isSettled && configuration.members().stream().allMatch(member -> agrees(member, leader));
    }

    private boolean agrees(Member member, RaftReplica leader) {
        RaftReplica replica = cluster.node(member).replica();
        return replica != null
                && replica.self.equals(member)
                && replica.ledger().index() == leader.shadow().last()
                && replica.shadow().last() == leader.shadow().last()
                && replica.group()
                        .view()
                        .configuration()
                        .equals(leader.group().view().configuration());
    }
}
