package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimScheduler;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupsTest {
    private static final long HEDGE_MILLIS = RingOptions.DEFAULT.hedgeMillis();
    private static final RingId ID = new RingId(Uint128.ZERO);

    private final Ring ring = new Ring(
            contact(0),
            RingOptions.DEFAULT,
            ChordRules.CORRECTED,
            new SimRandom(1),
            new SimClock(new SimScheduler(1)),
            RingDirectory.NONE);

    private static Contact contact(int number) {
        return new Contact(new NodeId(new Uint128(number, 0)), new NodeAddress("host-" + number, 7000), 1);
    }

    private void find(long nowMillis, Contact... entries) {
        ring.lookups.findFrom(nowMillis, List.of(entries), ID, (now, result) -> {});
    }

    @Test
    void nextTime_withoutLookups_neverComes() {
        assertThat(ring.lookups.nextMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nextTime_ofSeveralLookups_isThatOfWhoAskedLongestAgo() {
        find(0, contact(1), contact(2));
        find(100, contact(3), contact(4));
        assertThat(ring.lookups.nextMillis()).isEqualTo(HEDGE_MILLIS);
        ring.lookups.onWake(HEDGE_MILLIS);
        assertThat(ring.lookups.nextMillis()).isEqualTo(100 + HEDGE_MILLIS);
        ring.lookups.onWake(100 + HEDGE_MILLIS);
        assertThat(ring.lookups.nextMillis()).isEqualTo(2 * HEDGE_MILLIS);
    }

    @Test
    void lookup_withNobodyLeftToAsk_doesNotHideTheTimeOfAnother() {
        find(0, contact(1));
        ring.lookups.onWake(HEDGE_MILLIS);
        assertThat(ring.lookups.nextMillis()).isEqualTo(Long.MAX_VALUE);
        find(HEDGE_MILLIS, contact(2));
        assertThat(ring.lookups.nextMillis()).isEqualTo(2 * HEDGE_MILLIS);
        ring.lookups.onWake(2 * HEDGE_MILLIS);
        assertThat(ring.lookups.open()).isEqualTo(2);
        assertThat(ring.lookups.nextMillis()).isEqualTo(Long.MAX_VALUE);
    }
}
