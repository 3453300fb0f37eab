package io.chordata.node.process;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The whole ring as one node shows it at {@code /v1/ring}: whoever stands where, and what each says of its neighbours. */
final class RingPicture {
    private final NavigableMap<BigInteger, JsonObject> positions;

    private RingPicture(NavigableMap<BigInteger, JsonObject> positions) {
        this.positions = positions;
    }

    static RingPicture parse(String json) {
        NavigableMap<BigInteger, JsonObject> positions = new TreeMap<>();
        JsonArray array = new JsonObject(json).getJsonArray("positions", new JsonArray());
        for (int i = 0; i < array.size(); i++) {
            JsonObject position = array.getJsonObject(i);
            positions.put(new BigInteger(position.getString("id"), 16), position);
        }
        return new RingPicture(positions);
    }

    /** The same without the places of all other nodes. */
    RingPicture of(Set<String> nodes) {
        NavigableMap<BigInteger, JsonObject> kept = new TreeMap<>(positions);
        kept.values().removeIf(position -> !nodes.contains(position.getString("node")));
        return new RingPicture(kept);
    }

    Map<String, Long> positionsByNode() {
        return positions.values().stream()
                .collect(Collectors.groupingBy(
                        position -> position.getString("node"), TreeMap::new, Collectors.counting()));
    }

    /** The id of the position that answers for {@code id}: the first at or behind it. */
    String owner(String id) {
        Map.Entry<BigInteger, JsonObject> behind = positions.ceilingEntry(new BigInteger(id, 16));
        return (behind != null ? behind : positions.firstEntry()).getValue().getString("id");
    }

    /** What keeps it from being one ring of these nodes, in order, with all neighbours right; empty if nothing does. */
    List<String> flaws(Set<String> nodes) {
        List<String> flaws = new ArrayList<>();
        if (!positionsByNode().keySet().equals(nodes)) {
            flaws.add("shows positions of " + positionsByNode().keySet() + ", not of " + nodes);
            return flaws;
        }
        List<String> ids = positions.values().stream()
                .map(position -> position.getString("id"))
                .toList();
        int at = 0;
        for (JsonObject position : positions.values()) {
            checkNeighbours(position, ids, at++, flaws);
        }
        return flaws;
    }

    private static void checkNeighbours(JsonObject position, List<String> ids, int at, List<String> flaws) {
        String before = ids.get(Math.floorMod(at - 1, ids.size()));
        if (!before.equals(position.getString("predecessor"))) {
            flaws.add(ids.get(at) + " has predecessor " + position.getString("predecessor") + ", not " + before);
        }
        JsonArray successors = position.getJsonArray("successors", new JsonArray());
        if (successors == null || successors.isEmpty()) {
            flaws.add(ids.get(at) + " has no successors");
            return;
        }
        for (int i = 0; i < successors.size(); i++) {
            String expected = ids.get((at + 1 + i) % ids.size());
            if (!expected.equals(successors.getString(i))) {
                flaws.add("successor " + i + " of " + ids.get(at) + " is " + successors.getString(i) + ", not "
                        + expected);
                return;
            }
        }
    }
}
