package io.chordata.node.partition.raft;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RaftScenariosTest {
    private static final int SEEDS = Integer.getInteger("chordata.scenarioSeeds", 10);

    @ParameterizedTest
    @EnumSource
    void group_inTheScenario_doesWhatItShould(RaftScenario scenario) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            scenario.play(seed, RaftRules.RAFT);
        }
    }
}
