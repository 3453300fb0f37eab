package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeId;
import io.chordata.node.sim.SimRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    private static final NodeId ONE = NodeId.random(new SimRandom(1));
    private static final NodeId OTHER = NodeId.random(new SimRandom(2));

    @Test
    void next_ofAnyGeneration_ranksAboveWhoeverBeganThatOne() {
        long first = Generations.next(Generations.FIRST, ONE);
        long second = Generations.next(first, OTHER);
        assertThat(first).isGreaterThan(Generations.FIRST);
        assertThat(second).isGreaterThan(first).isGreaterThan(Generations.next(Generations.FIRST, OTHER));
        assertThat(Generations.count(second)).isEqualTo(2);
    }

    @Test
    void generation_begun_namesTheNodeThatBeginsIt() {
        long generation = Generations.next(Generations.FIRST, ONE);
        assertThat(Generations.isBegunBy(generation, ONE)).isTrue();
        assertThat(Generations.isBegunBy(generation, OTHER)).isFalse();
        assertThat(Generations.isBegunBy(Generations.FIRST, ONE)).isFalse();
        assertThat(Generations.next(Generations.FIRST, ONE)).isEqualTo(generation);
    }

    @Test
    void generations_ofManySurvivors_differ() {
        SimRandom random = new SimRandom(3);
        Set<Long> drawn = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            drawn.add(Generations.next(Generations.FIRST, NodeId.random(random)));
        }
        assertThat(drawn).hasSize(10_000);
    }

    @Test
    void next_ofTheLastOrOfNone_isRefused() {
        assertThatThrownBy(() -> Generations.next(Long.MAX_VALUE, ONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Generations.next(-1, ONE)).isInstanceOf(IllegalArgumentException.class);
    }
}
