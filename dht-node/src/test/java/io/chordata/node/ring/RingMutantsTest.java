package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chord with one rule taken out must fail somewhere; who catches it is logged. */
class RingMutantsTest {
    private static final Logger LOG = LoggerFactory.getLogger(RingMutantsTest.class);
    private static final int SEEDS = 20;

    @ParameterizedTest
    @EnumSource
    void ring_withARuleTakenOut_isCaught(RingMutant mutant) {
        List<String> catchers = new ArrayList<>();
        for (RingScenario scenario : RingScenario.values()) {
            if (isCaught(() -> scenario.play(1, mutant))) {
                catchers.add(scenario.name());
            }
        }
        for (long seed = 1; seed <= SEEDS; seed++) {
            long tried = seed;
            if (isCaught(() -> RingSimulation.run(tried, mutant))) {
                catchers.add("seed " + seed);
                break;
            }
        }
        LOG.info("mutant {} is caught by {}", mutant, catchers);
        assertThat(catchers).as("who catches %s", mutant).isNotEmpty();
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
