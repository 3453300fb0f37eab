package io.chordata.client.routing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** See {@link RoutingPolicy#tokenAware}. */
final class TokenAware implements RoutingPolicy {
    private final RoutingPolicy among;

    TokenAware(RoutingPolicy among) {
        this.among = among;
    }

    @Override
    public List<Endpoint> order(Target target) {
        List<Endpoint> others = among.order(Target.anyOf(target.all()));
        if (target.members().isEmpty() && target.leader() == null) {
            return others;
        }
        Set<Endpoint> order = new LinkedHashSet<>();
        if (target.leader() != null) {
            order.add(target.leader());
        }
        for (Endpoint endpoint : others) {
            if (target.members().contains(endpoint)) {
                order.add(endpoint);
            }
        }
        order.addAll(others);
        order.retainAll(target.all());
        return new ArrayList<>(order);
    }

    @Override
    public void onAnswer(Endpoint endpoint, long nanos) {
        among.onAnswer(endpoint, nanos);
    }
}
