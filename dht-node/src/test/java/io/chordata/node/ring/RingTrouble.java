package io.chordata.node.ring;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.RingId;
import io.chordata.node.sim.SimNetwork.Weather;
import io.chordata.node.sim.SimRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** What befalls a ring, act by act, each counted. */
abstract class RingTrouble {
    final RingCluster cluster;
    final SimRandom random;
    private final int nodesMax;
    private final Map<Act, Long> acts = new EnumMap<>(Act.class);

    enum Act {
        JOIN,
        LEAVE,
        CRASH,
        RETURN,
        RETURN_ELSEWHERE,
        CUT,
        CUT_ONE_WAY,
        /** For long, between nodes that are not of the base. */
        CUT_BESIDE_THE_BASE,
        PAUSE,
        CLOCK_JUMP
    }

    /** @param nodesMax beside the base */
    RingTrouble(RingCluster cluster, SimRandom random, int nodesMax) {
        this.cluster = cluster;
        this.random = random;
        this.nodesMax = nodesMax;
    }

    abstract Weather weather();

    /** One thing happens, or nothing where that would be too much. */
    abstract void strike();

    /** What {@link #strike} may do. */
    abstract Set<Act> repertoire();

    abstract boolean mayFail(RingCluster.Node node);

    /** How often each happened, be it never. */
    final Map<Act, Long> acts() {
        repertoire().forEach(act -> acts.putIfAbsent(act, 0L));
        return acts;
    }

    final void count(Act act) {
        acts.merge(act, 1L, Long::sum);
    }

    final RingCluster.Node anyNode() {
        return cluster.nodes.get(random.nextInt(cluster.nodes.size()));
    }

    final void join() {
        if (cluster.nodes.stream().filter(node -> !node.isBase).count() < nodesMax) {
            count(Act.JOIN);
            cluster.addNode(1 + random.nextInt(3)).join();
        }
    }

    final void fail(boolean leaves) {
        RingCluster.Node node = anyNode();
        if (!node.isUp() || !mayFail(node)) {
            return;
        }
        count(leaves ? Act.LEAVE : Act.CRASH);
        if (leaves) {
            node.leave();
        } else {
            node.crash();
        }
    }

    final void comeBack(RingCluster.Node node) {
        if (node.isUp()) {
            return;
        }
        boolean moves = random.chance(0.5);
        count(moves ? Act.RETURN_ELSEWHERE : Act.RETURN);
        if (moves) {
            node.move();
        }
        node.restart();
    }

    final void pause(RingCluster.Node node, int millis) {
        count(Act.PAUSE);
        node.pause(millis);
    }

    final void jump(RingCluster.Node node) {
        count(Act.CLOCK_JUMP);
        node.jumpClock(random.nextInt(60_000));
    }

    final void lookUpAnything() {
        RingCluster.Node node = anyNode();
        if (node.isUp()) {
            node.lookup(new RingId(random.nextUint128()), result -> {});
        }
    }

    static boolean isLeft(NodeAddress address, long salt) {
        return ((address.host().substring(address.host().lastIndexOf('.')).hashCode() * 0x9E3779B97F4A7C15L ^ salt)
                        & 0x10000)
                == 0;
    }
}
