package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.RingView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The view of all nodes, by what the directory tells. Changes are collected until somebody looks: one by one they cost more. Of
 * very many it takes over some only, as the id of each place costs a hash, and the rest when it is told to go on.
 */
final class ViewKeeper {
    /** Takes some milliseconds. */
    private static final int PLACES_AT_ONCE = 4_096;
    /** What a node costs beside its places. */
    private static final int PLACES_PER_NODE = 8;

    private final Map<NodeId, NodeRecord> changed = new LinkedHashMap<>();
    private final Set<NodeId> forgotten = new LinkedHashSet<>();
    private volatile RingView published = RingView.EMPTY;
    private int placesLeft;

    void put(NodeRecord record) {
        goOnIfNothingWaits();
        forgotten.remove(record.node());
        changed.put(record.node(), record);
    }

    private void goOnIfNothingWaits() {
        if (!isBehind()) {
            goOn();
        }
    }

    void forget(NodeId node) {
        goOnIfNothingWaits();
        changed.remove(node);
        forgotten.add(node);
    }

    /** What waits may be taken over some more: the loop has done other things since. */
    void goOn() {
        placesLeft = PLACES_AT_ONCE;
    }

    /** Whether something waits. */
    boolean isBehind() {
        return !changed.isEmpty() || !forgotten.isEmpty();
    }

    /** With all that was told, unless that was too much at once. */
    RingView current() {
        if (isBehind() && placesLeft > 0) {
            List<NodeId> gone =
                    take(forgotten, node -> published.positionsOf(node).size());
            List<NodeRecord> records =
                    take(changed.values(), record -> record.candidates().size());
            published = published.change(records, gone);
        }
        return published;
    }

    private interface Cost<T> {
        int of(T item);
    }

    private <T> List<T> take(Collection<T> from, Cost<T> places) {
        List<T> taken = new ArrayList<>();
        Iterator<T> next = from.iterator();
        while (placesLeft > 0 && next.hasNext()) {
            T item = next.next();
            next.remove();
            placesLeft -= PLACES_PER_NODE + places.of(item);
            taken.add(item);
        }
        return taken;
    }

    /** As somebody saw it last. From any thread. */
    RingView published() {
        return published;
    }
}
