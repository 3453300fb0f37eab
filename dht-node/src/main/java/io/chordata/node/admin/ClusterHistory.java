package io.chordata.node.admin;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.NodeRecord;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster's nodes and partitions were within the last hour, as this node saw it, for {@code /v1/history}: all of them as
 * they were when it begins, and behind that only what became another. So memory is bounded: the beginning is as large as one
 * answer about all nodes and partitions, and what came since has at most {@link #CHANGES_BYTES_MAX}; where that is full, or an
 * hour old, the oldest change becomes a part of the beginning, which moves on. Safe for use by many threads.
 */
public final class ClusterHistory {
    static final long HOUR_MILLIS = 3_600_000;

    /** Some 20,000 changes of partitions. */
    static final int CHANGES_BYTES_MAX = 8 << 20;

    /** What a change costs on the heap besides its text. */
    private static final int CHANGE_BYTES = 128;

    /** In one piece of the answer, so that none is large. */
    private static final int PIECE_MAX = 128;

    private final int changesBytesMax;
    private final SortedMap<String, String> firstNodes = new TreeMap<>();
    private final SortedMap<Integer, String> firstPartitions = new TreeMap<>();
    private final Deque<Moment> moments = new ArrayDeque<>();
    private final Map<NodeId, SeenNode> seenNodes = new HashMap<>();
    private Map<Integer, PartitionView> seenPartitions = Map.of();
    private long momentsBytes;
    private @Nullable Long since;
    private @Nullable Long until;

    /** What became another at the same time, each as JSON by its id or number. */
    private record Moment(long time, Map<String, String> nodes, Set<String> gone, Map<Integer, String> partitions) {
        boolean isEmpty() {
            return nodes.isEmpty() && gone.isEmpty() && partitions.isEmpty();
        }

        long bytes() {
            long texts = nodes.values().stream().mapToLong(String::length).sum()
                    + partitions.values().stream().mapToLong(String::length).sum();
            return texts + (long) CHANGE_BYTES * (1 + nodes.size() + gone.size() + partitions.size());
        }
    }

    private record SeenNode(NodeRecord node, boolean isDrained, List<RingId> positions) {}

    /** From when until when it reaches, null before the first look, and its pieces in order of time. */
    record Told(@Nullable Long since, @Nullable Long until, List<Piece> pieces) {
        JsonObject frame() {
            return new JsonObject().put("since", since).put("until", until);
        }
    }

    /** Some of what became another at a time; nodes and partitions as JSON. */
    record Piece(long time, List<String> nodes, List<String> gone, List<String> partitions) {
        String encode() {
            return "{\"time\":" + time + ",\"nodes\":[" + String.join(",", nodes) + "],\"gone\":"
                    + new JsonArray(gone).encode() + ",\"partitions\":[" + String.join(",", partitions) + "]}";
        }
    }

    public ClusterHistory() {
        this(CHANGES_BYTES_MAX);
    }

    ClusterHistory(int changesBytesMax) {
        this.changesBytesMax = changesBytesMax;
    }

    /**
     * Notes what is another than when it was seen last.
     *
     * @param positions where a node stands on the ring
     * @param partitions all of them
     * @return whether anything is
     */
    public synchronized boolean saw(
            long wallMillis,
            List<NodeView> nodes,
            Function<NodeId, List<RingId>> positions,
            List<PartitionView> partitions) {
        long time = until == null ? wallMillis : Math.max(until, wallMillis);
        Moment moment = new Moment(time, new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
        seeNodes(moment, nodes, positions);
        seePartitions(moment, partitions);
        until = time;
        if (since == null) {
            since = time;
            fold(moment);
            return true;
        }
        if (!moment.isEmpty()) {
            moments.add(moment);
            momentsBytes += moment.bytes();
        }
        forget(time);
        return !moment.isEmpty();
    }

    private void seeNodes(Moment moment, List<NodeView> nodes, Function<NodeId, List<RingId>> positions) {
        Set<NodeId> gone = new HashSet<>(seenNodes.keySet());
        for (NodeView view : nodes) {
            NodeId id = view.node().node();
            SeenNode seen = new SeenNode(view.node(), view.isDrained(), positions.apply(id));
            gone.remove(id);
            if (!seen.equals(seenNodes.put(id, seen))) {
                moment.nodes.put(id.toString(), text(view, seen.positions));
            }
        }
        for (NodeId id : gone) {
            seenNodes.remove(id);
            moment.gone.add(id.toString());
        }
    }

    private static String text(NodeView view, List<RingId> positions) {
        List<String> ids = positions.stream().map(RingId::toString).toList();
        return view.identity().put("positions", new JsonArray(ids)).encode();
    }

    private void seePartitions(Moment moment, List<PartitionView> partitions) {
        Map<Integer, PartitionView> seen = new HashMap<>();
        for (PartitionView partition : partitions) {
            seen.put(partition.partition(), partition);
            PartitionView last = seenPartitions.get(partition.partition());
            if (last == null || !partition.isAs(last)) {
                moment.partitions.put(partition.partition(), partition.outline().encode());
            }
        }
        seenPartitions = seen;
    }

    private void forget(long now) {
        while (!moments.isEmpty() && (momentsBytes > changesBytesMax || moments.getFirst().time < now - HOUR_MILLIS)) {
            Moment oldest = moments.removeFirst();
            momentsBytes -= oldest.bytes();
            since = oldest.time;
            fold(oldest);
        }
    }

    private void fold(Moment moment) {
        moment.gone.forEach(firstNodes::remove);
        firstNodes.putAll(moment.nodes);
        firstPartitions.putAll(moment.partitions);
    }

    /** As it is now: what is noted later changes nothing of it. The texts are shared, not copied. */
    synchronized Told told() {
        List<Piece> pieces = new ArrayList<>();
        if (since != null) {
            cut(new Moment(since, firstNodes, Set.of(), firstPartitions), pieces);
        }
        moments.forEach(moment -> cut(moment, pieces));
        return new Told(since, until, pieces);
    }

    private static void cut(Moment moment, List<Piece> pieces) {
        List<String> nodes = List.copyOf(moment.nodes.values());
        List<String> partitions = List.copyOf(moment.partitions.values());
        List<String> gone = List.copyOf(moment.gone);
        int most = Math.max(nodes.size(), Math.max(gone.size(), partitions.size()));
        for (int from = 0; from < most; from += PIECE_MAX) {
            pieces.add(new Piece(moment.time, part(nodes, from), part(gone, from), part(partitions, from)));
        }
    }

    private static List<String> part(List<String> all, int from) {
        return all.subList(Math.min(from, all.size()), Math.min(from + PIECE_MAX, all.size()));
    }
}
