package io.chordata.node.ring;

import io.chordata.node.core.Clock;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.directory.DirectoryEvent.NodeEvent;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.RingView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes events of what happens: at once of what is told, and at the end of each turn of how the ring then differs. */
final class RingNews {
    private final Clock clock;
    private final RingEvents events;
    private final Map<RingId, Pointers> toldPointers = new TreeMap<>();
    private long toldChanges = -1;
    private long toldVersion;

    RingNews(Clock clock, RingEvents events) {
        this.clock = clock;
        this.events = events;
    }

    void onNode(NodeEvent event) {
        NodeRecord before = event.before();
        NodeRecord after = event.after();
        NodeId node = nodeOf(before, after);
        long wallMillis = clock.wallMillis();
        events.add(id -> new RingEvent.NodeChanged(id, wallMillis, event.kind(), node, before, after));
    }

    static NodeId nodeOf(@Nullable NodeRecord before, @Nullable NodeRecord after) {
        NodeRecord either = after != null ? after : before;
        if (either == null) {
            throw new IllegalStateException("an event about no node");
        }
        return either.node();
    }

    void onPhase(RingPhase phase) {
        long wallMillis = clock.wallMillis();
        events.add(id -> new RingEvent.PhaseChanged(id, wallMillis, phase));
    }

    void warn(String text) {
        long wallMillis = clock.wallMillis();
        events.add(id -> new RingEvent.Warned(id, wallMillis, text));
    }

    /** @return whether it is another view than before */
    boolean onView(RingView view) {
        if (view.version() == toldVersion) {
            return false;
        }
        toldVersion = view.version();
        long wallMillis = clock.wallMillis();
        events.add(id -> new RingEvent.ViewChanged(id, wallMillis, view.version()));
        return true;
    }

    void onRing(RingNode ring) {
        if (ring.changes() == toldChanges) {
            return;
        }
        toldChanges = ring.changes();
        List<Pointers> changed = new ArrayList<>();
        for (Pointers pointers : ring.pointers()) {
            if (!pointers.equals(toldPointers.put(pointers.at().id(), pointers))) {
                changed.add(pointers);
            }
        }
        if (!changed.isEmpty()) {
            long wallMillis = clock.wallMillis();
            events.add(id -> new RingEvent.PointersChanged(id, wallMillis, List.copyOf(changed)));
        }
    }
}
