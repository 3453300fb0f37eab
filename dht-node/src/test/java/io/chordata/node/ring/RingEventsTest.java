package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RingEventsTest {
    private final RingEvents events = new RingEvents(3);

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            events.add(id -> new RingEvent.ViewChanged(id, 1_000, id * 10));
        }
    }

    private static List<Long> ids(List<RingEvent> events) {
        return events.stream().map(RingEvent::id).toList();
    }

    @Test
    void events_beyondTheBound_areForgottenOldestFirst() {
        add(5);
        assertThat(events.lastId()).isEqualTo(5);
        assertThat(ids(events.after(0))).containsExactly(3L, 4L, 5L);
        assertThat(ids(events.after(4))).containsExactly(5L);
        assertThat(events.after(5)).isEmpty();
    }

    @Test
    void follower_fromAnId_isToldWhatIsKept_andThenEverything() {
        add(2);
        List<RingEvent> told = new ArrayList<>();
        events.follow(1, told::add);
        add(8);
        assertThat(ids(told))
                .containsExactlyElementsOf(LongStream.rangeClosed(2, 10).boxed().toList());
    }

    @Test
    void follower_thatCloses_isToldNothingMore() {
        List<RingEvent> stays = new ArrayList<>();
        List<RingEvent> goes = new ArrayList<>();
        events.follow(0, stays::add);
        RingEvents.Following following = events.follow(0, goes::add);
        add(1);
        following.close();
        add(1);
        assertThat(ids(goes)).containsExactly(1L);
        assertThat(ids(stays)).containsExactly(1L, 2L);
    }
}
