package io.chordata.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.sim.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code -Dchordata.seed=N} plays that one alone, {@code -Dchordata.seeds=N} more of them. */
class ClusterSimulationTest {
    private static final int FEW_SEEDS = 50;
    private static final int FLAWED_SEEDS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(ClusterSimulationTest.class);
    private static final int NEW_SEEDS = Integer.getInteger("chordata.seeds", 300);

    /** Each failed once: 696651440193662 when a leader's clock leapt, and with it answers were forgotten. */
    private static final long[] PAST_FAILURES = {696651440193662L};

    @Test
    void nodes_underEveryFault_keepEveryPromise() {
        long[] seeds = LongStream.concat(LongStream.of(PAST_FAILURES), Seeds.ofThisCommit(NEW_SEEDS))
                .toArray();
        LOG.info("seeds {} to {}", seeds[0], seeds[seeds.length - 1]);
        List<ClusterSimulation.Outcome> outcomes = new ArrayList<>();
        for (long seed : seeds) {
            outcomes.add(run(seed));
        }
        report(outcomes);
        if (seeds.length >= FEW_SEEDS) {
            assertEverythingHappened(outcomes);
        }
    }

    private static ClusterSimulation.Outcome run(long seed) {
        try {
            return ClusterSimulation.run(seed);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nreplay: mvn -pl dht-node -am test -Dtest=ClusterSimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dchordata.seed=" + seed,
                    e);
        }
    }

    private static void report(List<ClusterSimulation.Outcome> outcomes) {
        Figures.note("cluster: " + outcomes.size() + " runs, "
                + outcomes.stream()
                        .mapToLong(ClusterSimulation.Outcome::acknowledged)
                        .sum() + " acknowledged, "
                + outcomes.stream()
                        .mapToLong(ClusterSimulation.Outcome::refused)
                        .sum() + " refused, "
                + outcomes.stream()
                        .mapToLong(ClusterSimulation.Outcome::inDoubt)
                        .sum() + " in doubt, "
                + outcomes.stream().mapToLong(ClusterSimulation.Outcome::pages).sum() + " pages, "
                + outcomes.stream().mapToLong(ClusterSimulation.Outcome::events).sum() + " events");
        for (ClusterFault fault : ClusterFault.values()) {
            LOG.info("{} {}", fault, count(outcomes, fault));
        }
    }

    private static void assertEverythingHappened(List<ClusterSimulation.Outcome> outcomes) {
        assertThat(ClusterFault.values())
                .allSatisfy(fault ->
                        assertThat(count(outcomes, fault)).as("%s", fault).isPositive());
        assertThat(outcomes.stream()
                        .mapToLong(ClusterSimulation.Outcome::acknowledged)
                        .sum())
                .isGreaterThan(200L * outcomes.size());
        assertThat(outcomes.stream().filter(outcome -> outcome.changes() > 0).count())
                .as("runs in which members change under load")
                .isGreaterThan(3L * outcomes.size() / 10);
    }

    private static long count(List<ClusterSimulation.Outcome> outcomes, ClusterFault fault) {
        return outcomes.stream()
                .mapToLong(outcome -> outcome.faults().getOrDefault(fault, 0L))
                .sum();
    }

    /** What is never seen to fail shows nothing. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void flaw_ofEveryNode_isFound(Flaw flaw) {
        Optional<String> found = LongStream.rangeClosed(1, FLAWED_SEEDS)
                .mapToObj(seed -> violationOf(seed, flaw))
                .flatMap(Optional::stream)
                .findFirst();
        assertThat(found).as("%s in %s seeds", flaw, FLAWED_SEEDS).isPresent();
        LOG.info("{}: {}", flaw, found.orElseThrow());
    }

    private static Optional<String> violationOf(long seed, Flaw flaw) {
        try {
            ClusterSimulation.run(seed, flaw);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Test
    void sameSeed_runTwice_hasTheSameTrace() {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(ClusterSimulation.run(seed)).isEqualTo(ClusterSimulation.run(seed));
        }
    }
}
