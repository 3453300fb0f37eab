package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartitionSimulationTest {
    private static final int SEEDS = 1000;
    private static final int MUTANT_SEEDS = 300;

    @Test
    void partitions_under_crashes_and_faults_keep_every_promise() {
        List<PartitionSimulation.Outcome> outcomes = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            outcomes.add(PartitionSimulation.run(seed, Mutant.NONE));
        }
        assertThat(sum(outcomes, PartitionSimulation.Outcome::acknowledged)).isGreaterThan(100L * SEEDS);
        assertThat(sum(outcomes, PartitionSimulation.Outcome::queries)).isGreaterThan(30L * SEEDS);
        assertThat(sum(outcomes, PartitionSimulation.Outcome::refused)).isGreaterThan(SEEDS);
        assertThat(sum(outcomes, PartitionSimulation.Outcome::lost)).isGreaterThan(3L * SEEDS);
        assertThat(sum(outcomes, PartitionSimulation.Outcome::truncations)).isGreaterThan(SEEDS);
    }

    private static long sum(
            List<PartitionSimulation.Outcome> outcomes, ToLongFunction<PartitionSimulation.Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }

    @Test
    void same_seed_gives_the_same_run() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(PartitionSimulation.run(seed, Mutant.NONE))
                    .isEqualTo(PartitionSimulation.run(seed, Mutant.NONE));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void mutant_is_caught(Mutant mutant) {
        long seed = firstCaught(mutant);
        assertThat(seed)
                .as("the first of %d seeds that catches %s", MUTANT_SEEDS, mutant)
                .isPositive();
        Figures.note("storage mutant " + mutant + ": caught by seed " + seed);
    }

    private static long firstCaught(Mutant mutant) {
        for (long seed = 1; seed <= MUTANT_SEEDS; seed++) {
            try {
                PartitionSimulation.run(seed, mutant);
            } catch (AssertionError caught) {
                return seed;
            }
        }
        return 0;
    }
}
