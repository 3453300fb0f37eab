package io.chordata.node.ring;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RingScenariosTest {
    private static final int SEEDS = Integer.getInteger("chordata.scenarioSeeds", 10);

    @ParameterizedTest
    @EnumSource
    void ring_inTheScenario_doesWhatItShould(RingScenario scenario) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            scenario.play(seed, ChordRules.CORRECTED);
        }
    }
}
