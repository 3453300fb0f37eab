package io.chordata.node.ring.view;

import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the places that a newcomer takes: place after place the candidate with which the nodes would hold their partitions
 * most evenly by weight, both as one of the replicas and as the first of them, who leads. When all are chosen, each is
 * reconsidered, as the first were chosen in ignorance of the last, until nothing gets better or enough has been done.
 *
 * <p>The cost is bounded, as a join does this on an event loop: the fewer places there are to choose, the more partitions
 * are looked at, at most {@value #TRIES_MAX} pairs of a candidate and a partition for each round; where a cluster has more
 * partitions, each stands for several neighbours.
 */
public final class PositionChooser {
    private static final int TRIES_MAX = 1 << 23;
    private static final int PARTITION_BITS_MAX = 12;
    private static final int ROUNDS_MAX = 4;
    private static final double NOTICEABLE = 1e-9;

    private final long[][] candidates;
    private final int[] chosen;
    private final List<JoinScore> scores;

    private PositionChooser(RingView view, NodeRecord joining, Partitioning partitioning, int replicas, int places) {
        PlaceableNodes others = new PlaceableNodes(
                view, node -> node.isPlaceable() && !node.node().equals(joining.node()));
        Partitioning looked = looked(partitioning, places);
        candidates = candidates(joining.node(), places);
        chosen = new int[places];
        scores = replicas == 1
                ? List.of(new JoinScore(others, joining, looked, 1))
                : List.of(new JoinScore(others, joining, looked, replicas), new JoinScore(others, joining, looked, 1));
    }

    /**
     * @param joining its id, zone and weight count
     * @param replicas the replication factor
     * @param places how many it takes, see {@link PlaceCount}
     * @return the candidate for each place, as {@link NodeRecord#candidates} has them; the same for the same arguments
     */
    public static List<Integer> choose(
            RingView view, NodeRecord joining, Partitioning partitioning, int replicas, int places) {
        return new PositionChooser(view, joining, partitioning, replicas, places).choose();
    }

    private static Partitioning looked(Partitioning partitioning, int places) {
        int affordable = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(TRIES_MAX / Position.CANDIDATES / places);
        int bits = Math.min(partitioning.bits(), Math.min(affordable, PARTITION_BITS_MAX));
        return new Partitioning(Math.max(bits, Partitioning.MIN_BITS));
    }

    private static long[][] candidates(NodeId node, int places) {
        long[][] candidates = new long[places][Position.CANDIDATES];
        for (int i = 0; i < places; i++) {
            for (int j = 0; j < Position.CANDIDATES; j++) {
                candidates[i][j] = DerivedIds.position(node, i, j).value().high();
            }
        }
        return candidates;
    }

    private List<Integer> choose() {
        for (int place = 0; place < chosen.length; place++) {
            aimFor((place + 1.0) / chosen.length);
            chosen[place] = best(place);
            add(candidates[place][chosen[place]]);
        }
        boolean better = true;
        for (int round = 0; round < ROUNDS_MAX && better && canAfford(); round++) {
            better = reconsider();
        }
        List<Integer> result = new ArrayList<>(chosen.length);
        for (int candidate : chosen) {
            result.add(candidate);
        }
        return result;
    }

    private boolean reconsider() {
        boolean better = false;
        for (int place = 0; place < chosen.length; place++) {
            double loss = remove(candidates[place][chosen[place]]);
            int best = best(place);
            better |= add(candidates[place][best]) + loss < -NOTICEABLE;
            chosen[place] = best;
        }
        return better;
    }

    /** The first of equals, so that all compute the same. */
    private int best(int place) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < Position.CANDIDATES; j++) {
            double change = add(candidates[place][j]);
            remove(candidates[place][j]);
            if (change < least - NOTICEABLE) {
                least = change;
                best = j;
            }
        }
        return best;
    }

    private boolean canAfford() {
        return scores.stream().mapToLong(JoinScore::steps).sum() < TRIES_MAX;
    }

    private void aimFor(double part) {
        scores.forEach(score -> score.aimFor(part));
    }

    private double add(long place) {
        double change = 0;
        for (JoinScore score : scores) {
            change += score.add(place);
        }
        return change;
    }

    private double remove(long place) {
        double change = 0;
        for (JoinScore score : scores) {
            change += score.remove(place);
        }
        return change;
    }
}
