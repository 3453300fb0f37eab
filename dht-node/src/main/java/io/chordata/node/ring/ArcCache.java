package io.chordata.node.ring;

import io.chordata.node.core.Arc;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which positions answered for which arcs in earlier lookups: a hint, dropped when it proves wrong. Bounded by leaving out
 * what was not used for longest. A cache of a library would decide what to leave out on a thread of its own, or by a random
 * seed of its own, and a run would not replay.
 */
final class ArcCache {
    private final int entriesMax;
    private final NavigableMap<RingId, Entry> byEnd = new TreeMap<>();
    private final Map<RingId, Boolean> byUse = new LinkedHashMap<>(16, 0.75f, true);

    private record Entry(Arc arc, Position position) {}

    ArcCache(int entriesMax) {
        this.entriesMax = entriesMax;
    }

    void put(RingId predecessor, Position position) {
        byEnd.put(position.id(), new Entry(new Arc(predecessor, position.id()), position));
        byUse.put(position.id(), true);
        if (byUse.size() > entriesMax) {
            drop(byUse.keySet().iterator().next());
        }
    }

    @Nullable
    Position find(RingId id) {
        Map.Entry<RingId, Entry> nearest = byEnd.ceilingEntry(id);
        if (nearest == null) {
            nearest = byEnd.firstEntry();
        }
        if (nearest == null || !nearest.getValue().arc().contains(id)) {
            return null;
        }
        byUse.get(nearest.getKey());
        return nearest.getValue().position();
    }

    void drop(RingId end) {
        byEnd.remove(end);
        byUse.remove(end);
    }

    int size() {
        return byEnd.size();
    }
}
