package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.ring.directory.DirectorySimulation.Outcome;
import io.chordata.node.sim.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class DirectorySimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorySimulationTest.class);
    private static final int NEW_SEEDS = Integer.getInteger("chordata.directorySeeds", 60);
    /** In fewer runs something rare may not happen. */
    private static final int SEEDS_FOR_EVERYTHING = 60;

    /** Each failed once. */
    private static final long[] PAST_FAILURES = {};

    @Test
    void directories_underFaults_detectCrashesAndAgree() {
        long[] seeds = LongStream.concat(LongStream.of(PAST_FAILURES), Seeds.ofThisCommit(NEW_SEEDS))
                .toArray();
        LOG.info("seeds {} and {} to {}", PAST_FAILURES, seeds[PAST_FAILURES.length], seeds[seeds.length - 1]);
        List<Outcome> outcomes = new ArrayList<>();
        for (long seed : seeds) {
            outcomes.add(run(seed));
        }
        report(outcomes);
        if (seeds.length >= SEEDS_FOR_EVERYTHING) {
            assertEverythingHappened(outcomes);
        }
    }

    private static Outcome run(long seed) {
        try {
            return DirectorySimulation.run(seed);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nreplay: mvn -pl dht-node -am test -Dtest=DirectorySimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dchordata.seed=" + seed,
                    e);
        }
    }

    private static void report(List<Outcome> outcomes) {
        List<Long> detection = outcomes.stream()
                .flatMap(outcome -> outcome.detectionMillis().stream())
                .sorted()
                .toList();
        Figures.note("directory: " + outcomes.size() + " seeds, " + sum(outcomes, Outcome::faults)
                + " faults, no false alarm in calm; crash seen by all after " + detection.get(detection.size() / 2)
                + " ms (median), " + detection.get(detection.size() - 1) + " ms (slowest of " + detection.size() + ")");
    }

    private static void assertEverythingHappened(List<Outcome> outcomes) {
        int runs = outcomes.size();
        assertThat(sum(outcomes, Outcome::suspicions)).isGreaterThan(runs);
        assertThat(sum(outcomes, Outcome::objections)).isGreaterThan(runs);
        assertThat(sum(outcomes, Outcome::rescues)).isGreaterThan(runs);
        assertThat(sum(outcomes, Outcome::softened)).isGreaterThan(runs);
        assertThat(sum(outcomes, Outcome::heldUp)).isGreaterThan(runs);
    }

    @Test
    void directories_withTheSameSeed_runTheSame() {
        for (long seed = 1; seed <= 10; seed++) {
            assertThat(DirectorySimulation.run(seed)).isEqualTo(DirectorySimulation.run(seed));
        }
        assertThat(DirectorySimulation.run(1).traceHash())
                .isNotEqualTo(DirectorySimulation.run(2).traceHash());
    }

    private static long sum(List<Outcome> outcomes, ToLongFunction<Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }
}
