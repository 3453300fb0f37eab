package io.chordata.node.partition.raft;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RaftScenariosTest {
    private static final int SEEDS = Integer.getInteger("chordata.scenarioSeeds", 10);

    @ParameterizedTest
    @MethodSource("io.chordata.node.partition.raft.Scenario#all")
    void group_inTheScenario_doesWhatItShould(Scenario scenario) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            scenario.play(seed, RaftRules.RAFT);
        }
    }
}
