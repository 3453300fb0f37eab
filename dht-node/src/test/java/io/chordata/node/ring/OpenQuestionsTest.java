package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Contact;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenQuestionsTest {
    private static final long PATIENCE_MILLIS = RingOptions.DEFAULT.questionMillis() / RingOptions.DEFAULT.attempts();

    private final List<Contact> sentTo = new ArrayList<>();
    private final OpenQuestions questions = new OpenQuestions(RingOptions.DEFAULT, ChordRules.CORRECTED, contact(0));

    private static Contact contact(int number) {
        return new Contact(new NodeId(new Uint128(number, 0)), new NodeAddress("host-" + number, 7000), 1);
    }

    private void ask(long nowMillis, int number) {
        questions.ask(contact(number), new Question.Ping(), new Asker() {
            @Override
            public void onAnswer(long now, Answer answer) {}

            @Override
            public void onSilence(long now) {}
        });
        questions.send(nowMillis, nowMillis * 1000, this::send);
    }

    private boolean resend(long nowMillis) {
        sentTo.clear();
        return questions.resend(nowMillis, nowMillis * 1000, this::send);
    }

    private void send(Contact to, RingMessage message) {
        sentTo.add(to);
    }

    @Test
    void nextTime_withNothingAsked_neverComes() {
        assertThat(questions.nextMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nextTime_afterOneIsSentAgain_isThatOfWhoWaitsLongest() {
        ask(0, 1);
        ask(100, 2);
        assertThat(questions.nextMillis()).isEqualTo(PATIENCE_MILLIS);
        assertThat(resend(PATIENCE_MILLIS)).isTrue();
        assertThat(sentTo).containsExactly(contact(1));
        assertThat(questions.nextMillis()).isEqualTo(100 + PATIENCE_MILLIS);
    }

    @Test
    void resend_beforeAnybodysTime_sendsNothing() {
        ask(0, 1);
        assertThat(resend(PATIENCE_MILLIS - 1)).isFalse();
        assertThat(sentTo).isEmpty();
    }

    @Test
    void silent_isWhoWasAskedOftenEnough_whileOthersStillHaveTime() {
        ask(0, 1);
        ask(100, 2);
        resend(PATIENCE_MILLIS);
        resend(100 + PATIENCE_MILLIS);
        resend(2 * PATIENCE_MILLIS);
        assertThat(questions.nextSilent(3 * PATIENCE_MILLIS - 1)).isNull();
        assertThat(questions.nextSilent(3 * PATIENCE_MILLIS)).isEqualTo(contact(1));
        assertThat(questions.giveUp(contact(1))).hasSize(1);
        assertThat(questions.nextSilent(3 * PATIENCE_MILLIS)).isNull();
        assertThat(resend(3 * PATIENCE_MILLIS)).isTrue();
        assertThat(sentTo).containsExactly(contact(2));
    }

    @Test
    void forgivenTime_isGiven_toWhoWasAskedBeforeIt() {
        ask(0, 1);
        questions.forgive(10_000);
        ask(10_000, 2);
        assertThat(resend(10_000 + PATIENCE_MILLIS)).isTrue();
        assertThat(sentTo).containsExactly(contact(1), contact(2));
    }
}
