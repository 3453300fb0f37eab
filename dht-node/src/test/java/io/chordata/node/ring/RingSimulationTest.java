package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.ring.RingSimulation.Kind;
import io.chordata.node.ring.RingSimulation.Outcome;
import io.chordata.node.sim.Seeds;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class RingSimulationTest {
    private static final Logger LOG = LoggerFactory.getLogger(RingSimulationTest.class);
    private static final int NEW_SEEDS = Integer.getInteger("chordata.seeds", 1_000);
    /** In fewer runs something rare may not happen. */
    private static final int SEEDS_FOR_EVERYTHING = 1_000;

    /** Each failed once; what the first ten play has changed since. */
    private static final long[] PAST_FAILURES = {
        5,
        8,
        83,
        694,
        854,
        983536156803794L,
        3189938048729868L,
        500000000569L,
        3189938048730608L,
        123456789015365L,
        81000000004021L,
        667317929247308L,
        1311692031001411L
    };

    /** Needs somebody who lies or was sent away; {@link RingScenario} has both. */
    private static final Set<RingRule> DIRECTED = EnumSet.of(RingRule.NONSENSE_DROPPED, RingRule.REFUSED);

    @Test
    void rings_underFaults_keepTheirInvariantsAndConverge() {
        long[] seeds = LongStream.concat(LongStream.of(PAST_FAILURES), Seeds.ofThisCommit(NEW_SEEDS))
                .toArray();
        LOG.info("seeds {} and {} to {}", PAST_FAILURES, seeds[PAST_FAILURES.length], seeds[seeds.length - 1]);
        List<Outcome> outcomes = new ArrayList<>();
        for (long seed : seeds) {
            for (Kind kind : Kind.values()) {
                outcomes.add(run(seed, kind));
            }
        }
        for (Kind kind : Kind.values()) {
            report(kind, outcomes);
        }
        for (RingRule rule : RingRule.values()) {
            LOG.info("{} {}", rule, count(outcomes, rule));
        }
        if (seeds.length >= SEEDS_FOR_EVERYTHING) {
            assertEachKindOfFaultHappened(outcomes);
            assertEachRuleWasUsed(outcomes);
        }
    }

    private static Outcome run(long seed, Kind kind) {
        try {
            return RingSimulation.run(seed, kind, ChordRules.CORRECTED);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nreplay: mvn -pl dht-node -am test -Dtest=RingSimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dchordata.seed=" + seed,
                    e);
        }
    }

    private static void report(Kind kind, List<Outcome> outcomes) {
        List<Outcome> ofKind = of(kind, outcomes);
        Figures.note("ring simulation " + kind + ": " + ofKind.size() + " runs, " + sum(ofKind, Outcome::events)
                + " events, " + sum(ofKind, Outcome::checks) + " changes, all invariants checked after "
                + sum(ofKind, Outcome::checksOfAll) + " of them; " + sum(ofKind, Outcome::lookups)
                + " lookups; converged within "
                + ofKind.stream().mapToInt(Outcome::convergedAfterSeconds).max().orElse(0)
                + " s; " + faults(ofKind));
    }

    private static List<Outcome> of(Kind kind, List<Outcome> outcomes) {
        return outcomes.stream().filter(outcome -> outcome.kind() == kind).toList();
    }

    /** How often each kind of fault happened, be it never; what cannot happen is left out. */
    private static Map<String, Long> faults(List<Outcome> outcomes) {
        Map<String, Long> faults = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            outcome.acts().forEach((act, count) -> faults.merge(act.name(), count, Long::sum));
            outcome.networkFaults().forEach((fault, count) -> faults.merge(fault.name(), count, Long::sum));
        }
        return faults;
    }

    private static long sum(List<Outcome> outcomes, ToLongFunction<Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }

    private static void assertEachKindOfFaultHappened(List<Outcome> outcomes) {
        for (Kind kind : Kind.values()) {
            assertThat(faults(of(kind, outcomes)))
                    .as("%s", kind)
                    .allSatisfy((fault, count) -> assertThat(count).as(fault).isPositive());
        }
    }

    private static long count(List<Outcome> outcomes, RingRule rule) {
        return outcomes.stream()
                .mapToLong(outcome -> outcome.rules().get(rule.ordinal()))
                .sum();
    }

    private static void assertEachRuleWasUsed(List<Outcome> outcomes) {
        assertThat(EnumSet.complementOf(EnumSet.copyOf(DIRECTED)))
                .allSatisfy(
                        rule -> assertThat(count(outcomes, rule)).as("%s", rule).isPositive());
    }

    @Test
    void sameSeed_runTwice_hasTheSameTrace() {
        for (long seed = 1; seed <= 20; seed++) {
            for (Kind kind : Kind.values()) {
                assertThat(RingSimulation.run(seed, kind, ChordRules.CORRECTED))
                        .isEqualTo(RingSimulation.run(seed, kind, ChordRules.CORRECTED));
            }
        }
    }
}
