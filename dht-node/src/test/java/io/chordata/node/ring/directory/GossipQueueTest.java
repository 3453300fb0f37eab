package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import java.util.List;
import org.junit.jupiter.api.Test;

class GossipQueueTest {
    private static final int PLENTY = 1 << 20;

    private final GossipQueue queue = new GossipQueue();

    @Test
    void news_ofDifferentAge_newestIsSentFirst() {
        add(1);
        add(2);
        assertThat(take(bytesOf(2))).containsExactly(Nodes.id(2));
    }

    @Test
    void news_sentBefore_waitsBehindWhatWasSentLessOften() {
        add(1);
        add(2);
        take(bytesOf(2));
        assertThat(take(bytesOf(1))).containsExactly(Nodes.id(1));
    }

    @Test
    void news_sentOftenEnough_isDropped() {
        add(1);
        for (int i = 0; i < 3; i++) {
            assertThat(take(PLENTY)).hasSize(1);
        }
        assertThat(take(PLENTY)).isEmpty();
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void news_ofOneNode_replacesTheOlder() {
        add(1);
        Update newer = new Update(Nodes.member(1, 1, 2, Verdict.SUSPECT), Nodes.id(3), null);
        queue.add(newer);
        assertThat(queue.size()).isEqualTo(1);
        assertThat(queue.take(PLENTY, 3, node -> true)).containsExactly(newer);
    }

    @Test
    void message_withLittleRoom_takesNoMoreThanFits() {
        for (int number = 1; number <= 10; number++) {
            add(number);
        }
        assertThat(take(3 * bytesOf(10) + 5)).hasSize(3);
        assertThat(take(bytesOf(1) - 1)).isEmpty();
        assertThat(queue.size()).isEqualTo(10);
    }

    @Test
    void news_thatTheAddresseeKnowsBest_countsAsSent() {
        add(1);
        for (int i = 0; i < 3; i++) {
            assertThat(queue.take(PLENTY, 3, node -> false)).isEmpty();
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    private void add(int number) {
        queue.add(update(number));
    }

    private static Update update(int number) {
        return new Update(Nodes.member(number, 1, 1, Verdict.LIVE), null, null);
    }

    private static int bytesOf(int number) {
        return update(number).bytesMax();
    }

    private List<NodeId> take(int bytesMax) {
        return queue.take(bytesMax, 3, node -> true).stream().map(Update::node).toList();
    }
}
