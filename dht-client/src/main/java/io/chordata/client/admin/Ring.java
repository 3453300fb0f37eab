package io.chordata.client.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ring, or one node's part of it.
 *
 * @param version of the membership
 * @param positions in order of their ids
 * @param unanswered nodes that did not tell their neighbours
 * @param fingers of the one node that was asked for; empty for the whole ring
 */
public record Ring(long version, List<Position> positions, List<String> unanswered, List<Finger> fingers) {
    /**
     * A place of a node on the ring.
     *
     * @param predecessor null where the node did not tell
     * @param successors next first; empty where the node did not tell
     */
    public record Position(String id, String node, @Nullable String predecessor, List<String> successors) {
        public Position {
            successors = List.copyOf(successors);
        }

        private static Position of(Fields fields) {
            List<String> successors = fields.optionalTexts("successors");
            return new Position(
                    fields.text("id"),
                    fields.text("node"),
                    fields.optionalText("predecessor"),
                    successors == null ? List.of() : successors);
        }
    }

    /**
     * A finger.
     *
     * @param start the id from which it points on
     * @param id the position that succeeds it
     * @param node whose position that is
     */
    public record Finger(String start, String id, String node) {
        private static Finger of(Fields fields) {
            return new Finger(fields.text("start"), fields.text("id"), fields.text("node"));
        }
    }

    public Ring {
        positions = List.copyOf(positions);
        unanswered = List.copyOf(unanswered);
        fingers = List.copyOf(fingers);
    }

    static Ring of(Fields fields) {
        List<Finger> fingers = fields.optionalList("fingers", Finger::of);
        return new Ring(
                fields.number("version"),
                fields.list("positions", Position::of),
                fields.texts("unanswered"),
                fingers == null ? List.of() : fingers);
    }
}
