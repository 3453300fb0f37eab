package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went through a node within the last seconds.
 *
 * @param millis how long that was
 * @param requests of S3 at this node
 * @param links to and from other nodes, the heaviest if there are too many
 */
public record FlowReport(long millis, Requests requests, List<Link> links) {
    public static final int LINKS_MAX = 256;
    static final int OPERATIONS_MAX = 128;

    /** Nothing counts further within seconds, and sums of so many stay numbers. */
    static final long AMOUNT_MAX = 1L << 48;

    static final long MILLIS_MAX = 1L << 32;

    /** Of a node that has seen nothing yet. */
    public static final FlowReport NOTHING =
            new FlowReport(1, new Requests(0, 0, 0, 0, Collections.emptySortedMap()), List.of());

    public FlowReport {
        links = List.copyOf(links);
        if (millis < 1 || millis > MILLIS_MAX) {
            throw new IllegalArgumentException("flows of " + millis + " ms");
        }
        if (links.size() > LINKS_MAX) {
            throw new IllegalArgumentException(links.size() + " links");
        }
    }

    /**
     * Of S3.
     *
     * @param failed those that the node could not do, 500 and above
     * @param operations how long those of each name took
     */
    public record Requests(
            long answered,
            long failed,
            long receivedBytes,
            long sentBytes,
            SortedMap<String, LatencyCounts> operations) {
        public Requests {
            operations = Collections.unmodifiableSortedMap(new TreeMap<>(operations));
            checkAmount(answered);
            checkAmount(failed);
            checkAmount(receivedBytes);
            checkAmount(sentBytes);
            if (operations.size() > OPERATIONS_MAX) {
                throw new IllegalArgumentException(operations.size() + " operations");
            }
        }
    }

    /** What goes between two nodes for which reason. The one that sends tells of replication, the one that gets of the rest. */
    public enum Kind {
        /** Log entries, and blocks that are being written. */
        REPLICATION,
        /** Blocks that a member lacked. */
        REPAIR,
        /** The state and the blocks of partitions for a new member. */
        MOVEMENT
    }

    /** @param peer whom the bytes went to, or came from */
    public record Link(NodeId peer, Kind kind, long bytes) {
        public Link {
            checkAmount(bytes);
        }
    }

    private static void checkAmount(long amount) {
        if (amount < 0 || amount > AMOUNT_MAX) {
            throw new IllegalArgumentException(amount + " is more than can be");
        }
    }
}
