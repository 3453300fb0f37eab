package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.sim.Seeds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that ask again, over replicas that come, go and crash: each command happens once, or the rule is missing. */
class RequestSimulationTest {
    private static final int SEEDS = Integer.getInteger("chordata.seeds", 100);
    private static final int SEEDS_OF_A_MUTANT = 40;

    /** Windows pass within a run. */
    private static class ShortWindow implements RequestRules {
        @Override
        public long windowMillis() {
            return 2_000;
        }
    }

    /** A rule that is taken out. */
    private enum Broken {
        ANSWER_NOT_KEPT(new ShortWindow() {
            @Override
            public boolean isKept() {
                return false;
            }
        }),
        FORGOTTEN_TOO_EARLY(new ShortWindow() {
            @Override
            public long keptSince(long logMillis) {
                return logMillis;
            }
        }),
        SOUGHT_TOO_LATE(new ShortWindow() {
            @Override
            public long soughtSince(long requestMillis) {
                return requestMillis + windowMillis();
            }
        }),
        EXPIRY_NOT_CHECKED(new ShortWindow() {
            @Override
            public boolean isExpired(long requestMillis, long logMillis) {
                return false;
            }
        });

        private final RequestRules rules;

        Broken(RequestRules rules) {
            this.rules = rules;
        }
    }

    @Test
    void commands_asked_for_again_and_again_happen_once() {
        List<ReplicaSimulation.Outcome> outcomes = new ArrayList<>();
        Seeds.ofThisCommit(SEEDS).forEach(seed -> outcomes.add(ReplicaSimulation.run(seed, new ShortWindow())));
        long acknowledged = outcomes.stream()
                .mapToLong(ReplicaSimulation.Outcome::acknowledged)
                .sum();
        long repeated =
                outcomes.stream().mapToLong(ReplicaSimulation.Outcome::repeated).sum();
        assertThat(acknowledged).isGreaterThan(100L * outcomes.size());
        assertThat(repeated).isGreaterThan(50L * outcomes.size());
        Figures.note("requests: " + outcomes.size() + " runs, " + acknowledged + " commands acknowledged, " + repeated
                + " times again, 0 applied twice");
    }

    @ParameterizedTest
    @EnumSource
    void rule_taken_out_is_missed(Broken broken) {
        int runs = 0;
        for (long seed = 1; seed <= SEEDS_OF_A_MUTANT; seed++) {
            runs++;
            try {
                ReplicaSimulation.run(seed, broken.rules);
            } catch (AssertionError caught) {
                assertThat(caught).hasMessageContaining("twice");
                Figures.note("request mutant " + broken + ": caught by seed " + seed);
                return;
            }
        }
        throw new AssertionError(broken + " passed " + runs + " runs");
    }
}
