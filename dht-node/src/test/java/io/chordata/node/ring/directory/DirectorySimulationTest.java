package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class DirectorySimulationTest {
    private static final int SEEDS = Integer.getInteger("chordata.directorySeeds", 60);

    @Test
    void directories_underFaults_detectCrashesAndAgree() {
        List<DirectorySimulation.Outcome> outcomes = new ArrayList<>();
        List<Long> detection = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            DirectorySimulation.Outcome outcome = DirectorySimulation.run(seed);
            outcomes.add(outcome);
            detection.addAll(outcome.detectionMillis());
        }
        detection.sort(null);
        Figures.note("directory: " + SEEDS + " seeds, " + sum(outcomes, DirectorySimulation.Outcome::faults)
                + " faults, no false alarm in calm; crash seen by all after " + detection.get(detection.size() / 2)
                + " ms (median), " + detection.get(detection.size() - 1) + " ms (slowest of " + detection.size() + ")");
        assertThat(sum(outcomes, DirectorySimulation.Outcome::suspicions)).isGreaterThan(SEEDS);
        assertThat(sum(outcomes, DirectorySimulation.Outcome::objections)).isGreaterThan(SEEDS);
        assertThat(sum(outcomes, DirectorySimulation.Outcome::rescues)).isGreaterThan(SEEDS);
        assertThat(sum(outcomes, DirectorySimulation.Outcome::softened)).isGreaterThan(SEEDS);
        assertThat(sum(outcomes, DirectorySimulation.Outcome::heldUp)).isGreaterThan(SEEDS);
    }

    @Test
    void directories_withTheSameSeed_runTheSame() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(DirectorySimulation.run(seed)).isEqualTo(DirectorySimulation.run(seed));
        }
        assertThat(DirectorySimulation.run(1).traceHash())
                .isNotEqualTo(DirectorySimulation.run(2).traceHash());
    }

    private static long sum(
            List<DirectorySimulation.Outcome> outcomes, ToLongFunction<DirectorySimulation.Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }
}
