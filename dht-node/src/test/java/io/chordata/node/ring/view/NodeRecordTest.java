package io.chordata.node.ring.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeRecordTest {
    private static final NodeId ID = new NodeId(new Uint128(1, 2));
    private static final NodeRecord NODE = ViewWorld.node(ID, "z", 2);

    @Test
    void record_atItsBounds_isTaken() {
        NodeRecord greatest = record("n".repeat(128), "z".repeat(64), "v".repeat(64), Collections.nCopies(1_024, 63));
        assertThat(greatest.candidates()).hasSize(1_024);
        assertThat(record("Ä b", "z", "v", List.of()).name()).isEqualTo("Ä b");
    }

    @Test
    void record_beyondItsBounds_isRefused() {
        List<Integer> none = List.of();
        refuses(() -> record("", "z", "v", none));
        refuses(() -> record("n".repeat(129), "z", "v", none));
        refuses(() -> record("a\nb", "z", "v", none));
        refuses(() -> record("n", "", "v", none));
        refuses(() -> record("n", "z".repeat(65), "v", none));
        refuses(() -> record("n", "z\u0000", "v", none));
        refuses(() -> record("n", "z", "", none));
        refuses(() -> record("n", "z", "v".repeat(65), none));
        refuses(() -> record("n", "z", "v", Collections.nCopies(1_025, 0)));
        refuses(() -> record("n", "z", "v", List.of(64)));
        refuses(() -> record("n", "z", "v", List.of(-1)));
    }

    @Test
    void states_ofAllPairs_fitOrAreRefused() {
        for (NodeState stated : NodeState.values()) {
            for (NodeState state : NodeState.values()) {
                boolean fits = stated.isStated() && (!state.isStated() || state == stated);
                if (fits) {
                    assertThat(in(stated, state).state()).isEqualTo(state);
                } else {
                    refuses(() -> in(stated, state));
                }
            }
        }
    }

    @Test
    void placement_inAllStates_followsWhatWasStated() {
        for (NodeState state : List.of(NodeState.ALIVE, NodeState.SUSPECT, NodeState.DOWN)) {
            assertThat(in(NodeState.ALIVE, state).isPlaceable())
                    .as("alive, %s", state)
                    .isTrue();
            assertThat(in(NodeState.ALIVE, state).isOnRing())
                    .as("alive, %s", state)
                    .isTrue();
        }
        for (NodeState state : List.of(NodeState.DRAINING, NodeState.SUSPECT, NodeState.DOWN)) {
            assertThat(in(NodeState.DRAINING, state).isPlaceable())
                    .as("draining, %s", state)
                    .isFalse();
            assertThat(in(NodeState.DRAINING, state).isOnRing())
                    .as("draining, %s", state)
                    .isTrue();
        }
        for (NodeState state : List.of(NodeState.JOINING, NodeState.SUSPECT, NodeState.DOWN)) {
            assertThat(in(NodeState.JOINING, state).isPlaceable())
                    .as("joining, %s", state)
                    .isFalse();
            assertThat(in(NodeState.JOINING, state).isOnRing())
                    .as("joining, %s", state)
                    .isFalse();
        }
        for (NodeState stated : List.of(NodeState.JOINING, NodeState.ALIVE, NodeState.DRAINING)) {
            assertThat(in(stated, NodeState.DECOMMISSIONED).isPlaceable()).isFalse();
            assertThat(in(stated, NodeState.DECOMMISSIONED).isOnRing()).isFalse();
        }
    }

    @Test
    void withState_thatOthersSay_keepsWhatWasStated() {
        NodeRecord draining = NODE.withState(NodeState.DRAINING);
        assertThat(draining.withState(NodeState.DOWN).stated()).isEqualTo(NodeState.DRAINING);
        assertThat(draining.withState(NodeState.DOWN).withState(NodeState.ALIVE))
                .isEqualTo(NODE);
    }

    @Test
    void candidates_changedByTheCaller_stayAsTheyWere() {
        List<Integer> mine = new ArrayList<>(List.of(1, 2));
        NodeRecord record = NODE.withCandidates(mine);
        mine.set(0, 9);
        assertThat(record.candidates()).containsExactly(1, 2);
    }

    @Test
    void positions_ofARecord_followFromItsCandidates() {
        assertThat(NODE.withCandidates(List.of(3, 0)).positions())
                .containsExactly(Position.of(NODE.contact(), 0, 3), Position.of(NODE.contact(), 1, 0));
    }

    @Test
    void position_beyondItsBounds_isRefused() {
        refuses(() -> Position.of(NODE.contact(), -1, 0));
        refuses(() -> Position.of(NODE.contact(), 1_024, 0));
        refuses(() -> Position.of(NODE.contact(), 0, -1));
        refuses(() -> Position.of(NODE.contact(), 0, 64));
        Contact other = new Contact(new NodeId(Uint128.ZERO), ViewWorld.ADDRESS, 1);
        refuses(() -> Position.of(NODE.contact(), 0, 0).ownedBy(other));
    }

    @Test
    void load_thatCannotBe_isRefused() {
        assertThat(new NodeLoad(1, 1, 2, 3, 4, 5, 1).load()).isEqualTo(1);
        refuses(() -> new NodeLoad(-1, 0, 0, 0, 0, 0, 0));
        refuses(() -> new NodeLoad(0, -1, 0, 0, 0, 0, 0));
        refuses(() -> new NodeLoad(0, 0, -1, 0, 0, 0, 0));
        refuses(() -> new NodeLoad(0, 0, 0, -1, 0, 0, 0));
        refuses(() -> new NodeLoad(0, 0, 0, 0, -1, 0, 0));
        refuses(() -> new NodeLoad(0, 0, 0, 0, 0, -1, 0));
        refuses(() -> new NodeLoad(0, 0, 0, 0, 0, 0, -0.1));
        refuses(() -> new NodeLoad(0, 0, 0, 0, 0, 0, 1.1));
        refuses(() -> new NodeLoad(0, 0, 0, 0, 0, 0, Double.NaN));
    }

    @Test
    void vitals_thatCannotBe_areRefused() {
        assertThat(new NodeVitals(1.0, 0L, 1L, 2L, 3L).cpu()).isEqualTo(1);
        assertThat(new NodeLoad(0, 0, 0, 0, 0, 0, 0).vitals().scrubbedAt()).isNull();
        refuses(() -> new NodeVitals(-0.1, null, null, null, null));
        refuses(() -> new NodeVitals(1.1, null, null, null, null));
        refuses(() -> new NodeVitals(null, -1L, null, null, null));
        refuses(() -> new NodeVitals(null, null, -1L, null, null));
        refuses(() -> new NodeVitals(null, null, null, -1L, null));
        refuses(() -> new NodeVitals(null, null, null, null, -1L));
    }

    private static NodeRecord in(NodeState stated, NodeState state) {
        return new NodeRecord(
                NODE.contact(), "n", NODE.s3(), NODE.admin(), "z", Weight.ONE, "v", List.of(0), stated, state);
    }

    private static NodeRecord record(String name, String zone, String software, List<Integer> candidates) {
        return new NodeRecord(
                NODE.contact(),
                name,
                NODE.s3(),
                NODE.admin(),
                zone,
                Weight.ONE,
                software,
                candidates,
                NodeState.ALIVE,
                NodeState.ALIVE);
    }

    private static void refuses(Runnable act) {
        assertThatThrownBy(act::run).isInstanceOf(IllegalArgumentException.class);
    }
}
