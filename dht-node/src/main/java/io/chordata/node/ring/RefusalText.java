package io.chordata.node.ring;

import io.chordata.node.ring.directory.DirectoryEvent.Refused;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.RingView;

/** Why this node is refused, for its operator. */
final class RefusalText {
    private RefusalText() {}

    static String of(NodeRecord own, Refused refused, RingView view) {
        return "node " + own.node() + " (" + own.name() + ") is refused by " + by(own, refused, view) + ": "
                + refused.reason().explanation() + other(refused);
    }

    private static String by(NodeRecord own, Refused refused, RingView view) {
        if (refused.by().equals(own.node())) {
            return "itself";
        }
        NodeRecord by = view.node(refused.by());
        return "node " + refused.by()
                + (by == null ? "" : " (" + by.name() + ") at " + by.contact().address());
    }

    private static String other(Refused refused) {
        Contact other = refused.other();
        return other == null ? "" : ". The other is at " + other.address() + ", start number " + other.incarnation();
    }
}
