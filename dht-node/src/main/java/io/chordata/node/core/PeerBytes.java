package io.chordata.node.core;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Bytes that went to, or came from, each of the other nodes since the start. From any thread. */
public final class PeerBytes {
    /** Beyond, they count in the sum only: a node has not that many peers. */
    private static final int PEERS_MAX = 8_192;

    private final Map<NodeId, LongAdder> byPeer = new ConcurrentHashMap<>();
    private final LongAdder sum = new LongAdder();

    public void add(NodeId peer, long bytes) {
        sum.add(bytes);
        LongAdder known = byPeer.get(peer);
        if (known == null && byPeer.size() < PEERS_MAX) {
            known = byPeer.computeIfAbsent(peer, added -> new LongAdder());
        }
        if (known != null) {
            known.add(bytes);
        }
    }

    public long sum() {
        return sum.sum();
    }

    /** As they are now, by id. */
    public Map<NodeId, Long> byPeer() {
        Map<NodeId, Long> now = new TreeMap<>();
        byPeer.forEach((peer, bytes) -> now.put(peer, bytes.sum()));
        return now;
    }
}
