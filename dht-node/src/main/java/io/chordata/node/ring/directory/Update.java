package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeVitals;
import org.jspecify.annotations.Nullable;

/**
 * A claim on its way.
 *
 * @param accuser whose probe failed, where the claim is that the node is suspect or down
 * @param load the node's newest figures that the sender knows
 */
record Update(
        Member member, @Nullable NodeId accuser, @Nullable Load load) {
    private static final int FIXED_BYTES = 120;
    private static final int LOAD_BYTES = 64;
    private static final int VITALS_BYTES = 52;
    private static final int ACCUSER_BYTES = 18;
    private static final int SMALL_MAX = 127;

    NodeId node() {
        return member.node();
    }

    /** No less than it takes on the wire, and little more. */
    int bytesMax() {
        NodeRecord record = member.stated();
        return FIXED_BYTES
                + utf8Bytes(record.name())
                + utf8Bytes(member.address().host())
                + utf8Bytes(record.s3().host())
                + utf8Bytes(record.admin().host())
                + utf8Bytes(record.zone())
                + utf8Bytes(record.software())
                + record.candidates().size()
                + (load == null ? 0 : bytesMax(load))
                + (accuser == null ? 0 : ACCUSER_BYTES);
    }

    private static int bytesMax(Load load) {
        return LOAD_BYTES + (load.figures().vitals().equals(NodeVitals.UNTOLD) ? 0 : VITALS_BYTES);
    }

    private static int utf8Bytes(String text) {
        return text.chars().map(c -> c <= SMALL_MAX ? 1 : 3).sum();
    }
}
