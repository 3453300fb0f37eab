package io.chordata.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.runtime.SystemClock;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventLogTest {
    private static final long TIME = 1_790_000_000_000L;
    private static final int ALL = 10 * EventLog.KEPT_MAX;

    private final EventLog log = new EventLog(new Uint128(1, 1), new SystemClock());

    private void traffic(int count) {
        for (int i = 0; i < count; i++) {
            log.traffic(TIME, AdminFixtures.id(1), 1, 0, 1, 1, List.of());
        }
    }

    private void views(int count) {
        for (int i = 0; i < count; i++) {
            log.view(TIME, i);
        }
    }

    private void node() {
        log.node(TIME, NodeState.DOWN, AdminFixtures.node(1), false);
    }

    private long kept(String type) {
        return log.after(0, ALL).stream()
                .filter(event -> event.type().equals(type))
                .count();
    }

    @Test
    void traffic_ofHours_pushesNothingElseOut() {
        node();
        log.view(TIME, 1);
        traffic(EventLog.KEPT_MAX + 1);
        assertThat(kept("node")).isEqualTo(1);
        assertThat(kept("ring")).isEqualTo(1);
        assertThat(kept("traffic")).isEqualTo(EventLog.KEPT_MAX);
        assertThat(log.lost()).isZero();
        assertThat(log.lostBehind(0)).isZero();
    }

    @Test
    void changesOfTheRing_howeverMany_pushNoNodesOut() {
        node();
        views(EventLog.KEPT_MAX + 5);
        assertThat(kept("node")).isEqualTo(1);
        assertThat(kept("ring")).isEqualTo(EventLog.KEPT_MAX);
        assertThat(log.lost()).isEqualTo(6);
        assertThat(log.lostBehind(0)).isEqualTo(5);
        assertThat(log.lostBehind(4)).isEqualTo(2);
        assertThat(log.lostBehind(6)).isZero();
    }

    @Test
    void events_ofSeveralKinds_comeInTheOrderOfTheirNumbers() {
        for (int i = 0; i < EventLog.KEPT_MAX; i++) {
            views(1);
            traffic(2);
        }
        node();
        assertThat(log.after(0, ALL)).extracting(EventLog.Event::number).isSorted();
        long last = log.last();
        assertThat(log.after(last - 7, 4))
                .extracting(EventLog.Event::number)
                .containsExactlyElementsOf(
                        LongStream.range(last - 6, last - 2).boxed().toList());
        assertThat(log.after(last, 4)).isEmpty();
    }

    @Test
    void client_behindWhatIsLost_goesOnBeforeTheNextThatIsKept() {
        node();
        views(EventLog.KEPT_MAX + 5);
        assertThat(log.beforeNext(0)).isZero();
        assertThat(log.beforeNext(1)).isEqualTo(6);
        assertThat(log.beforeNext(log.last())).isEqualTo(log.last());
    }
}
