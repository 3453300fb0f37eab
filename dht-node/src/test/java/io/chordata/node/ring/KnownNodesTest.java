package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import org.junit.jupiter.api.Test;

class KnownNodesTest {
    private static final int MANY = 100_000;

    private final KnownNodes known = new KnownNodes(contact(0, 1), ChordRules.CORRECTED, new RingCounters());

    private static Contact contact(int number, long life) {
        return new Contact(new NodeId(new Uint128(number, 0)), new NodeAddress("host-" + life, 7000), life);
    }

    @Test
    void laterLife_ofANodeNeverHeardOf_isTheNewestAndCountsAsAMove() {
        known.meet(contact(1, 3));
        assertThat(known.newest(contact(1, 1))).isEqualTo(contact(1, 3));
        assertThat(known.isOldLife(contact(1, 2))).isTrue();
        assertThat(known.moves()).isEqualTo(1);
    }

    @Test
    void firstLife_ofANodeKnownInALaterOne_isOld() {
        known.meet(contact(1, 2));
        known.meet(contact(1, 1));
        assertThat(known.newest(contact(1, 1))).isEqualTo(contact(1, 2));
        assertThat(known.isOldLife(contact(1, 1))).isTrue();
    }

    @Test
    void laterLife_ofANodeTakenForDead_isAlive() {
        known.onSilent(contact(1, 1), 1_000);
        known.meet(contact(1, 1));
        assertThat(known.isDead(0, contact(1, 1).node())).isTrue();
        known.meet(contact(1, 2));
        assertThat(known.isDead(0, contact(1, 1).node())).isFalse();
    }

    @Test
    void firstLife_thatTheDirectoryHoldsToBeRight_replacesALaterOne() {
        known.meet(contact(1, 9));
        known.settle(contact(1, 1));
        assertThat(known.newest(contact(1, 1))).isEqualTo(contact(1, 1));
        assertThat(known.isOldLife(contact(1, 1))).isFalse();
    }

    @Test
    void silentNode_thatIsHeard_isAliveAndWasDead() {
        known.onSilent(contact(1, 1), 1_000);
        assertThat(known.onHeard(0, contact(1, 1))).isTrue();
        assertThat(known.isDead(0, contact(1, 1).node())).isFalse();
        assertThat(known.onHeard(0, contact(1, 1))).isFalse();
        assertThat(known.onHeard(0, contact(2, 1))).as("never known").isFalse();
    }

    @Test
    void nodeInUse_amongManyThatAreMeasuredOnce_isNotForgotten() {
        known.onRoundTrip(contact(1, 1), 7);
        for (int number = 2; number < MANY; number++) {
            known.onRoundTrip(contact(number, 1), 9);
            assertThat(known.roundTripMicros(contact(1, 1).node())).isEqualTo(7);
        }
        assertThat(known.roundTripMicros(contact(2, 1).node())).isEqualTo(KnownNodes.UNMEASURED);
        assertThat(known.roundTripMicros(contact(MANY - 1, 1).node())).isEqualTo(9);
    }

    @Test
    void roundTrip_ofANodeTalkedTo_outlivesTheMentionOfManyOthers() {
        known.onRoundTrip(contact(1, 1), 7);
        for (int number = 2; number < MANY; number++) {
            known.meet(contact(number, 1));
        }
        assertThat(known.roundTripMicros(contact(1, 1).node())).isEqualTo(7);
    }
}
