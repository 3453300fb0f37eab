package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class AwaitTest {
    @Test
    void until_noAnswerAtFirst_asksAgain() {
        Queue<Boolean> answers = new ArrayDeque<>(List.of(false, true));
        boolean[] isUp = {false};

        Await.until("it is so", Duration.ofMinutes(1), () -> {
            if (!isUp[0]) {
                isUp[0] = true;
                throw new IOException("not up yet");
            }
            return answers.remove();
        });

        assertThat(answers).isEmpty();
    }

    @Test
    void until_neverAnAnswer_failsWithTheLastReason() {
        IOException down = new IOException("connection refused");

        assertThatThrownBy(() -> Await.until("it is so", Duration.ZERO, () -> {
                    throw down;
                }))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessage("it is so did not happen within PT0S")
                .hasCause(down);
    }

    @Test
    void until_brokenQuestion_isNotAskedAgain() {
        IllegalArgumentException broken = new IllegalArgumentException("no such thing");

        assertThatThrownBy(() -> Await.until("it is so", Duration.ofMinutes(1), () -> {
                    throw broken;
                }))
                .isSameAs(broken);
    }
}
