package io.chordata.node.ring.view;

import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import java.util.Arrays;

/**
 * The replicas of all partitions in one sweep. Going around the ring counter-clockwise, and moving each node to the front of a
 * list when one of its places is met, keeps that list in the order in which a clockwise walk would first meet the nodes; the
 * same for zones, and for the nodes of each zone. So at the beginning of a partition the answer stands at the fronts, and no
 * walk ever goes around a ring in search of a rare zone: the cost is that of looking at each place twice.
 *
 * <p>The rule at a partition: of the zones in the order of the walk the first node each, then, if the zones do not suffice, the
 * nodes next on the walk. A node beyond the k-th on the walk is <i>pulled</i> by its zone; it can be told to take
 * partitions by a pull only from so far away ({@link #limit}), and is then passed over for the next node of its zone.
 */
final class ReplicaSweep {
    private static final int ONLY = 0;

    private final PlaceableNodes nodes;
    private final Partitioning partitioning;
    private final int replicas;
    private final long[] limits;

    private final FrontLists walk;
    private final FrontLists zoneWalk;
    private final FrontLists zoneMembers;
    private final int[] nearest;

    /** What stands at a partition, in the order of the walk. */
    interface Result {
        void onPartition(int partition, Chosen chosen);
    }

    ReplicaSweep(PlaceableNodes nodes, Partitioning partitioning, int replicas) {
        this.nodes = nodes;
        this.partitioning = partitioning;
        this.replicas = Math.min(replicas, nodes.count());
        limits = new long[nodes.count()];
        Arrays.fill(limits, -1);
        walk = new FrontLists(1, nodes.count());
        zoneWalk = new FrontLists(1, nodes.zoneCount());
        zoneMembers = new FrontLists(nodes.zoneCount(), nodes.count());
        nearest = new int[nodes.count()];
    }

    /** How many replicas each partition has: fewer than wished where there are fewer nodes. */
    int replicas() {
        return replicas;
    }

    /** From now on the node is pulled only from less than {@code distance}, the upper half of one on the ring, unsigned. */
    void limit(int node, long distance) {
        limits[node] = distance;
    }

    void run(Result result) {
        for (int place = nodes.placeCount() - 1; place >= 0; place--) {
            meet(place);
        }
        int place = nodes.placeCount() - 1;
        Chosen chosen = new Chosen(replicas);
        for (int partition = partitioning.count() - 1; partition >= 0; partition--) {
            long point = pointOf(partition);
            while (place >= 0 && Long.compareUnsigned(highOf(place), point) >= 0) {
                meet(place--);
            }
            choose(point, chosen);
            result.onPartition(partition, chosen);
        }
    }

    private void meet(int place) {
        int node = nodes.ownerOf(place);
        nearest[node] = place;
        walk.moveToFront(ONLY, node);
        zoneWalk.moveToFront(ONLY, nodes.zoneOf(node));
        zoneMembers.moveToFront(nodes.zoneOf(node), node);
    }

    private void choose(long point, Chosen chosen) {
        chosen.begin();
        int node = walk.first(ONLY);
        for (int i = 0; i < replicas; i++) {
            chosen.addNatural(node, distance(point, node));
            node = walk.after(node);
        }
        int zone = zoneWalk.first(ONLY);
        while (zone != FrontLists.NONE && !chosen.hasAllZones()) {
            represent(zone, point, chosen);
            zone = zoneWalk.after(zone);
        }
        chosen.fill();
    }

    private void represent(int zone, long point, Chosen chosen) {
        int node = zoneMembers.first(zone);
        while (node != FrontLists.NONE && !chosen.represent(node, distance(point, node), limits[node])) {
            node = zoneMembers.after(node);
        }
    }

    private long distance(long point, int node) {
        return highOf(nearest[node]) - point;
    }

    /** Points of partitions have zeros below, so the upper halves suffice to compare with them and to subtract them. */
    private long highOf(int place) {
        return nodes.place(place).value().high();
    }

    private long pointOf(int partition) {
        return partitioning.point(new PartitionId(partition)).value().high();
    }
}
