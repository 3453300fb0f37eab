package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RingEventsTest {
    private final RingEvents events = new RingEvents();
    private final List<Long> told = new ArrayList<>();

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            events.add(id -> new RingEvent.ViewChanged(id, 1_000, id * 10));
        }
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    @Test
    void events_thatNobodyFollows_areForgottenOldestFirst() {
        add(3_000);
        events.follow(event -> told.add(event.id()));
        assertThat(told).containsExactlyElementsOf(range(3_000 - 1_023, 3_000));
    }

    @Test
    void firstFollower_isToldWhatWasBefore_andThenEverything() {
        add(2);
        events.follow(event -> told.add(event.id()));
        add(8);
        assertThat(told).containsExactlyElementsOf(range(1, 10));
    }

    @Test
    void follower_thatComesLater_isToldWhatComes() {
        add(2);
        events.follow(event -> {});
        add(2);
        events.follow(event -> told.add(event.id()));
        add(1);
        assertThat(told).containsExactly(5L);
    }

    @Test
    void follower_thatCloses_isToldNothingMore() {
        RingEvents.Following following = events.follow(event -> told.add(event.id()));
        add(1);
        following.close();
        add(1);
        assertThat(told).containsExactly(1L);
    }
}
