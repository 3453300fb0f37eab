package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.sim.Seeds;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BlockSimulationTest {
    private static final int SEEDS = Integer.getInteger("chordata.blockSeeds", 300);

    /**
     * Failed once: the last whole copy went with its voter, as the rot of the other was noticed between two questions, of which a
     * different majority answered each.
     */
    private static final long PAST_FAILURE = 1_545_601_130_954_776L;

    @Test
    void blocks_underFaultsAndMoves_keepTheirPromises() {
        BlockSimulation.Figures all = new BlockSimulation.Figures();
        int runs = 0;
        LongStream allSeeds = LongStream.concat(LongStream.of(PAST_FAILURE), Seeds.ofThisCommit(SEEDS));
        for (PrimitiveIterator.OfLong seeds = allSeeds.iterator(); seeds.hasNext(); runs++) {
            all.add(new BlockSimulation(seeds.nextLong(), BlockRules.SAFE).run());
        }
        Figures.note("blocks, simulated: " + runs + " runs, " + all);
        assertThat(runs <= 2 || all.hasAll()).as(all.toString()).isTrue();
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
