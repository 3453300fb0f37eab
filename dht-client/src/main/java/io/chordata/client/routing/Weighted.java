package io.chordata.client.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * See {@link RoutingPolicy#weighted}. The order of draws without putting back, by one key u^(1/w) for each endpoint
 * (Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006).
 */
final class Weighted implements RoutingPolicy {
    private final Map<Endpoint, Double> weights;
    private final DoubleSupplier dice;

    Weighted(Map<Endpoint, Double> weights, DoubleSupplier dice) {
        weights.forEach((endpoint, weight) -> {
            if (!(weight >= 0) || weight.isInfinite()) {
                throw new IllegalArgumentException("no weight of " + endpoint + ": " + weight);
            }
        });
        this.weights = Map.copyOf(weights);
        this.dice = dice;
    }

    private record Drawn(Endpoint endpoint, double key) {}

    @Override
    public List<Endpoint> order(Target target) {
        List<Drawn> drawn = new ArrayList<>();
        for (Endpoint endpoint : target.all()) {
            double weight = weights.getOrDefault(endpoint, 1.0);
            drawn.add(new Drawn(endpoint, weight == 0 ? -1 : Math.pow(dice.getAsDouble(), 1 / weight)));
        }
        drawn.sort(Comparator.comparingDouble(Drawn::key).reversed());
        return drawn.stream().map(Drawn::endpoint).toList();
    }
}
