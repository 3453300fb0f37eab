package io.chordata.node.ring;

import java.util.ArrayList;
import java.util.List;

/** Which scenarios, or else which seed, fail where the ring keeps to certain rules. */
final class RingCatchers {
    private static final int ENOUGH = 3;
    private static final int SEEDS = 20;

    private RingCatchers() {}

    /** Of the ring as it is loaded, with all rules. */
    static List<String> ofAllRules() {
        return of(ChordRules.CORRECTED);
    }

    /** Up to three; empty if there are none. */
    static List<String> of(ChordRules rules) {
        List<String> catchers = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            if (catchers.size() < ENOUGH && fails(() -> scenario.play(1, rules))) {
                catchers.add(scenario.name());
            }
        }
        for (long seed = 1; seed <= SEEDS && catchers.isEmpty(); seed++) {
            long tried = seed;
            if (fails(() -> runAll(tried, rules))) {
                catchers.add("seed " + seed);
            }
        }
        return catchers;
    }

    private static void runAll(long seed, ChordRules rules) {
        for (RingSimulation.Kind kind : RingSimulation.Kind.values()) {
            RingSimulation.run(seed, kind, rules);
        }
    }

    /** A fault may also break what no rule of the ring is about, such as a list that has no first entry. */
    private static boolean fails(Runnable run) {
        try {
            run.run();
            return false;
        } catch (AssertionError | RuntimeException caught) {
            return true;
        }
    }
}
