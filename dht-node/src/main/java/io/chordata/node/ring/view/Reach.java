package io.chordata.node.ring.view;

/**
 * From where a newcomer's place takes a partition, and from whom: from less far than {@code distance} (the upper half of one,
 * unsigned), or from anywhere; and always from the same loser, wherever the place is.
 *
 * @param loser the number of a node; {@link FrontLists#NONE} where there were too few nodes, and nobody loses anything
 */
record Reach(boolean isAnywhere, long distance, int loser) {
    /**
     * Where the newcomer's zone is represented, it takes the place of that node, or of the last that merely fills up if that is
     * farther: whoever of its zone comes second fills up itself. Where it brings a zone that is missing, it replaces the last
     * that fills up at once, or the last representative if it is nearer.
     *
     * @param zone the newcomer's; {@link FrontLists#NONE} for a new one
     */
    static Reach of(Chosen chosen, PlaceableNodes nodes, int zone, int replicas) {
        if (chosen.size() < replicas) {
            return new Reach(true, 0, FrontLists.NONE);
        }
        int representative = firstOf(zone, chosen, nodes);
        int filler = lastFiller(chosen, nodes);
        boolean bringsZone = representative == FrontLists.NONE;
        if (bringsZone && filler != FrontLists.NONE) {
            return new Reach(true, 0, chosen.node(filler));
        }
        int loser = bringsZone ? chosen.size() - 1 : Math.max(representative, filler);
        return new Reach(false, chosen.distance(loser), chosen.node(loser));
    }

    private static int firstOf(int zone, Chosen chosen, PlaceableNodes nodes) {
        for (int i = 0; i < chosen.size(); i++) {
            if (nodes.zoneOf(chosen.node(i)) == zone) {
                return i;
            }
        }
        return FrontLists.NONE;
    }

    /** The last whose zone another one before it represents. */
    private static int lastFiller(Chosen chosen, PlaceableNodes nodes) {
        for (int i = chosen.size() - 1; i > 0; i--) {
            if (firstOf(nodes.zoneOf(chosen.node(i)), chosen, nodes) < i) {
                return i;
            }
        }
        return FrontLists.NONE;
    }
}
