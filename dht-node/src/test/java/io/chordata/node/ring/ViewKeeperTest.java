package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ViewKeeperTest {
    private static final NodeAddress ADDRESS = new NodeAddress("10.0.0.1", 7_000);
    private static final int MANY = 300;
    private static final int PLACES = 32;

    private final ViewKeeper views = new ViewKeeper();

    private static NodeId id(int number) {
        return new NodeId(new Uint128(number * 0x9E3779B97F4A7C15L, number));
    }

    private static NodeRecord record(int number) {
        return new NodeRecord(
                new Contact(id(number), ADDRESS, 1),
                "node",
                ADDRESS,
                ADDRESS,
                "zone",
                Weight.ONE,
                "1.0",
                Collections.nCopies(PLACES, 0),
                NodeState.ALIVE,
                NodeState.ALIVE);
    }

    private int takeOver() {
        int rounds = 0;
        while (views.isBehind()) {
            views.goOn();
            views.current();
            rounds++;
        }
        return rounds;
    }

    @Test
    void changes_ofOneNodeAtATime_areSeenAtOnce() {
        for (int number = 0; number < MANY; number++) {
            views.put(record(number));
            assertThat(views.current().nodeCount()).isEqualTo(number + 1);
        }
        views.forget(id(7));
        assertThat(views.current().node(id(7))).isNull();
        assertThat(views.isBehind()).isFalse();
    }

    @Test
    void changes_ofManyNodesAtOnce_areTakenOverBitByBit() {
        for (int number = 0; number < MANY; number++) {
            views.put(record(number));
        }
        int first = views.current().nodeCount();
        assertThat(first).isBetween(1, MANY / 2);
        assertThat(views.current().nodeCount()).isEqualTo(first);
        assertThat(takeOver()).isGreaterThan(1);
        assertThat(views.published().nodeCount()).isEqualTo(MANY);
        assertThat(views.published().positionCount()).isEqualTo(MANY * PLACES);
    }

    @Test
    void view_ofManyThatAreForgotten_losesThemBitByBit() {
        for (int number = 0; number < MANY; number++) {
            views.put(record(number));
        }
        takeOver();
        for (int number = 0; number < MANY; number++) {
            views.forget(id(number));
        }
        assertThat(views.current().nodeCount()).isBetween(MANY / 2, MANY - 1);
        takeOver();
        assertThat(views.published().positionCount()).isZero();
    }

    @Test
    void node_thatIsForgottenAndComesAgain_isThere() {
        views.put(record(1));
        views.current();
        views.forget(id(1));
        views.put(record(1));
        assertThat(views.current().node(id(1))).isNotNull();
        views.put(record(2));
        views.forget(id(2));
        assertThat(views.current().node(id(2))).isNull();
    }
}
