package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.status.RingPicture.FingerPicture;
import io.chordata.node.ring.status.RingPicture.Neighbours;
import io.chordata.node.ring.status.RingPicture.PositionPicture;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes pictures of what nodes report. Each id stands in memory once, though a dozen neighbours name it. */
final class PictureBuilder {
    private static final Comparator<PositionPicture> BY_ID = Comparator.comparing(PositionPicture::id);

    private final Map<RingId, RingId> ids = new LinkedHashMap<>();
    private final List<PositionPicture> positions = new ArrayList<>();
    private final List<NodeId> unanswered = new ArrayList<>();

    /** Nodes can tell of more positions than the directory knew before they were asked. */
    private boolean hasRoomFor(int more) {
        return positions.size() + more <= ClusterRing.POSITIONS_MAX;
    }

    /** @return false where there is no room for so many */
    boolean add(NodeRecord node, List<PositionReport> told) {
        if (!hasRoomFor(told.size())) {
            return false;
        }
        for (PositionReport position : told) {
            Neighbours neighbours = new Neighbours(
                    once(position.predecessor()),
                    position.successors().stream().map(this::once).toList());
            positions.add(new PositionPicture(once(position.idAt(node)), node.node(), neighbours));
        }
        return true;
    }

    /** Nobody told; the positions are where the directory has them, if they are on the ring at all. */
    void addUntold(NodeRecord node, List<Position> known) {
        unanswered.add(node.node());
        if (node.isOnRing() && hasRoomFor(known.size())) {
            known.forEach(position -> positions.add(new PositionPicture(once(position.id()), node.node(), null)));
        }
    }

    private RingId once(RingId id) {
        RingId known = ids.putIfAbsent(id, id);
        return known == null ? id : known;
    }

    RingPicture picture(long version) {
        return picture(version, null);
    }

    /** Of one node, with its fingers. */
    RingPicture picture(long version, NodeRecord node, List<PositionReport> told) {
        add(node, told);
        return picture(version, fingers(node, told));
    }

    static RingPicture untold(long version, NodeRecord node, List<Position> known) {
        PictureBuilder builder = new PictureBuilder();
        builder.addUntold(node, known);
        return builder.picture(version);
    }

    private RingPicture picture(long version, @Nullable List<FingerPicture> fingers) {
        positions.sort(BY_ID);
        return new RingPicture(version, positions, unanswered, fingers);
    }

    /** Of all fingers that lead to one position, the one that begins nearest before it. */
    private List<FingerPicture> fingers(NodeRecord node, List<PositionReport> told) {
        Map<RingId, FingerPicture> nearest = new LinkedHashMap<>();
        for (PositionReport position : told) {
            RingId at = position.idAt(node);
            for (FingerReport finger : position.fingers()) {
                RingId start = at.plus(finger.distance());
                nearest.merge(
                        finger.id(), new FingerPicture(start, finger.id(), finger.node()), PictureBuilder::nearer);
            }
        }
        return nearest.values().stream()
                .sorted(Comparator.comparing(FingerPicture::id))
                .toList();
    }

    private static FingerPicture nearer(FingerPicture one, FingerPicture other) {
        Uint128 distance = one.start().distanceTo(one.id());
        return other.start().distanceTo(other.id()).compareTo(distance) < 0 ? other : one;
    }
}
