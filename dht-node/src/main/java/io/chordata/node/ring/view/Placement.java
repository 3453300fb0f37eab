package io.chordata.node.ring.view;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RingId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Which nodes should hold each partition: walking clockwise from where it begins the first k distinct nodes, of distinct
 * zones first. Nodes that are down keep their part until the asker says that they are to be replaced; joining, draining and
 * decommissioned ones have none. Every node that has the same view and replaces the same nodes computes the same.
 *
 * <p>The zones yield where they would load a node with more than {@value #LOAD_MAX} times its weighted share (rounded up to
 * whole partitions): such a node is no longer pulled from the farthest partitions, those beyond the k-th place of the walk,
 * until it is at that limit, and there two replicas may share a zone. {@link #yielded} names these partitions.
 */
public final class Placement {
    /** The greatest replication factor. */
    public static final int REPLICAS_MAX = 7;

    private static final double LOAD_MAX = 1.3;

    private final PlaceableNodes nodes;
    private final Partitioning partitioning;
    private final double[] shares;
    private final ReplicaSweep sweep;
    private final int[] members;
    private final long[] pulledFrom;
    private final BitSet pulled = new BitSet();
    private final int[] held;
    private final BitSet yielded = new BitSet();

    private Placement(PlaceableNodes nodes, Partitioning partitioning, int replicas) {
        this.nodes = nodes;
        this.partitioning = partitioning;
        shares = WeightedShares.of(nodes.weights(), partitioning.count(), replicas);
        sweep = new ReplicaSweep(nodes, partitioning, replicas);
        members = new int[partitioning.count() * sweep.replicas()];
        pulledFrom = new long[members.length];
        held = new int[nodes.count()];
        run();
        while (limitPulls()) {
            run();
        }
    }

    /**
     * @param replicas the replication factor, 1 to 7
     * @param replaced nodes that have been down for so long, by the asker's own observation, that others take their part; those
     *     of them that are not down keep theirs
     */
    public static Placement of(RingView view, Partitioning partitioning, int replicas, Set<NodeId> replaced) {
        if (replicas < 1 || replicas > REPLICAS_MAX) {
            throw new IllegalArgumentException("replicas are 1 to " + REPLICAS_MAX + ", got " + replicas);
        }
        PlaceableNodes nodes = new PlaceableNodes(
                view,
                node -> node.isPlaceable() && !(node.state() == NodeState.DOWN && replaced.contains(node.node())));
        return new Placement(nodes, partitioning, replicas);
    }

    private void run() {
        Arrays.fill(held, 0);
        pulled.clear();
        yielded.clear();
        int zonesPossible = Math.min(nodes.zoneCount(), sweep.replicas());
        sweep.run((partition, chosen) -> {
            for (int i = 0; i < chosen.size(); i++) {
                put(partition * sweep.replicas() + i, chosen, i);
            }
            yielded.set(partition, chosen.zones() < zonesPossible);
        });
    }

    private void put(int at, Chosen chosen, int i) {
        members[at] = chosen.node(i);
        pulledFrom[at] = chosen.distance(i);
        pulled.set(at, chosen.isPulled(i));
        held[chosen.node(i)]++;
    }

    /** Each limit is lower than any pull that it ends, so this comes to an end. */
    private boolean limitPulls() {
        boolean changed = false;
        for (int node = 0; node < held.length; node++) {
            int excess = held[node] - (int) Math.ceil(LOAD_MAX * shares[node]);
            if (excess > 0) {
                changed |= limitPulls(node, excess);
            }
        }
        return changed;
    }

    private boolean limitPulls(int node, int excess) {
        long[] farthestFirst = pulled.stream()
                .filter(at -> members[at] == node)
                .mapToLong(at -> pulledFrom[at])
                .boxed()
                .sorted((a, b) -> Long.compareUnsigned(b, a))
                .mapToLong(Long::longValue)
                .toArray();
        if (farthestFirst.length == 0) {
            return false;
        }
        sweep.limit(node, farthestFirst[Math.min(excess, farthestFirst.length) - 1]);
        return true;
    }

    /** In the order of the walk: the first healthy one should lead. Fewer than wished if there are not as many nodes. */
    public List<NodeId> replicas(PartitionId partition) {
        int first = partition.number() * sweep.replicas();
        List<NodeId> replicas = new ArrayList<>(sweep.replicas());
        for (int at = first; at < first + sweep.replicas(); at++) {
            replicas.add(nodes.node(members[at]).node());
        }
        return replicas;
    }

    /** Of the partition that the point belongs to. */
    public List<NodeId> replicas(RingId point) {
        return replicas(partitioning.partitionOf(point));
    }

    /** Partitions whose replicas are in fewer zones than they could be, so that no node is overloaded. */
    public List<PartitionId> yielded() {
        return yielded.stream().mapToObj(PartitionId::new).toList();
    }

    /** How many partitions the node should hold; none if it is not known. */
    public int partitionsOf(NodeId node) {
        int number = nodes.numberOf(node);
        return number == FrontLists.NONE ? 0 : held[number];
    }

    /** How many it would hold if weights alone decided. */
    public double shareOf(NodeId node) {
        int number = nodes.numberOf(node);
        return number == FrontLists.NONE ? 0 : shares[number];
    }
}
