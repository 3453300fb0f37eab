package io.chordata.node.ring.view;

/**
 * How many places a newcomer takes: as many for its weight as the others have for theirs, by the median of these, whatever
 * weights are counted in.
 */
public final class PlaceCount {
    private PlaceCount() {}

    /** @param first how many it takes where nobody else has any */
    public static int of(RingView view, NodeRecord joining, int first) {
        double[] perWeight = view.nodes().stream()
                .filter(node -> !node.node().equals(joining.node())
                        && node.state() != NodeState.DECOMMISSIONED
                        && !node.candidates().isEmpty())
                .mapToDouble(node -> node.candidates().size() / node.weight().toDouble())
                .sorted()
                .toArray();
        if (perWeight.length == 0) {
            return first;
        }
        double median = perWeight[perWeight.length / 2];
        long wanted = Math.round(median * joining.weight().toDouble());
        return (int) Math.max(1, Math.min(wanted, Position.PER_NODE_MAX));
    }
}
