package io.chordata.node.ring.status;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Position;

/** What one node asks another. */
sealed interface StatusQuestion {
    /** @param fromIndex places with lower indexes are known already */
    record AskPositions(int fromIndex, boolean withFingers) implements StatusQuestion {
        public AskPositions {
            if (fromIndex < 0 || fromIndex >= Position.PER_NODE_MAX) {
                throw new IllegalArgumentException("no place has the index " + fromIndex);
            }
        }
    }

    /** @param fromNumber partitions with lower numbers are known already */
    record AskPartitions(int fromNumber) implements StatusQuestion {
        public AskPartitions {
            if (fromNumber < 0) {
                throw new IllegalArgumentException("no partition has the number " + fromNumber);
            }
        }
    }

    record AskFlows() implements StatusQuestion {}

    record AskLookup(RingId id, boolean viaFingers) implements StatusQuestion {}
}
