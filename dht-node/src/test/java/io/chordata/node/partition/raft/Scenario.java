package io.chordata.node.partition.raft;

import java.util.ArrayList;
import java.util.List;

/** What is easy to get wrong, played by itself. What must always hold, the oracle sees to. */
interface Scenario {
    String name();

    /** Nodes that are up. */
    int size();

    /** Those of them, from the first on, that have founded the group. */
    int voters();

    /** @throws AssertionError if something is not as it should be */
    void play(RaftScript script);

    default RaftOptions options() {
        return RaftOptions.DEFAULT;
    }

    /** With another seed chance falls differently; what is expected is the same. */
    default void play(long seed, RaftRules rules) {
        RaftScript script = RaftScript.begin(seed, rules, options(), size(), voters());
        try {
            play(script);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage() + "\n" + script.cluster.journal, e);
        }
    }

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(List.of(RaftScenario.values()));
        all.addAll(List.of(MembershipScenario.values()));
        all.addAll(List.of(ForceScenario.values()));
        return all;
    }
}
