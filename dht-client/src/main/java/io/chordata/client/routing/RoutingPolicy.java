package io.chordata.client.routing;

import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Puts the endpoints in the order in which a request tries them. Safe for many threads. What is in doubt is moved to the
 * end later, so a policy need not know.
 */
public interface RoutingPolicy {
    /** All of {@link Target#all}, each once, the first choice first. */
    List<Endpoint> order(Target target);

    /** An endpoint answered, so long after it was asked. */
    default void onAnswer(Endpoint endpoint, long nanos) {}

    /** Who leads the key's partition, then who holds it, then the others; among equals as {@code among} says. */
    static RoutingPolicy tokenAware(RoutingPolicy among) {
        return new TokenAware(among);
    }

    /** Each endpoint in its turn. */
    static RoutingPolicy roundRobin() {
        return new RoundRobin();
    }

    /**
     * By lot; an endpoint of twice the weight comes first twice as often.
     *
     * @param weights one that is not named has 1, one of 0 comes last
     * @param dice 0 to below 1
     */
    static RoutingPolicy weighted(Map<Endpoint, Double> weights, DoubleSupplier dice) {
        return new Weighted(weights, dice);
    }

    /** The one that answered the fastest of late first; one request in sixteen takes its turn, so that all are measured. */
    static RoutingPolicy leastLatency() {
        return new LeastLatency();
    }
}
