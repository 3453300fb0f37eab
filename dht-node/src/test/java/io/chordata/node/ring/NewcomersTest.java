package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.sim.TestNodes;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewcomersTest {
    private static final List<Integer> UNCHOSEN = List.of();
    private static final List<Integer> CHOSEN = List.of(1, 2);

    private static RingView view(NodeRecord... records) {
        return RingView.EMPTY.change(List.of(records), List.of());
    }

    @Test
    void newcomers_thatHaveYetToChoose_goByTheirIds() {
        RingView view = view(
                TestNodes.record(1, CHOSEN, NodeState.ALIVE),
                TestNodes.record(2, UNCHOSEN, NodeState.JOINING),
                TestNodes.record(3, UNCHOSEN, NodeState.JOINING));
        assertThat(Newcomers.isTurnOf(TestNodes.id(2), view)).isTrue();
        assertThat(Newcomers.isTurnOf(TestNodes.id(3), view)).isFalse();
    }

    @Test
    void newcomers_thatHaveChosenOrFailed_holdUpNobody() {
        RingView view = view(
                TestNodes.record(1, CHOSEN, NodeState.JOINING),
                TestNodes.record(2, UNCHOSEN, NodeState.JOINING).withState(NodeState.DOWN),
                TestNodes.record(3, UNCHOSEN, NodeState.JOINING).withState(NodeState.SUSPECT),
                TestNodes.record(4, UNCHOSEN, NodeState.JOINING));
        assertThat(Newcomers.isTurnOf(TestNodes.id(4), view)).isTrue();
    }

    @Test
    void newcomer_thatHasChosen_isFollowedByTheNextThatHasNot() {
        RingView view = view(
                TestNodes.record(1, CHOSEN, NodeState.ALIVE),
                TestNodes.record(2, UNCHOSEN, NodeState.JOINING),
                TestNodes.record(3, CHOSEN, NodeState.JOINING),
                TestNodes.record(4, UNCHOSEN, NodeState.JOINING).withState(NodeState.DOWN),
                TestNodes.record(5, UNCHOSEN, NodeState.JOINING));
        assertThat(Newcomers.nextAfter(TestNodes.id(2), view)).isEqualTo(TestNodes.id(5));
        assertThat(Newcomers.nextAfter(TestNodes.id(3), view)).isEqualTo(TestNodes.id(2));
        assertThat(Newcomers.nextAfter(TestNodes.id(1), view(TestNodes.record(1, CHOSEN, NodeState.ALIVE))))
                .isNull();
    }

    @Test
    void newcomers_thatHaveChosen_countAsIfTheyWereOnTheRing() {
        RingView view = view(
                TestNodes.record(1, CHOSEN, NodeState.ALIVE),
                TestNodes.record(2, CHOSEN, NodeState.JOINING),
                TestNodes.record(3, UNCHOSEN, NodeState.JOINING),
                TestNodes.record(4, CHOSEN, NodeState.JOINING).withState(NodeState.DOWN));
        RingView settled = Newcomers.settled(view);
        assertThat(settled.positionsOf(TestNodes.id(2))).hasSize(2);
        assertThat(settled.positionCount()).isEqualTo(4);
        assertThat(view.positionCount()).isEqualTo(2);
    }
}
