package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RingPhaseTest {
    private static final Set<RingPhase> ENDS = EnumSet.of(RingPhase.LEFT, RingPhase.REFUSED, RingPhase.FAILED);

    private static final Map<RingPhase, Set<RingPhase>> FURTHER = Map.of(
            RingPhase.STARTING, EnumSet.of(RingPhase.SEEKING, RingPhase.JOINING),
            RingPhase.SEEKING, EnumSet.of(RingPhase.CHOOSING),
            RingPhase.CHOOSING, EnumSet.of(RingPhase.JOINING),
            RingPhase.JOINING, EnumSet.of(RingPhase.JOINED),
            RingPhase.JOINED, EnumSet.noneOf(RingPhase.class));

    @Test
    void phases_ofALife_followTheTable() {
        for (RingPhase from : RingPhase.values()) {
            for (RingPhase to : RingPhase.values()) {
                boolean isLegal = !ENDS.contains(from)
                        && (ENDS.contains(to)
                                || FURTHER.getOrDefault(from, Set.of()).contains(to));
                assertThat(from.mayBecome(to)).as("from %s to %s", from, to).isEqualTo(isLegal);
            }
        }
    }

    @Test
    void phases_afterTheEnd_areOver() {
        assertThat(RingPhase.values())
                .allSatisfy(phase -> assertThat(phase.isOver()).isEqualTo(ENDS.contains(phase)));
    }
}
