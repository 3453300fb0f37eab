package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.sim.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaSimulationTest {
    private static final int SEEDS = Integer.getInteger("chordata.seeds", 100);

    @Test
    void replicas_that_come_go_and_crash_keep_every_promise() {
        List<ReplicaSimulation.Outcome> outcomes = new ArrayList<>();
        Seeds.ofThisCommit(SEEDS).forEach(seed -> outcomes.add(ReplicaSimulation.run(seed)));
        int runs = outcomes.size();
        assertThat(sum(outcomes, ReplicaSimulation.Outcome::acknowledged)).isGreaterThan(100L * runs);
        assertThat(sum(outcomes, ReplicaSimulation.Outcome::queries)).isGreaterThan(30L * runs);
        assertThat(sum(outcomes, ReplicaSimulation.Outcome::crashes)).isGreaterThan(2L * runs);
        assertThat(sum(outcomes, ReplicaSimulation.Outcome::installs)).isGreaterThan(runs / 2);
        assertThat(sum(outcomes, ReplicaSimulation.Outcome::removals)).isGreaterThan(runs);
        Figures.note("replicas: " + runs + " runs, " + sum(outcomes, ReplicaSimulation.Outcome::acknowledged)
                + " commands acknowledged, " + sum(outcomes, ReplicaSimulation.Outcome::crashes) + " crashes, "
                + sum(outcomes, ReplicaSimulation.Outcome::installs) + " states sent whole, "
                + sum(outcomes, ReplicaSimulation.Outcome::removals) + " replicas removed, 0 lost");
    }

    private static long sum(
            List<ReplicaSimulation.Outcome> outcomes, ToLongFunction<ReplicaSimulation.Outcome> figure) {
        return outcomes.stream().mapToLong(figure).sum();
    }

    /**
     * Each failed once: a removed leader that nobody could replace, rows of an install that was cut off, a full window lost,
     * a log cut as if no snapshot had come meanwhile, a mark asked of a replica that was over.
     */
    @ParameterizedTest
    @ValueSource(
            longs = {
                1243902375886849L,
                1243902375886855L,
                1008920813371393L,
                1243902375886853L,
                2325093761941660L,
                227035538522210L,
                4383594356146256L
            })
    void seed_that_failed_once_passes(long seed) {
        assertThat(ReplicaSimulation.run(seed).acknowledged()).isPositive();
    }

    @Test
    void same_seed_gives_the_same_run() {
        assertThat(ReplicaSimulation.run(3)).isEqualTo(ReplicaSimulation.run(3));
    }
}
