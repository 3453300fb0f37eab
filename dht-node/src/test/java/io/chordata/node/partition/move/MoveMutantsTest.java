package io.chordata.node.partition.move;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class MoveMutantsTest {
    private static final Logger LOG = LoggerFactory.getLogger(MoveMutantsTest.class);
    private static final int SEEDS = Integer.getInteger("chordata.mutantSeeds", 400);

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
                String message = String.valueOf(e.getMessage());
                LOG.info(
                        "{} is caught by seed {}: {}",
                        mutant,
                        seed,
                        message.lines().findFirst().orElse(""));
                return true;
            }
        }
        return false;
    }
}
