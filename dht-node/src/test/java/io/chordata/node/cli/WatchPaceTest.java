package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WatchPaceTest {
    private static final long BEGIN = -5_000_000_000L;
    private static final long VERSION = 7;

    private final WatchPace pace = new WatchPace(BEGIN);

    private boolean isDue(long millis, long version, int nodes, boolean isHeard) {
        return pace.isDue(BEGIN + TimeUnit.MILLISECONDS.toNanos(millis), version, nodes, isHeard);
    }

    private void askedAndTold(boolean isChanged) {
        pace.asked(BEGIN, VERSION);
        pace.told(isChanged);
    }

    @Test
    void node_thatHasJustBegun_waitsUntilItHeardOfALeader() {
        assertThat(pace.hasArrived(BEGIN, false)).isFalse();
        assertThat(pace.hasArrived(BEGIN + 1, true)).isTrue();
        assertThat(pace.hasArrived(BEGIN + 2, false)).isTrue();
    }

    @Test
    void node_thatHearsOfNoLeader_waitsForHalfAMinute() {
        long arrival = BEGIN + TimeUnit.MILLISECONDS.toNanos(WatchPace.ARRIVAL_MILLIS);
        assertThat(pace.hasArrived(arrival - 1, false)).isFalse();
        assertThat(pace.hasArrived(arrival, false)).isTrue();
    }

    @Test
    void question_atFirst_isDueAtOnce() {
        assertThat(isDue(0, VERSION, 10_000, false)).isTrue();
    }

    @Test
    void question_whileSomebodyListens_isAlwaysDue() {
        askedAndTold(false);
        assertThat(isDue(0, VERSION, 10_000, true)).isTrue();
    }

    @Test
    void question_whereNothingChanged_isDueAfterTheCalmPeriod() {
        askedAndTold(false);
        assertThat(isDue(WatchPace.CALM_PERIOD_MILLIS - 1, VERSION, 3, false)).isFalse();
        assertThat(isDue(WatchPace.CALM_PERIOD_MILLIS, VERSION, 3, false)).isTrue();
    }

    @Test
    void question_whereNodesOrPartitionsChanged_isDueSooner() {
        askedAndTold(false);
        assertThat(isDue(WatchPace.PERIOD_MILLIS, VERSION + 1, 3, false)).isTrue();
        askedAndTold(true);
        assertThat(isDue(WatchPace.PERIOD_MILLIS, VERSION, 3, false)).isTrue();
        assertThat(isDue(WatchPace.PERIOD_MILLIS - 1, VERSION, 3, false)).isFalse();
    }

    @Test
    void question_toManyNodes_isDueSeldomEvenWhileTheyChange() {
        askedAndTold(true);
        assertThat(isDue(49_999, VERSION + 1, 1_000, false)).isFalse();
        assertThat(isDue(50_000, VERSION + 1, 1_000, false)).isTrue();
    }
}
