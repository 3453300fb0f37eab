package io.chordata.node.partition;

import io.chordata.node.partition.raft.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The states that a leader keeps ready for followers of one partition. Belongs to the partition's loop. */
final class SnapshotSources {
    /** What nobody asked for during this long is thrown away: while it is kept, the store can throw away nothing older. */
    private static final long IDLE_MILLIS = 30_000;

    private static final long OFFER_MILLIS = 1000;

    private final TreeMap<Member, SnapshotSource> sources = new TreeMap<>();
    private long offerDueMillis;

    void add(SnapshotSource source) {
        SnapshotSource before = sources.put(source.follower(), source);
        if (before != null) {
            before.close();
        }
    }

    /** Those to be offered once more: offers may get lost. */
    List<SnapshotSource> dueOffers(long nowMillis) {
        if (nowMillis < offerDueMillis) {
            return List.of();
        }
        offerDueMillis = nowMillis + OFFER_MILLIS;
        return List.copyOf(sources.values());
    }

    /** Followers that gave up; what was kept for them is gone. */
    List<Member> dropIdle(long nowMillis) {
        List<Member> idle = new ArrayList<>();
        for (SnapshotSource source : sources.values()) {
            if (!source.isAskedSince(nowMillis - IDLE_MILLIS)) {
                idle.add(source.follower());
            }
        }
        idle.forEach(this::drop);
        return idle;
    }

    void drop(Member follower) {
        SnapshotSource source = sources.remove(follower);
        if (source != null) {
            source.close();
        }
    }

    void dropAll() {
        List.copyOf(sources.keySet()).forEach(this::drop);
    }

    @Nullable
    SnapshotSource of(Member follower) {
        return sources.get(follower);
    }

    boolean isEmpty() {
        return sources.isEmpty();
    }
}
