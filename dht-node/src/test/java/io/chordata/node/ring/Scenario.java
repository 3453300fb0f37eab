package io.chordata.node.ring;

import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.List;

/** What is easy to get wrong, played by itself on a simulated ring. */
interface Scenario {
    String name();

    /** @throws AssertionError if something is not as it should be */
    void play(RingCluster cluster);

    default RingOptions options() {
        return RingSteps.withLists(8, 4);
    }

    /** Without it the nodes know the first one, and the first nobody. */
    default boolean hasDirectory() {
        return true;
    }

    /** With another seed chance falls differently; what is expected is the same. */
    default void play(long seed, ChordRules rules) {
        play(new RingCluster(new SimScheduler(seed), options(), rules, false, hasDirectory()));
    }

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(List.of(RingScenario.values()));
        all.addAll(List.of(RepairScenario.values()));
        all.addAll(List.of(LookupScenario.values()));
        return all;
    }
}
