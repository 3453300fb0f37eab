package io.chordata.node.partition.move;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.sim.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class MoveSimulationTest {
    private static final int SEEDS = Integer.getInteger("chordata.moveSeeds", 300);

    @Test
    void groups_whoseRingChanges_followItAndLoseNothing() {
        List<MoveSimulation.Outcome> outcomes = new ArrayList<>();
        Seeds.ofThisCommit(SEEDS).forEach(seed -> outcomes.add(run(seed)));
        int runs = outcomes.size();
        if (runs >= SEEDS) {
            assertThat(sum(outcomes, MoveSimulation.Outcome::blocks)).isGreaterThan(20L * runs);
            assertThat(sum(outcomes, MoveSimulation.Outcome::changes)).isGreaterThan(8L * runs);
            assertThat(sum(outcomes, MoveSimulation.Outcome::removals)).isGreaterThan(runs);
            assertThat(sum(outcomes, MoveSimulation.Outcome::crashes)).isGreaterThan(runs);
        }
        Figures.note("moves: " + runs + " runs, " + sum(outcomes, MoveSimulation.Outcome::changes)
                + " changes of members, " + sum(outcomes, MoveSimulation.Outcome::removals) + " copies deleted, "
                + sum(outcomes, MoveSimulation.Outcome::crashes) + " crashes, "
                + sum(outcomes, MoveSimulation.Outcome::blocks) + " blocks acknowledged, 0 lost; as desired after "
                + sum(outcomes, MoveSimulation.Outcome::calmMillis) / runs + " ms of calm, "
                + sum(outcomes, MoveSimulation.Outcome::events) + " events");
    }

    private static MoveSimulation.Outcome run(long seed) {
        return MoveSimulation.run(seed, MoveRules.DESIGN, new CopyRules() {});
    }

    private static long sum(List<MoveSimulation.Outcome> outcomes, ToLongFunction<MoveSimulation.Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }

    @Test
    void same_seed_gives_the_same_run() {
        assertThat(run(5)).isEqualTo(run(5));
    }
}
