package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fingers, lists and predecessors of all positions of a node in one sorted table, so that a hop uses all that the node knows.
 * Built when it is needed, and again after a change, but not at once, and later the larger it is: what is missing in it for so
 * long makes a lookup longer, nothing else.
 */
final class RoutingTable {
    private static final long REBUILD_MILLIS_MIN = 100;
    private static final long REBUILD_MILLIS_PER_POSITION = 16;

    private static final Uint128 ONE = new Uint128(0, 1);

    private final Ring ring;
    private List<Answer.Way> ways = List.of();
    private boolean isOutdated = true;
    private long builtMillis;

    RoutingTable(Ring ring) {
        this.ring = ring;
    }

    void invalidate() {
        isOutdated = true;
    }

    private void build(long nowMillis) {
        if (!isOutdated || (!ways.isEmpty() && nowMillis - builtMillis < rebuildMillis())) {
            return;
        }
        List<Answer.Way> all = new ArrayList<>();
        boolean lists = ring.options.routing().lists();
        for (RingMember member : ring.members().values()) {
            member.fingers().known().forEach(finger -> add(all, finger, HopSource.FINGER));
            add(all, member.successors().first(), HopSource.SUCCESSOR);
            if (lists) {
                neighbours(member, neighbour -> add(all, neighbour, HopSource.SUCCESSOR));
            }
        }
        all.sort(Comparator.comparing(way -> way.position().id()));
        ways = withoutDuplicates(all);
        builtMillis = nowMillis;
        isOutdated = false;
    }

    private long rebuildMillis() {
        return Math.max(
                REBUILD_MILLIS_MIN, REBUILD_MILLIS_PER_POSITION * ring.members().size());
    }

    private static void neighbours(RingMember member, Consumer<Position> each) {
        member.successors().entries().forEach(each);
        each.accept(member.predecessor());
    }

    private void add(List<Answer.Way> all, Position position, HopSource source) {
        if (!ring.isSelf(position)) {
            all.add(new Answer.Way(position, source));
        }
    }

    private static List<Answer.Way> withoutDuplicates(List<Answer.Way> sorted) {
        List<Answer.Way> once = new ArrayList<>(sorted.size());
        for (Answer.Way way : sorted) {
            if (once.isEmpty()
                    || !once.get(once.size() - 1)
                            .position()
                            .id()
                            .equals(way.position().id())) {
                once.add(way);
            }
        }
        return List.copyOf(once);
    }

    /** Up to {@code count} positions between {@code from} and {@code id}, nearest to the id first, of different live nodes. */
    List<Answer.Way> closest(long nowMillis, RingId from, RingId id, int count) {
        build(nowMillis);
        List<Answer.Way> closest = new ArrayList<>(count);
        int start = firstAtOrBehind(id);
        for (int i = 1; i <= ways.size() && closest.size() < count; i++) {
            Answer.Way way = ways.get(Math.floorMod(start - i, ways.size()));
            if (!way.position().id().isBetween(from, id)) {
                break;
            }
            if (!ring.isDead(nowMillis, way.position())
                    && isNew(closest, way.position().owner().node())) {
                closest.add(way);
            }
        }
        return closest;
    }

    private static boolean isNew(List<Answer.Way> closest, NodeId node) {
        for (Answer.Way way : closest) {
            if (way.position().owner().node().equals(node)) {
                return false;
            }
        }
        return true;
    }

    private int firstAtOrBehind(RingId id) {
        int low = 0;
        int high = ways.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ways.get(middle).position().id().compareTo(id) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * The first position after {@code from}, before {@code to}, whose node is not known to be dead, the own ones and those of the
     * directory included.
     */
    @Nullable
    Position nearestLive(long nowMillis, RingId from, RingId to) {
        Nearest nearest = new Nearest(nowMillis, from, to);
        for (RingMember member : ring.members().values()) {
            nearest.consider(member.self());
            neighbours(member, nearest::consider);
            member.fingers().known().forEach(nearest::consider);
        }
        Position listed = ring.directory.successor(
                from.plus(ONE), node -> !node.equals(ring.self.node()) && !ring.known.isDead(nowMillis, node));
        if (listed != null) {
            nearest.consider(listed);
        }
        return nearest.best;
    }

    private final class Nearest {
        private final long nowMillis;
        private final RingId from;
        private final RingId to;
        private @Nullable Position best;
        private Uint128 distance = Uint128.ZERO;

        Nearest(long nowMillis, RingId from, RingId to) {
            this.nowMillis = nowMillis;
            this.from = from;
            this.to = to;
        }

        void consider(Position position) {
            Uint128 way = from.distanceTo(position.id());
            if (position.id().isBetween(from, to)
                    && (best == null || way.compareTo(distance) < 0)
                    && !ring.isDead(nowMillis, position)) {
                best = position;
                distance = way;
            }
        }
    }
}
