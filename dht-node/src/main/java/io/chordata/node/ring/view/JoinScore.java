package io.chordata.node.ring.view;

import io.chordata.node.core.Partitioning;

/**
 * How evenly partitions lie while a newcomer tries places: the sum over all nodes of (held − share)² / share; less is better.
 * What a place changes is known beforehand for each partition ({@link Reach}), so a try costs the partitions between the place
 * and the greatest reach before it.
 */
final class JoinScore {
    private final int count;
    private final int shift;
    private final Reach[] reaches;
    private final int[] covers;
    private final int[] held;
    private final double[] shares;
    private final int newcomer;
    private double goal;
    private long greatestReach;
    private long steps;

    /** @param nodes without the newcomer */
    JoinScore(PlaceableNodes nodes, NodeRecord joining, Partitioning partitioning, int replicas) {
        count = partitioning.count();
        shift = Long.SIZE - partitioning.bits();
        newcomer = nodes.count();
        reaches = new Reach[count];
        covers = new int[count];
        held = new int[newcomer + 1];
        shares = WeightedShares.of(nodes.weightsWith(joining.weight()), count, replicas);
        int zone = nodes.zoneNumber(joining.zone());
        new ReplicaSweep(nodes, partitioning, replicas).run((partition, chosen) -> {
            for (int i = 0; i < chosen.size(); i++) {
                held[chosen.node(i)]++;
            }
            reaches[partition] = Reach.of(chosen, nodes, zone, replicas);
        });
        for (int partition = 0; partition < count; partition++) {
            settle(partition);
        }
    }

    /** What falls to the newcomer wherever its places are, it has from the start. */
    private void settle(int partition) {
        Reach reach = reaches[partition];
        if (reach.isAnywhere()) {
            cover(partition);
        } else if (Long.compareUnsigned(reach.distance(), greatestReach) > 0) {
            greatestReach = reach.distance();
        }
    }

    /** From now on the newcomer should hold this part of its share: its other places are yet to come. */
    void aimFor(double part) {
        goal = part * shares[newcomer];
    }

    /**
     * Gives the newcomer a place.
     *
     * @param place the upper half of its id
     * @return what the score changes by
     */
    double add(long place) {
        double change = 0;
        int partition = (int) (place >>> shift);
        for (int i = 0; i < count && isWithin(greatestReach, place, partition); i++) {
            change += isReached(place, partition) ? cover(partition) : 0;
            partition = partition == 0 ? count - 1 : partition - 1;
            steps++;
        }
        return change;
    }

    /** Takes a place back. */
    double remove(long place) {
        double change = 0;
        int partition = (int) (place >>> shift);
        for (int i = 0; i < count && isWithin(greatestReach, place, partition); i++) {
            change += isReached(place, partition) ? uncover(partition) : 0;
            partition = partition == 0 ? count - 1 : partition - 1;
            steps++;
        }
        return change;
    }

    /** How many partitions have been looked at: what this has cost. */
    long steps() {
        return steps;
    }

    private boolean isReached(long place, int partition) {
        Reach reach = reaches[partition];
        return !reach.isAnywhere() && isWithin(reach.distance(), place, partition);
    }

    private boolean isWithin(long reach, long place, int partition) {
        return Long.compareUnsigned(place - ((long) partition << shift), reach) < 0;
    }

    private double cover(int partition) {
        return covers[partition]++ > 0 ? 0 : hold(newcomer, 1) + hold(reaches[partition].loser(), -1);
    }

    private double uncover(int partition) {
        return --covers[partition] > 0 ? 0 : hold(newcomer, -1) + hold(reaches[partition].loser(), 1);
    }

    private double hold(int node, int more) {
        if (node == FrontLists.NONE) {
            return 0;
        }
        double before = term(node);
        held[node] += more;
        return term(node) - before;
    }

    private double term(int node) {
        double off = held[node] - (node == newcomer ? goal : shares[node]);
        return off * off / (shares[node] * shares[node]);
    }
}
