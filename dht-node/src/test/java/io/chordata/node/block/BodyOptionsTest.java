package io.chordata.node.block;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BodyOptionsTest {
    private static final int MIB = 1 << 20;

    @Test
    void options_forAHeap_takeSharesOfIt() {
        assertThat(BodyOptions.forHeap(256L * MIB))
                .isEqualTo(new BodyOptions(MIB, 4, 64L * MIB, MIB / 4, 4, 64L * MIB));
        assertThat(BodyOptions.forHeap(MIB)).isEqualTo(new BodyOptions(MIB, 4, 8L * MIB, MIB / 4, 4, 4L * MIB));
    }

    @Test
    void options_thatCannotWork_areRefusedByName() {
        assertRefused(() -> new BodyOptions(4095, 1, MIB, MIB, 1, 0), "blockBytes");
        assertRefused(() -> new BodyOptions(17 * MIB, 1, 20 * MIB, MIB, 1, 0), "blockBytes");
        assertRefused(() -> new BodyOptions(MIB, 0, MIB, MIB, 1, 0), "inFlightBlocks");
        assertRefused(() -> new BodyOptions(MIB, 1, MIB - 1, MIB, 1, 0), "writeBufferBytes");
        assertRefused(() -> new BodyOptions(MIB, 1, MIB, 1000, 1, 0), "readBytes");
        assertRefused(() -> new BodyOptions(MIB, 1, MIB, MIB, 0, 0), "readAheadPieces");
        assertRefused(() -> new BodyOptions(MIB, 1, MIB, MIB, 1, MIB - 1), "readBufferBytes");
    }

    private static void assertRefused(Runnable construction, String option) {
        assertThatThrownBy(construction::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option);
    }
}
