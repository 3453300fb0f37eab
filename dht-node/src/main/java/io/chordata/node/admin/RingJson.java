package io.chordata.node.admin;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.RingPicture;
import io.chordata.node.ring.status.RingPicture.FingerPicture;
import io.chordata.node.ring.status.RingPicture.Neighbours;
import io.chordata.node.ring.status.RingPicture.PositionPicture;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The ring as JSON. Ids are 32 lower-case hex digits.
 *
 * <pre>
 *   /v1/ring             {version, positions: [{id, node, predecessor, successors: [id]}], unanswered: [node]}
 *   /v1/ring?node=ID     the same of one node, and fingers: [{start, id, node}]
 *   /v1/lookup           {id, position, node, partition, replicas: [node], path: [{node, position, source,
 *                        roundTripMicros}]}
 * </pre>
 *
 * <p>The predecessor and successors of a position whose node did not tell them are null, and {@code unanswered} names the
 * node; its fingers are null then, too. A path begins at a node and at none of its positions: that is null. The replicas are who should hold the partition, see {@link LookupView}.
 */
final class RingJson {
    private RingJson() {}

    /** All of it but the positions, which may be many. */
    static JsonObject frame(RingPicture picture) {
        JsonObject frame =
                new JsonObject().put("version", picture.version()).put("unanswered", texts(picture.unanswered()));
        List<FingerPicture> fingers = picture.fingers();
        return fingers == null
                ? frame
                : frame.put(
                        "fingers",
                        new JsonArray(fingers.stream().map(RingJson::finger).toList()));
    }

    static JsonObject position(PositionPicture position) {
        Neighbours neighbours = position.neighbours();
        return new JsonObject()
                .put("id", position.id().toString())
                .put("node", position.node().toString())
                .put(
                        "predecessor",
                        neighbours == null ? null : neighbours.predecessor().toString())
                .put("successors", neighbours == null ? null : texts(neighbours.successors()));
    }

    private static JsonObject finger(FingerPicture finger) {
        return new JsonObject()
                .put("start", finger.start().toString())
                .put("id", finger.id().toString())
                .put("node", finger.node().toString());
    }

    static JsonObject lookup(LookupView lookup) {
        return new JsonObject()
                .put("id", lookup.id().toString())
                .put("position", lookup.position().toString())
                .put("node", lookup.node().toString())
                .put("partition", lookup.partition())
                .put("replicas", texts(lookup.replicas()))
                .put(
                        "path",
                        new JsonArray(lookup.path().stream().map(RingJson::hop).toList()));
    }

    private static JsonObject hop(Hop hop) {
        RingId position = hop.position();
        return new JsonObject()
                .put("node", hop.node().toString())
                .put("position", position == null ? null : position.toString())
                .put("source", hop.source().name().toLowerCase(Locale.ROOT))
                .put("roundTripMicros", hop.roundTripMicros());
    }

    private static JsonArray texts(Collection<?> ids) {
        return new JsonArray(ids.stream().map(Object::toString).toList());
    }
}
