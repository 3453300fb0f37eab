package io.chordata.client.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** See {@link RoutingPolicy#roundRobin}. */
final class RoundRobin implements RoutingPolicy {
    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public List<Endpoint> order(Target target) {
        int size = target.all().size();
        int first = Math.floorMod(turn.getAndIncrement(), size);
        List<Endpoint> order = new ArrayList<>(target.all().subList(first, size));
        order.addAll(target.all().subList(0, first));
        return order;
    }
}
