package io.chordata.node.ring;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.RingView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The view of all nodes, by what the directory tells. Changes are collected until somebody looks: one by one they cost more. */
final class ViewKeeper {
    private final Map<NodeId, NodeRecord> changed = new TreeMap<>();
    private final List<NodeId> forgotten = new ArrayList<>();
    private volatile RingView published = RingView.EMPTY;

    void put(NodeRecord record) {
        forgotten.remove(record.node());
        changed.put(record.node(), record);
    }

    void forget(NodeId node) {
        changed.remove(node);
        forgotten.add(node);
    }

    /** With all that was told. */
    RingView current() {
        if (!changed.isEmpty() || !forgotten.isEmpty()) {
            published = published.change(changed.values(), forgotten);
            changed.clear();
            forgotten.clear();
        }
        return published;
    }

    /** As somebody saw it last. From any thread. */
    RingView published() {
        return published;
    }
}
