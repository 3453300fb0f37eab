package io.chordata.node.founding;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.founding.FoundingSimulation.Outcome;
import io.chordata.node.founding.FoundingWorld.Fault;
import io.chordata.node.process.Figures;
import io.chordata.node.sim.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoundingSimulationTest {
    private static final int NEW_SEEDS = Integer.getInteger("chordata.seeds", 1_000);
    private static final int SEEDS_FOR_MUTANTS = 3_000;

    @Test
    void nodes_underFaults_foundOneClusterAndComeTogether() {
        List<Outcome> outcomes = new ArrayList<>();
        for (long seed : Seeds.ofThisCommit(NEW_SEEDS).toArray()) {
            outcomes.add(run(seed));
        }
        Figures.note("founding: " + outcomes.size() + " seeds, " + sum(outcomes, Outcome::faults) + " faults, "
                + sum(outcomes, Outcome::foundings) + " clusters founded, " + sum(outcomes, Outcome::withdrawals)
                + " intents withdrawn, " + sum(outcomes, Outcome::releases) + " promises given back, "
                + outcomes.stream().filter(Outcome::stuck).count() + " runs wait for a lost disk");
        if (outcomes.size() >= NEW_SEEDS) {
            assertThat(sum(outcomes, Outcome::withdrawals)).isPositive();
            assertThat(sum(outcomes, Outcome::releases)).isPositive();
            assertThat(sum(outcomes, Outcome::foundings)).isGreaterThan(NEW_SEEDS / 2);
            assertThat(outcomes).anyMatch(Outcome::stuck);
        }
    }

    private static Outcome run(long seed) {
        try {
            return FoundingSimulation.run(seed);
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + "\nreplay: mvn -pl dht-node -am test -Dtest=FoundingSimulationTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dchordata.seed=" + seed,
                    e);
        }
    }

    private static long sum(List<Outcome> outcomes, ToLongFunction<Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }

    @Test
    void sameSeed_runTwice_hasTheSameTrace() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(FoundingSimulation.run(seed)).isEqualTo(FoundingSimulation.run(seed));
        }
    }

    @ParameterizedTest
    @EnumSource(VoteMutant.class)
    void rule_takenOut_isNoticed(VoteMutant mutant) {
        assertThat(isNoticed(mutant.name(), mutant.rules(), Fault.NONE)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void disk_thatLiesOrIsNotRead_andAnswerAfterTheDecision_areNoticed(Fault fault) {
        assertThat(isNoticed(fault.name(), EagerRules.ALL_BUT_PATIENCE, fault)).isTrue();
    }

    private static boolean isNoticed(String name, VoteRules rules, Fault fault) {
        for (long seed = 1; seed <= SEEDS_FOR_MUTANTS; seed++) {
            try {
                FoundingSimulation.run(seed, rules, fault);
            } catch (AssertionError | IllegalStateException noticed) {
                Figures.note("founding mutant " + name + ": caught by seed " + seed);
                return true;
            }
        }
        return false;
    }
}
