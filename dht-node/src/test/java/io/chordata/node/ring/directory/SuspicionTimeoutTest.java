package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SuspicionTimeoutTest {
    private static final DirectoryOptions OPTIONS = DirectoryOptions.DEFAULT;

    @Test
    void timeout_withoutConfirmation_isTheLongest() {
        assertThat(SuspicionTimeout.of(OPTIONS, 10).millis(0)).isEqualTo(24_000);
        assertThat(SuspicionTimeout.of(OPTIONS, 100).millis(0)).isEqualTo(48_000);
    }

    @Test
    void timeout_withEachConfirmation_shrinksToTheShortest() {
        SuspicionTimeout timeout = SuspicionTimeout.of(OPTIONS, 100);
        assertThat(timeout.millis(1)).isBetween(timeout.millis(2) + 1, timeout.millis(0) - 1);
        assertThat(timeout.millis(2)).isGreaterThan(timeout.millis(3));
        assertThat(timeout.millis(3)).isEqualTo(8_000);
        assertThat(timeout.millis(9)).isEqualTo(8_000);
    }

    /** By the formula of Lifeguard: the first confirmation of three takes off log 2 / log 4, a half. */
    @Test
    void timeout_withOneOfThree_isHalfway() {
        assertThat(SuspicionTimeout.of(OPTIONS, 100).millis(1)).isEqualTo(28_000);
    }

    @Test
    void timeout_whereNobodyCouldConfirm_isTheShortestAtOnce() {
        assertThat(SuspicionTimeout.of(OPTIONS, 2).millis(0)).isEqualTo(4_000);
        assertThat(SuspicionTimeout.of(OPTIONS, 3).confirmationsWanted()).isEqualTo(1);
        assertThat(SuspicionTimeout.of(OPTIONS, 4).confirmationsWanted()).isEqualTo(2);
        assertThat(SuspicionTimeout.of(OPTIONS, 5).confirmationsWanted()).isEqualTo(3);
    }
}
