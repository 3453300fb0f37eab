package io.chordata.node.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A set of configurations, less those that can do nothing that another one in it cannot. */
final class Configurations {
    private final Map<Integer, List<Configuration>> byState = new LinkedHashMap<>();
    private final Demand demand;
    private final Helpers helpers;

    Configurations(Demand demand, Helpers helpers) {
        this.demand = demand;
        this.helpers = helpers;
    }

    /** False if it is there already, or one that is as good. */
    boolean add(Configuration added) {
        int state = added.state();
        if (hasBetter(state, added) || (demand.isWorseThanOther(state) && hasBetter(Guard.OTHER, added))) {
            return false;
        }
        removeWorse(state, added);
        if (state == Guard.OTHER) {
            byState.keySet().stream().filter(demand::isWorseThanOther).forEach(worse -> removeWorse(worse, added));
        }
        byState.computeIfAbsent(state, unseen -> new ArrayList<>()).add(added);
        return true;
    }

    private boolean hasBetter(int state, Configuration added) {
        for (Configuration other : byState.getOrDefault(state, List.of())) {
            if (other.hasDoneAsMuchAs(added, helpers)) {
                return true;
            }
        }
        return false;
    }

    private void removeWorse(int state, Configuration added) {
        List<Configuration> others = byState.get(state);
        if (others != null) {
            others.removeIf(other -> added.hasDoneAsMuchAs(other, helpers));
        }
    }

    List<Configuration> list() {
        return byState.values().stream().flatMap(List::stream).toList();
    }
}
