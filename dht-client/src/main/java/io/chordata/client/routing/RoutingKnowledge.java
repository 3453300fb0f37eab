package io.chordata.client.routing;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client knows of who holds what, and when it should ask. Endpoints that never name a routing version are no nodes
 * of ours and are never asked; others are asked when a bucket is new, when what was told is old, or when a node's version
 * is another than it was; because of a version not more often than each {@link #ASK_MILLIS}. A client that works on more than
 * 1,000 buckets at a time asks for each that was forgotten meanwhile. Safe for many threads.
 */
public final class RoutingKnowledge {
    /** Between two questions about a change: to answer, a node asks every other. */
    static final long ASK_MILLIS = 2_000;

    /** How long a bucket's id is good without asking again: a bucket made anew has another. */
    static final long BUCKET_MILLIS = 300_000;

    private static final long REFUSED_MILLIS = 60_000;
    private static final int BUCKETS_MAX = 1_000;

    private final List<Endpoint> seeds;
    private final Map<Endpoint, Long> versions = new HashMap<>();
    private final Map<String, BucketEntry> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, BucketEntry> eldest) {
            return size() > BUCKETS_MAX;
        }
    };
    private @Nullable RoutingTable table;
    private List<Endpoint> all;
    private boolean cluster;
    private boolean stale;
    private boolean asking;
    private boolean askedStale;
    private long askNotBeforeMillis;

    private record BucketEntry(KeyPlaces.@Nullable Bucket bucket, long freshUntilMillis) {}

    /** @param seeds where the client was told to begin; they stay the last resort */
    public RoutingKnowledge(List<Endpoint> seeds) {
        this.seeds = List.copyOf(seeds);
        this.all = this.seeds;
    }

    /** What is known of where a request belongs. */
    public Target target(@Nullable String bucket, @Nullable String key) {
        RoutingTable known;
        KeyPlaces.Bucket place;
        List<Endpoint> endpoints;
        synchronized (this) {
            BucketEntry entry = bucket == null || key == null ? null : buckets.get(bucket);
            place = entry == null ? null : entry.bucket;
            known = table;
            endpoints = all;
        }
        if (known == null || key == null || place == null) {
            return Target.anyOf(endpoints);
        }
        return known.partitionOf(KeyPlaces.point(place, key))
                .map(found -> new Target(endpoints, found.leader(), found.members()))
                .orElseGet(() -> Target.anyOf(endpoints));
    }

    /** Whether an endpoint has shown that it is a node of ours, which knows repeated requests. */
    public synchronized boolean isCluster() {
        return cluster;
    }

    public synchronized void onVersion(Endpoint endpoint, long version) {
        cluster = true;
        if (table == null || !all.contains(endpoint)) {
            return; // behind a name that is no node's there may be several, each with numbers of its own
        }
        Long before = versions.put(endpoint, version);
        stale |= before != null && before != version;
    }

    /**
     * Whether to ask now. Whoever is told true asks, and says how it ended: {@link #onAnswer}, {@link #onNoBucket} or
     * {@link #onFailure}.
     */
    public synchronized boolean shallAsk(@Nullable String bucket, long nowMillis) {
        if (!cluster || asking || nowMillis < askNotBeforeMillis) {
            return false;
        }
        BucketEntry entry = bucket == null ? null : buckets.get(bucket);
        boolean news = bucket != null && (entry == null || entry.freshUntilMillis <= nowMillis);
        asking = news || stale || table == null;
        if (asking) {
            askedStale = stale;
            stale = false; // what changes from now on, the answer may not know yet
        }
        return asking;
    }

    public synchronized void onAnswer(
            @Nullable String bucket, Endpoint from, RoutingTable.Answer answer, long nowMillis) {
        asking = false;
        boolean moved = askedStale;
        table = answer.table();
        all = answer.table().nodes().isEmpty() ? seeds : answer.table().nodes();
        versions.keySet().retainAll(all);
        if (all.contains(from)) {
            versions.put(from, answer.table().version());
        }
        if (bucket != null && answer.bucket() != null) {
            buckets.put(bucket, new BucketEntry(answer.bucket(), nowMillis + BUCKET_MILLIS));
        }
        askNotBeforeMillis = moved ? nowMillis + ASK_MILLIS : nowMillis;
    }

    /** The cluster says that there is no such bucket. */
    public synchronized void onNoBucket(String bucket, long nowMillis) {
        asking = false;
        stale |= askedStale;
        buckets.put(bucket, new BucketEntry(null, nowMillis + ASK_MILLIS));
        if (table == null || stale) {
            askNotBeforeMillis = nowMillis + ASK_MILLIS;
        }
    }

    /** @param refused true if the endpoint does not know the question, false if it could not answer now */
    public synchronized void onFailure(boolean refused, long nowMillis) {
        asking = false;
        stale |= askedStale;
        askNotBeforeMillis = nowMillis + (refused ? REFUSED_MILLIS : ASK_MILLIS);
    }

    /** A bucket was made or deleted: what is known of its name counts no more. */
    public synchronized void forget(String bucket) {
        buckets.remove(bucket);
    }

    /** Where to begin, and where to end when no node can be reached by the name that the cluster gives it. */
    public List<Endpoint> seeds() {
        return seeds;
    }
}
