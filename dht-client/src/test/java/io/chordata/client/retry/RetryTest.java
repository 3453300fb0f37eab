package io.chordata.client.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a request is sent again, and after how long. */
class RetryTest {
    @Test
    void budget_thatIsSpent_allowsNothingUntilSomethingSucceeds() {
        RetryBudget budget = new RetryBudget(10);

        assertThat(budget.take(5)).isTrue();
        assertThat(budget.take(5)).isTrue();
        assertThat(budget.take(1)).isFalse();
        budget.giveBack(1);
        assertThat(budget.take(5)).as("nothing is taken in part").isFalse();
        assertThat(budget.tokens()).isEqualTo(1);
        assertThat(budget.take(1)).isTrue();
    }

    @Test
    void budget_givenMoreThanItHolds_isFull() {
        RetryBudget budget = new RetryBudget(10);
        budget.giveBack(5);
        assertThat(budget.tokens()).isEqualTo(10);
        assertThatThrownBy(() -> new RetryBudget(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void budget_takenFromByManyThreads_givesNoMoreThanItHad() throws InterruptedException {
        RetryBudget budget = new RetryBudget(1_000);
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            new Thread(() -> {
                        while (budget.take(1)) {
                            taken.incrementAndGet();
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        assertThat(taken).hasValue(1_000);
    }

    @ParameterizedTest
    @CsvSource({"0,0.999,49", "1,0.999,99", "3,0.5,200", "10,0.999,4995", "1000,0.999,4995", "5,0,0"})
    void backoff_ofARetry_isWithinABoundThatDoubles(int retry, double dice, long millis) {
        assertThat(new Backoff(50, 5_000).delayMillis(retry, dice)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_ASKED,0,'',MOVE_ON,MOVE_ON",
        "NOT_SENT,0,'',MOVE_ON,MOVE_ON",
        "NO_ANSWER,0,'',MOVE_ON,FAIL_UNKNOWN",
        "ANSWERED,500,InternalError,BACK_OFF,FAIL_UNKNOWN",
        "ANSWERED,502,Status502,BACK_OFF,FAIL_UNKNOWN",
        "ANSWERED,503,ServiceUnavailable,BACK_OFF,FAIL_UNKNOWN",
        "ANSWERED,503,SlowDown,THROTTLED,THROTTLED",
        "ANSWERED,429,TooManyRequests,THROTTLED,THROTTLED",
        "ANSWERED,409,OperationAborted,BACK_OFF,BACK_OFF",
        "ANSWERED,400,RequestTimeout,BACK_OFF,BACK_OFF",
        "ANSWERED,501,NotImplemented,FAIL,FAIL",
        "ANSWERED,404,NoSuchKey,FAIL,FAIL",
        "ANSWERED,403,AccessDenied,FAIL,FAIL",
        "ANSWERED,412,PreconditionFailed,FAIL,FAIL",
        "ANSWERED,304,NotModified,FAIL,FAIL"
    })
    void attempt_thatFailed_isJudgedByHowFarItCame(
            Failure.Stage stage, int status, String code, Verdict safe, Verdict unsafe) {
        Failure failure = new Failure(stage, status, code);

        assertThat(RetryRules.judge(failure, Repeat.SAFE, false)).isEqualTo(safe);
        assertThat(RetryRules.judge(failure, Repeat.IF_KNOWN_AGAIN, true)).isEqualTo(safe);
        assertThat(RetryRules.judge(failure, Repeat.IF_KNOWN_AGAIN, false)).isEqualTo(unsafe);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null,0",
                "'',0",
                "3,3000",
                " 12 ,12000",
                "-1,0",
                "9999999999,0",
                "soon,0",
                "'Thu, 01 Jan 1970 00:01:40 GMT',40000",
                "'Thu, 01 Jan 1970 00:00:10 GMT',0"
            })
    void retryAfter_inSecondsOrAsADate_isUnderstood(String header, long millis) {
        assertThat(RetryAfter.millis(header, 60_000)).isEqualTo(millis);
    }
}
