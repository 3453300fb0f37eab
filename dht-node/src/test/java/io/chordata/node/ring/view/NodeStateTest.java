package io.chordata.node.ring.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NodeStateTest {
    @Test
    void transitions_ofAllStates_areTheTable() {
        String table = Arrays.stream(NodeState.values())
                .map(from -> from + ":"
                        + Arrays.stream(NodeState.values())
                                .filter(to -> to != from && from.mayBecome(to))
                                .map(to -> " " + to)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
        assertThat(table).isEqualTo("""
                        JOINING: ALIVE SUSPECT DOWN DRAINING DECOMMISSIONED
                        ALIVE: SUSPECT DOWN DRAINING DECOMMISSIONED
                        SUSPECT: JOINING ALIVE DOWN DRAINING DECOMMISSIONED
                        DOWN: JOINING ALIVE SUSPECT DRAINING DECOMMISSIONED
                        DRAINING: ALIVE SUSPECT DOWN DECOMMISSIONED
                        DECOMMISSIONED:""");
    }

    @Test
    void everyState_toItself_staysLegal() {
        assertThat(NodeState.values()).allMatch(state -> state.mayBecome(state));
    }
}
