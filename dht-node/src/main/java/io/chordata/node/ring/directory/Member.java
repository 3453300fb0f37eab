package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import java.util.Objects;

/**
 * A claim about a node: its own words, and what others hold of it.
 *
 * @param stated the record as the node itself gave it
 * @param hasStopped whether it said goodbye after that
 * @param holdsData whether partitions were ever entrusted to it; such a node is remembered until it is decommissioned
 */
record Member(NodeRecord stated, Standing standing, boolean hasStopped, boolean holdsData) {
    Member {
        if (stated.state() != stated.stated()) {
            throw new IllegalArgumentException("no node says of itself that it is " + stated.state());
        }
        if (stated.contact().incarnation() != standing.life().incarnation()) {
            throw new IllegalArgumentException("incarnation " + stated.contact().incarnation() + " in the record, "
                    + standing.life().incarnation() + " in the standing");
        }
    }

    NodeId node() {
        return stated.contact().node();
    }

    NodeAddress address() {
        return stated.contact().address();
    }

    Verdict verdict() {
        return standing.verdict();
    }

    Member with(Verdict verdict) {
        return verdict == standing.verdict() ? this : new Member(stated, standing.with(verdict), hasStopped, holdsData);
    }

    /** Of two claims about one node the one that holds. */
    Member merge(Member other) {
        return other.standing.overrides(standing) ? other : this;
    }

    /** The node's own words, shortened to a number that is hardly the same for others, and never zero. */
    int tag() {
        int words = Objects.hash(
                address().host(),
                address().port(),
                stated.name(),
                stated.s3().toString(),
                stated.admin().toString(),
                stated.zone(),
                stated.weight().thousandths(),
                stated.software(),
                stated.candidates(),
                stated.state().ordinal(),
                hasStopped,
                holdsData);
        return (standing.tag() ^ words) | 1;
    }

    NodeState state() {
        return switch (standing.verdict()) {
            case LIVE -> hasStopped ? NodeState.DOWN : stated.state();
            case SUSPECT -> hasStopped ? NodeState.DOWN : NodeState.SUSPECT;
            case DOWN -> NodeState.DOWN;
            case DECOMMISSIONED -> NodeState.DECOMMISSIONED;
        };
    }

    boolean isDown() {
        return state() == NodeState.DOWN;
    }

    boolean isDecommissioned() {
        return standing.verdict() == Verdict.DECOMMISSIONED;
    }

    /** Worth a probe: it runs, or is merely suspected of not doing so. */
    boolean isUp() {
        return !isDown() && !isDecommissioned();
    }

    /** Down, and nothing is lost with it: forgotten some day, and news of it is no news. */
    boolean isForgettable() {
        return isDown() && !holdsData;
    }

    /** The record with the state in which the directory holds the node. */
    NodeRecord record() {
        NodeState state = state();
        return state == stated.state() ? stated : stated.withState(state);
    }
}
