package io.chordata.client.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** See {@link RoutingPolicy#leastLatency}. Remembers a moving average for each endpoint that it was told of. */
final class LeastLatency implements RoutingPolicy {
    private static final double NEWEST_SHARE = 0.2;
    private static final int REQUESTS_FOR_A_TURN = 16;
    private static final int ENDPOINTS_MAX = 10_000;

    private final Map<Endpoint, Double> averageNanos = new ConcurrentHashMap<>();
    private final RoundRobin turns = new RoundRobin();
    private final AtomicInteger requests = new AtomicInteger();

    @Override
    public List<Endpoint> order(Target target) {
        List<Endpoint> order = new ArrayList<>(turns.order(target));
        if (Math.floorMod(requests.incrementAndGet(), REQUESTS_FOR_A_TURN) != 0) {
            // one look at each, as a sort must not see them change; those not measured yet come first
            Map<Endpoint, Double> seen = new HashMap<>();
            order.forEach(endpoint -> seen.put(endpoint, averageNanos.getOrDefault(endpoint, 0.0)));
            order.sort(Comparator.comparingDouble(endpoint -> seen.getOrDefault(endpoint, 0.0)));
        }
        return order;
    }

    @Override
    public void onAnswer(Endpoint endpoint, long nanos) {
        if (averageNanos.size() < ENDPOINTS_MAX || averageNanos.containsKey(endpoint)) {
            averageNanos.merge(
                    endpoint, (double) nanos, (average, newest) -> average + NEWEST_SHARE * (newest - average));
        }
    }
}
