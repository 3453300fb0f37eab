package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.sim.Seeds;
import java.util.PrimitiveIterator;
import org.junit.jupiter.api.Test;

class BlockSimulationTest {
    private static final int SEEDS = Integer.getInteger("chordata.blockSeeds", 300);

    @Test
    void blocks_underFaultsAndMoves_keepTheirPromises() {
        BlockSimulation.Figures all = new BlockSimulation.Figures();
        int runs = 0;
        for (PrimitiveIterator.OfLong seeds = Seeds.ofThisCommit(SEEDS).iterator(); seeds.hasNext(); runs++) {
            all.add(new BlockSimulation(seeds.nextLong(), BlockRules.SAFE).run());
        }
        Figures.note("blocks, simulated: " + runs + " runs, " + all);
        assertThat(runs == 1 || all.hasAll()).as(all.toString()).isTrue();
    }

    @Test
    void simulation_ofOneSeedTwice_goesTheSameWay() {
        BlockSimulation one = new BlockSimulation(42, BlockRules.SAFE);
        BlockSimulation other = new BlockSimulation(42, BlockRules.SAFE);
        one.run();
        other.run();
        assertThat(one.traceHash()).isEqualTo(other.traceHash());
    }
}
