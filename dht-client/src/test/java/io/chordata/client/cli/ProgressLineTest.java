package io.chordata.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private static final int COLUMNS = 100;

    @Test
    void line_onceAllIsPlanned_hasABarAndTheRest() {
        assertThat(new ProgressLine(3, 10, 512 << 20, 1 << 30, true, 4_000).text(COLUMNS))
                .isEqualTo("[###############...............]  3/10  512M/1.0G  128M/s  4 s left");
        assertThat(new ProgressLine(0, 1, 1 << 20, 1L << 30, true, 1_000).text(COLUMNS))
                .endsWith("17:03 min left");
    }

    @Test
    void line_whileMoreIsPlanned_promisesNothing() {
        assertThat(new ProgressLine(3, 10, 512 << 20, 1 << 30, false, 4_000).text(COLUMNS))
                .isEqualTo("3/10+  512M/1.0G+  128M/s");
    }

    @Test
    void line_inAnyState_fitsTheTerminal() {
        for (int columns = 1; columns < 120; columns++) {
            for (boolean all : new boolean[] {true, false}) {
                assertThat(new ProgressLine(3, 10, 7L << 40, 1L << 50, all, 1).text(columns))
                        .hasSizeLessThanOrEqualTo(columns);
                assertThat(new ProgressLine(0, 0, 0, 0, all, 0).text(columns)).hasSizeLessThanOrEqualTo(columns);
            }
        }
    }
}
