package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All nodes that are known, this one included, by id; with a hash for each of its 64 buckets (the leading bits of the id), kept
 * up to date, by which two tables find out cheaply where they differ.
 */
final class MemberTable {
    static final int BUCKETS = 64;

    /** Places on the ring of all nodes together, some 100 bytes of memory each: 32,768 nodes of weight 1 have as many. */
    private static final int PLACES_MAX = 1 << 20;

    private static final int BUCKET_BITS = 6;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final TreeMap<NodeId, Entry> entries = new TreeMap<>();
    private final long[] hashes = new long[BUCKETS];
    private int places;
    private int upCount;
    private int downCount;

    @Nullable
    Entry get(NodeId node) {
        return entries.get(node);
    }

    Collection<Entry> all() {
        return Collections.unmodifiableCollection(entries.values());
    }

    int size() {
        return entries.size();
    }

    boolean hasRoomFor(int morePlaces) {
        return morePlaces <= 0 || places + morePlaces <= PLACES_MAX;
    }

    int upCount() {
        return upCount;
    }

    int downCount() {
        return downCount;
    }

    /** Those behind {@code after} (null: from the first) up to {@code upTo} (null: to the last). */
    NavigableMap<NodeId, Entry> range(@Nullable NodeId after, @Nullable NodeId upTo) {
        NavigableMap<NodeId, Entry> tail = after == null ? entries : entries.tailMap(after, false);
        return upTo == null ? tail : tail.headMap(upTo, true);
    }

    Entry add(Member member) {
        Entry entry = new Entry(member);
        entries.put(member.node(), entry);
        count(member, 1);
        return entry;
    }

    void change(Entry entry, Member next) {
        count(entry.member(), -1);
        entry.become(next);
        count(next, 1);
    }

    void remove(Entry entry) {
        entries.remove(entry.node());
        count(entry.member(), -1);
    }

    List<Long> hashes() {
        List<Long> list = new ArrayList<>(BUCKETS);
        for (long hash : hashes) {
            list.add(hash);
        }
        return list;
    }

    /** The buckets whose hashes are others than these, as a set of bits. */
    long differing(List<Long> others) {
        long buckets = 0;
        for (int i = 0; i < BUCKETS; i++) {
            if (others.get(i) != hashes[i]) {
                buckets |= 1L << i;
            }
        }
        return buckets;
    }

    static int bucketOf(NodeId node) {
        return node.value().leadingBits(BUCKET_BITS);
    }

    private void count(Member member, int by) {
        places += by * member.stated().candidates().size();
        upCount += member.isUp() ? by : 0;
        downCount += member.isDown() ? by : 0;
        if (!member.isForgettable()) {
            hashes[bucketOf(member.node())] ^= hash(member);
        }
    }

    /** Suspicion is left out: it passes sooner than it could be compared. */
    private static long hash(Member member) {
        Standing standing = member.standing();
        long hash = mix(member.node().value().high());
        hash = mix(hash ^ member.node().value().low());
        hash = mix(hash ^ standing.life().incarnation());
        hash = mix(hash ^ standing.life().nonce());
        hash = mix(hash ^ standing.version());
        return mix(hash ^ (member.isUp() ? 0 : standing.verdict().ordinal()));
    }

    private static long mix(long value) {
        long mixed = (value + MIX) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 29) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 32;
    }
}
