package io.chordata.node.ring;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RingScenariosTest {
    private static final int SEEDS = Integer.getInteger("chordata.scenarioSeeds", 10);

    @ParameterizedTest
    @MethodSource("io.chordata.node.ring.Scenario#all")
    void ring_inTheScenario_doesWhatItShould(Scenario scenario) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            scenario.play(seed, ChordRules.CORRECTED);
        }
    }
}
