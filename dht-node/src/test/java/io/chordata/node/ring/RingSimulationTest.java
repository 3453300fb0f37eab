package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.sim.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RingSimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(RingSimulationTest.class);
    private static final int NEW_SEEDS = Integer.getInteger("chordata.seeds", 1_000);

    /** Each failed once. */
    private static final long[] PAST_FAILURES = {
        5, 8, 83, 694, 854, 3189938048729868L, 500000000569L, 3189938048730608L, 123456789015365L, 81000000004021L
    };

    /** Needs somebody who lies or was sent away; {@link RingScenario} has both. */
    private static final Set<RingRule> DIRECTED = EnumSet.of(RingRule.NONSENSE_DROPPED, RingRule.REFUSED);

    @Test
    void rings_underFaults_keepTheirInvariantsAndConverge() {
        long[] seeds = LongStream.concat(LongStream.of(PAST_FAILURES), Seeds.ofThisCommit(NEW_SEEDS))
                .toArray();
        LOG.info("seeds {} and {} to {}", PAST_FAILURES, seeds[PAST_FAILURES.length], seeds[seeds.length - 1]);
        List<RingSimulation.Outcome> outcomes = new ArrayList<>();
        for (long seed : seeds) {
            outcomes.add(run(seed));
        }
        report(outcomes);
        if (seeds.length >= NEW_SEEDS) {
            assertEachRuleWasUsed(outcomes);
        }
    }

    private static RingSimulation.Outcome run(long seed) {
        try {
            return RingSimulation.run(seed, ChordRules.CORRECTED);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nreplay: mvn -pl dht-node -am test -Dtest=RingSimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dchordata.seed=" + seed,
                    e);
        }
    }

    private static void report(List<RingSimulation.Outcome> outcomes) {
        LOG.info(
                "{} runs, {} of them within the assumptions of the proof; {} events, {} faults, {} lookups",
                outcomes.size(),
                outcomes.stream()
                        .filter(RingSimulation.Outcome::keptAssumptions)
                        .count(),
                outcomes.stream().mapToLong(RingSimulation.Outcome::events).sum(),
                outcomes.stream().mapToLong(RingSimulation.Outcome::faults).sum(),
                outcomes.stream().mapToLong(RingSimulation.Outcome::lookups).sum());
        for (RingRule rule : RingRule.values()) {
            LOG.info("{} {}", rule, count(outcomes, rule));
        }
    }

    private static long count(List<RingSimulation.Outcome> outcomes, RingRule rule) {
        return outcomes.stream()
                .mapToLong(outcome -> outcome.rules().get(rule.ordinal()))
                .sum();
    }

    private static void assertEachRuleWasUsed(List<RingSimulation.Outcome> outcomes) {
        assertThat(EnumSet.complementOf(EnumSet.copyOf(DIRECTED)))
                .allSatisfy(
                        rule -> assertThat(count(outcomes, rule)).as("%s", rule).isPositive());
        assertThat(outcomes.stream().mapToLong(RingSimulation.Outcome::faults).sum())
                .isGreaterThan(20_000);
    }

    @Test
    void sameSeed_runTwice_hasTheSameTrace() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(RingSimulation.run(seed, ChordRules.CORRECTED))
                    .isEqualTo(RingSimulation.run(seed, ChordRules.CORRECTED));
        }
    }
}
