package io.chordata.node.ring.view;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The nodes of a view that may hold partitions, by small numbers: nodes by rising id, zones by name, places by rising id. */
final class PlaceableNodes {
    private final List<NodeRecord> nodes;
    private final Map<NodeId, Integer> numbers = new TreeMap<>();
    private final int[] zones;
    private final int zoneCount;
    private final RingId[] places;
    private final int[] owners;

    PlaceableNodes(RingView view, Predicate<NodeRecord> eligible) {
        nodes = view.nodes().stream()
                .filter(node -> eligible.test(node) && !node.candidates().isEmpty())
                .toList();
        Map<String, Integer> zoneNumbers = new TreeMap<>();
        zones = new int[nodes.size()];
        for (int n = 0; n < zones.length; n++) {
            numbers.put(nodes.get(n).node(), n);
            zones[n] = zoneNumbers.computeIfAbsent(nodes.get(n).zone(), zone -> zoneNumbers.size());
        }
        zoneCount = zoneNumbers.size();
        List<Position> positions = positionsOf(view);
        places = positions.stream().map(Position::id).toArray(RingId[]::new);
        owners = positions.stream().mapToInt(this::ownerOf).toArray();
    }

    private List<Position> positionsOf(RingView view) {
        List<Position> positions = new ArrayList<>();
        Iterator<Position> walk = view.clockwise(new RingId(Uint128.ZERO));
        while (walk.hasNext()) {
            Position position = walk.next();
            if (numbers.containsKey(position.owner().node())) {
                positions.add(position);
            }
        }
        return positions;
    }

    private int ownerOf(Position position) {
        return numberOf(position.owner().node());
    }

    int count() {
        return nodes.size();
    }

    int zoneCount() {
        return zoneCount;
    }

    NodeRecord node(int number) {
        return nodes.get(number);
    }

    /** {@link FrontLists#NONE} for a node that may hold nothing. */
    int numberOf(NodeId node) {
        return numbers.getOrDefault(node, FrontLists.NONE);
    }

    int zoneOf(int node) {
        return zones[node];
    }

    int placeCount() {
        return places.length;
    }

    RingId place(int place) {
        return places[place];
    }

    int ownerOf(int place) {
        return owners[place];
    }

    /** {@link FrontLists#NONE} for a zone that no node is in. */
    int zoneNumber(String zone) {
        for (int n = 0; n < zones.length; n++) {
            if (nodes.get(n).zone().equals(zone)) {
                return zones[n];
            }
        }
        return FrontLists.NONE;
    }

    double[] weights() {
        return nodes.stream().mapToDouble(node -> node.weight().toDouble()).toArray();
    }

    /** The last one is that of a newcomer. */
    double[] weightsWith(Weight newcomer) {
        double[] weights = Arrays.copyOf(weights(), count() + 1);
        weights[count()] = newcomer.toDouble();
        return weights;
    }
}
