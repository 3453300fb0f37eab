package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Raft with one rule taken out must fail somewhere; who catches it is a figure of the build. */
class RaftMutantsTest {
    private static final int SEEDS = 40;
    private static final int SHOWN = 3;

    @ParameterizedTest
    @EnumSource
    void raft_withARuleTakenOut_isCaught(RaftMutant mutant) {
        List<String> catchers = new ArrayList<>();
        for (Scenario scenario : Scenario.all()) {
            if (isCaught(() -> scenario.play(1, mutant))) {
                catchers.add(scenario.name());
            }
        }
        for (long seed = 1; seed <= SEEDS; seed++) {
            long tried = seed;
            if (isCaught(() -> RaftSimulation.run(tried, mutant))) {
                catchers.add(0, "seed " + seed);
                break;
            }
        }
        Figures.note("raft mutant " + mutant + ": caught by " + firstOf(catchers));
        assertThat(catchers).as("who catches %s", mutant).isNotEmpty();
    }

    private static String firstOf(List<String> catchers) {
        int shown = Math.min(SHOWN, catchers.size());
        String more = shown == catchers.size() ? "" : " and " + (catchers.size() - shown) + " more";
        return String.join(", ", catchers.subList(0, shown)) + more;
    }

    /** Both name the seed of whatever goes wrong, be it a promise broken or a machine that finds its own state impossible. */
    private static boolean isCaught(Runnable run) {
        try {
            run.run();
            return false;
        } catch (AssertionError caught) {
            return true;
        }
    }
}
