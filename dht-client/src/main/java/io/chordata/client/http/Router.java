package io.chordata.client.http;

import io.chordata.client.routing.Endpoint;
import io.chordata.client.routing.RoutingKnowledge;
import io.chordata.client.routing.RoutingPolicy;
import io.chordata.client.routing.RoutingTable;
import io.chordata.client.routing.Suspects;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which endpoints a request tries, in which order; learns from every answer. Safe for many threads. */
final class Router {
    static final String VERSION_HEADER = "x-chordata-routing-version";

    private static final long DOUBT_MILLIS = 500;
    private static final long DOUBT_MAX_MILLIS = 30_000;

    private final RoutingKnowledge knowledge;
    private final RoutingPolicy policy;
    private final Suspects suspects = new Suspects(DOUBT_MILLIS, DOUBT_MAX_MILLIS);

    Router(RoutingKnowledge knowledge, RoutingPolicy policy) {
        this.knowledge = knowledge;
        this.policy = policy;
    }

    RoutingKnowledge knowledge() {
        return knowledge;
    }

    /** At least one. */
    List<Endpoint> order(@Nullable String bucket, @Nullable String key, long nowMillis) {
        Set<Endpoint> order = new LinkedHashSet<>(policy.order(knowledge.target(bucket, key)));
        order.addAll(knowledge.seeds());
        return suspects.last(List.copyOf(order), nowMillis);
    }

    /** The same, beginning with what the caller named. */
    List<Endpoint> seedsFirst(List<Endpoint> order) {
        Set<Endpoint> seedsFirst = new LinkedHashSet<>(knowledge.seeds());
        seedsFirst.addAll(order);
        return List.copyOf(seedsFirst);
    }

    void onAnswer(Endpoint endpoint, @Nullable String version, long nanos) {
        suspects.onAnswer(endpoint);
        policy.onAnswer(endpoint, nanos);
        if (version != null) {
            try {
                knowledge.onVersion(endpoint, Long.parseLong(version));
            } catch (NumberFormatException e) {
                // no number, no node of ours
            }
        }
    }

    void learn(@Nullable String bucket, Endpoint from, RoutingTable.Answer answer, long nowMillis) {
        knowledge.onAnswer(bucket, from, answer, nowMillis);
        List<Endpoint> known = new ArrayList<>(answer.table().nodes());
        known.addAll(knowledge.seeds());
        suspects.retain(known);
    }

    void onUnreachable(Endpoint endpoint, long nowMillis) {
        suspects.onUnreachable(endpoint, nowMillis);
    }

    /** Others answered before it. To find out whether it does again takes long each time, so it is not tried soon. */
    void onSilent(Endpoint endpoint, long nowMillis) {
        suspects.onSilent(endpoint, nowMillis);
    }
}
