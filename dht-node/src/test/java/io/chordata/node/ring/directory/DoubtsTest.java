package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import org.junit.jupiter.api.Test;

class DoubtsTest {
    private static final NodeId REFUSER = Nodes.id(1);
    private static final NodeId OTHER = Nodes.id(2);
    private static final NodeId THIRD = Nodes.id(3);

    private final Doubts doubts = new Doubts();

    private void pass(int periods) {
        pass(periods, 2);
    }

    private void pass(int periods, int nodes) {
        for (int i = 0; i < periods; i++) {
            doubts.onPeriod(nodes);
        }
    }

    @Test
    void refusal_whileNobodyAnswers_isCertain() {
        assertThat(doubts.onRefusal(REFUSER)).isTrue();
    }

    @Test
    void refusal_whileOnlyTheRefusingAnswers_isCertain() {
        doubts.onAnswer(REFUSER);
        assertThat(doubts.onRefusal(REFUSER)).isTrue();
    }

    @Test
    void refusal_withinFivePeriodsOfAnothersAnswer_isDoubted() {
        doubts.onAnswer(OTHER);
        doubts.onAnswer(REFUSER);
        pass(5);
        doubts.onAnswer(REFUSER);
        assertThat(doubts.onRefusal(REFUSER)).isFalse();
        pass(1);
        assertThat(doubts.onRefusal(REFUSER)).isTrue();
    }

    @Test
    void refusal_ofASecondNode_isCertain() {
        doubts.onAnswer(OTHER);
        doubts.onAnswer(THIRD);
        assertThat(doubts.onRefusal(REFUSER)).isFalse();
        assertThat(doubts.onRefusal(THIRD)).isTrue();
    }

    @Test
    void answers_ofTheLastFivePeriods_count() {
        assertThat(doubts.isAnswered()).isFalse();
        doubts.onAnswer(OTHER);
        pass(5);
        assertThat(doubts.isAnswered()).isTrue();
        pass(1);
        assertThat(doubts.isAnswered()).isFalse();
    }

    @Test
    void answer_amongManyNodes_countsForTwoRounds() {
        doubts.onAnswer(OTHER);
        pass(200, 100);
        assertThat(doubts.isAnswered()).isTrue();
        assertThat(doubts.onRefusal(REFUSER)).isFalse();
        pass(1, 100);
        assertThat(doubts.isAnswered()).isFalse();
    }
}
