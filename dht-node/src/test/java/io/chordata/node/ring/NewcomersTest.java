package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.ring.view.Weight;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewcomersTest {
    private static final List<Integer> UNCHOSEN = List.of();
    private static final List<Integer> CHOSEN = List.of(1, 2);

    private static NodeId id(int number) {
        return new NodeId(new Uint128(0, number));
    }

    private static NodeRecord record(int number, List<Integer> candidates, NodeState stated) {
        NodeAddress address = new NodeAddress("host-" + number, 7000);
        return new NodeRecord(
                new Contact(id(number), address, 1),
                "node-" + number,
                address,
                address,
                "zone",
                Weight.ONE,
                "1.0",
                candidates,
                stated,
                stated);
    }

    private static RingView view(NodeRecord... records) {
        return RingView.EMPTY.change(List.of(records), List.of());
    }

    @Test
    void newcomers_thatHaveYetToChoose_goByTheirIds() {
        RingView view = view(
                record(1, CHOSEN, NodeState.ALIVE),
                record(2, UNCHOSEN, NodeState.JOINING),
                record(3, UNCHOSEN, NodeState.JOINING));
        assertThat(Newcomers.isTurnOf(id(2), view)).isTrue();
        assertThat(Newcomers.isTurnOf(id(3), view)).isFalse();
    }

    @Test
    void newcomers_thatHaveChosenOrFailed_holdUpNobody() {
        RingView view = view(
                record(1, CHOSEN, NodeState.JOINING),
                record(2, UNCHOSEN, NodeState.JOINING).withState(NodeState.DOWN),
                record(3, UNCHOSEN, NodeState.JOINING).withState(NodeState.SUSPECT),
                record(4, UNCHOSEN, NodeState.JOINING));
        assertThat(Newcomers.isTurnOf(id(4), view)).isTrue();
    }

    @Test
    void newcomers_thatHaveChosen_countAsIfTheyWereOnTheRing() {
        RingView view = view(
                record(1, CHOSEN, NodeState.ALIVE),
                record(2, CHOSEN, NodeState.JOINING),
                record(3, UNCHOSEN, NodeState.JOINING),
                record(4, CHOSEN, NodeState.JOINING).withState(NodeState.DOWN));
        RingView settled = Newcomers.settled(view);
        assertThat(settled.positionsOf(id(2))).hasSize(2);
        assertThat(settled.positionCount()).isEqualTo(4);
        assertThat(view.positionCount()).isEqualTo(2);
    }
}
