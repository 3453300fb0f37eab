package io.chordata.node.ring;

import io.chordata.node.sim.SimNetwork.Weather;
import io.chordata.node.sim.SimRandom;
import java.util.EnumSet;
import java.util.Set;

/** Anything, for as long as it likes: rings are split, lists are lost, and who lives is taken for dead. */
final class WildTrouble extends RingTrouble {
    WildTrouble(RingCluster cluster, SimRandom random, int nodesMax) {
        super(cluster, random, nodesMax);
    }

    static RingOptions options(SimRandom random) {
        return new RingOptions(
                1 + random.nextInt(8),
                1 + random.nextInt(4),
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

    @Override
    Weather weather() {
        return new Weather(
                1, random.nextInt(300) + 1, random.nextInt(10) / 100.0, 0.05, random.nextInt(5) / 100.0, 5000);
    }

    @Override
    Set<Act> repertoire() {
        return EnumSet.complementOf(EnumSet.of(Act.CUT_BESIDE_THE_BASE));
    }

    @Override
    boolean mayFail(RingCluster.Node node) {
        return true;
    }

    @Override
    void strike() {
        switch (random.nextInt(10)) {
            case 0, 1 -> join();
            case 2, 3 -> fail(random.chance(0.3));
            case 4 -> comeBack(anyNode());
            case 5 -> lookUpAnything();
            case 6 -> cut();
            case 7 -> cluster.network.mend();
            case 8 -> stop();
            default -> jumpOne();
        }
    }

    private void cut() {
        long salt = random.nextLong();
        boolean isOneWay = random.chance(0.3);
        count(isOneWay ? Act.CUT_ONE_WAY : Act.CUT);
        cluster.network.cut((from, to) ->
                isOneWay ? isLeft(from, salt) && !isLeft(to, salt) : isLeft(from, salt) != isLeft(to, salt));
    }

    private void stop() {
        RingCluster.Node node = anyNode();
        if (node.isUp()) {
            pause(node, random.nextInt(random.chance(0.2) ? 30_000 : 3_000));
        }
    }

    private void jumpOne() {
        RingCluster.Node node = anyNode();
        if (node.isUp()) {
            jump(node);
        }
    }
}
