package io.chordata.node.partition.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MoveMutantsTest {
    private static final int SEEDS = Integer.getInteger("chordata.mutantSeeds", 2_000);

    @ParameterizedTest
    @EnumSource(MoveMutant.class)
    void rule_takenOut_isMissed(MoveMutant mutant) {
        assertThat(isCaught(mutant)).as("%s within %s seeds", mutant, SEEDS).isTrue();
    }

    private static boolean isCaught(MoveMutant mutant) {
        for (long seed = 0; seed < SEEDS; seed++) {
            try {
                MoveSimulation.run(seed, mutant, mutant);
            } catch (AssertionError e) {
                Figures.note("move mutant " + mutant + ": caught by seed " + seed);
                return true;
            }
        }
        return false;
    }
}
