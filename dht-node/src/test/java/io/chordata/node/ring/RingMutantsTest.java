package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Chord with one rule taken out must fail somewhere; who catches it is a figure of the build. */
class RingMutantsTest {
    private static final int SEEDS = 20;
    private static final int SHOWN = 3;

    @ParameterizedTest
    @EnumSource
    void ring_withARuleTakenOut_isCaught(RingMutant mutant) {
        List<String> catchers = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            if (isCaught(() -> scenario.play(1, mutant))) {
                catchers.add(scenario.name());
            }
        }
        for (long seed = 1; seed <= SEEDS; seed++) {
            long tried = seed;
            if (isCaught(() -> runAll(tried, mutant))) {
                catchers.add("seed " + seed);
                break;
            }
        }
        Figures.note("ring mutant " + mutant + ": caught by " + firstOf(catchers));
        assertThat(catchers).as("who catches %s", mutant).isNotEmpty();
    }

    private static void runAll(long seed, RingMutant mutant) {
        for (RingSimulation.Kind kind : RingSimulation.Kind.values()) {
            RingSimulation.run(seed, kind, mutant);
        }
    }

    private static String firstOf(List<String> catchers) {
        int shown = Math.min(SHOWN, catchers.size());
        String more = shown == catchers.size() ? "" : " and " + (catchers.size() - shown) + " more";
        return String.join(", ", catchers.subList(0, shown)) + more;
    }

    /** A mutant may also break what no rule of the ring is about, such as a list that has no first entry. */
    private static boolean isCaught(Runnable run) {
        try {
            run.run();
            return false;
        } catch (AssertionError | RuntimeException caught) {
            return true;
        }
    }
}
