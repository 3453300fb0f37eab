package io.chordata.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.retry.Failure;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DoubtTest {
    private static final Failure REFUSED = Failure.answered(412, "PreconditionFailed");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Doubt doubt =
            new Doubt(ApiRequest.ofObject(HttpMethod.PUT, "bucket", "k").repeatIfKnownAgain("PreconditionFailed"));

    @Test
    void refusal_ofTheFirstAttempt_tells() {
        assertThat(doubt.isSettledBy(Failure.answered(404, "NoSuchBucket"), false, 0))
                .isTrue();
    }

    @Test
    void refusal_afterALostAnswer_tellsOnlyWhatIsDecidedOnce() {
        doubt.open(0, 0);

        assertThat(doubt.isSettledBy(REFUSED, true, SECOND)).isTrue();
        assertThat(doubt.isSettledBy(REFUSED, false, SECOND)).as("a stranger").isFalse();
        assertThat(doubt.isSettledBy(Failure.answered(404, "NoSuchBucket"), true, SECOND))
                .isFalse();
        assertThat(doubt.isSettledBy(Failure.noAnswer(), true, SECOND)).isFalse();
    }

    @Test
    void refusal_afterTheAnswerIsForgotten_doesNotTell() {
        doubt.open(0, 95 * SECOND);
        doubt.open(124 * SECOND, 95 * SECOND);

        assertThat(doubt.isSettledBy(REFUSED, true, 125 * SECOND)).isFalse();
    }

    @Test
    void repetition_whoseBodyTakesTooLong_isNotBegun() {
        assertThat(doubt.isKnownUntilSent(1000 * SECOND)).isTrue();
        doubt.open(0, 40 * SECOND);

        assertThat(doubt.isKnownUntilSent(SECOND)).isTrue();
        assertThat(doubt.isKnownUntilSent(30 * SECOND)).isFalse();
    }
}
