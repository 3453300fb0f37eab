package io.chordata.client.cli;

import io.chordata.client.admin.Ring;
import io.chordata.client.admin.Ring.Finger;
import io.chordata.client.admin.Ring.Position;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ring as a table. */
final class RingText {
    private static final BigInteger WHOLE = BigInteger.ONE.shiftLeft(128);
    private static final int HEX = 16;
    private static final double MILLION = 1_000_000;
    private static final double PER_CENT = 100;

    private RingText() {}

    static String of(Ring ring, NodeNames names) {
        StringBuilder text = new StringBuilder(title(ring)).append("\n\n").append(positions(ring, names));
        ring.unanswered()
                .forEach(node -> text.append('\n')
                        .append(names.of(node))
                        .append(" did not answer: the neighbours of its positions are not known"));
        if (!ring.fingers().isEmpty()) {
            Table fingers = new Table("finger from", "position", "node");
            for (Finger finger : ring.fingers()) {
                fingers.row(finger.start(), finger.id(), names.of(finger.node()));
            }
            text.append("\n\n").append(fingers);
        }
        return text.toString();
    }

    private static String title(Ring ring) {
        long nodes = ring.positions().stream().map(Position::node).distinct().count();
        return ring.positions().size() + " positions of " + nodes + (nodes == 1 ? " node" : " nodes") + ", version "
                + ring.version();
    }

    private static Table positions(Ring ring, NodeNames names) {
        Map<String, Position> byId = ring.positions().stream()
                .collect(Collectors.toMap(Position::id, Function.identity(), (one, other) -> one));
        Table table = new Table("position", "node", ">share", "predecessor", "successors");
        for (Position position : ring.positions()) {
            table.row(
                    position.id(),
                    names.of(position.node()),
                    share(position),
                    neighbour(position.predecessor(), byId, names),
                    neighbours(position.successors(), byId, names));
        }
        return table;
    }

    /** The part of the ring from its predecessor, which it does not hold, to itself. */
    private static String share(Position position) {
        String predecessor = position.predecessor();
        if (predecessor == null) {
            return "?";
        }
        BigInteger length = new BigInteger(position.id(), HEX)
                .subtract(new BigInteger(predecessor, HEX))
                .mod(WHOLE);
        BigInteger held = length.signum() == 0 ? WHOLE : length;
        double part =
                held.multiply(BigInteger.valueOf((long) MILLION)).divide(WHOLE).doubleValue() / MILLION;
        return String.format(Locale.ROOT, "%.2f %%", part * PER_CENT);
    }

    /** The node's name where its position is in the answer, else the position. */
    private static String neighbour(@Nullable String id, Map<String, Position> byId, NodeNames names) {
        if (id == null) {
            return "?";
        }
        Position position = byId.get(id);
        return position == null ? id : names.of(position.node());
    }

    private static String neighbours(List<String> ids, Map<String, Position> byId, NodeNames names) {
        Set<String> distinct = new LinkedHashSet<>();
        ids.forEach(id -> distinct.add(neighbour(id, byId, names)));
        return distinct.isEmpty() ? "?" : String.join(" ", distinct);
    }
}
