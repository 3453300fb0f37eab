package io.chordata.node.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FutureLoopTest {
    private static final int MANY = 1_000_000;

    private int steps;
    private Promise<Boolean> pending = Promise.promise();

    @Test
    void until_manyStepsThatAreDoneAtOnce_ends() {
        Future<Void> loop = FutureLoop.until(() -> Future.succeededFuture(++steps < MANY));
        assertThat(loop.succeeded()).isTrue();
        assertThat(steps).isEqualTo(MANY);
    }

    @Test
    void until_stepsThatTakeTheirTime_goesOnWhenEachIsDone() {
        Future<Void> loop = FutureLoop.until(this::slowStep);
        for (int i = 1; i < 100_000; i++) {
            assertThat(steps).isEqualTo(i);
            pending.complete(true);
        }
        assertThat(loop.isComplete()).isFalse();
        pending.complete(false);
        assertThat(loop.succeeded()).isTrue();
        assertThat(steps).isEqualTo(100_000);
    }

    private Future<Boolean> slowStep() {
        steps++;
        pending = Promise.promise();
        return pending.future();
    }

    @Test
    void until_aStepThatThrows_failsWithWhatItThrew() {
        IllegalStateException broken = new IllegalStateException("broken");
        Future<Void> loop = FutureLoop.until(() -> {
            throw broken;
        });
        assertThat(loop.cause()).isSameAs(broken);
    }

    @Test
    void each_anItemThatFails_isTheLast() {
        List<Integer> seen = new ArrayList<>();
        Future<Void> loop = FutureLoop.each(IntStream.range(0, 10).boxed().toList(), item -> {
            seen.add(item);
            return item == 3 ? Future.failedFuture("three") : Future.succeededFuture();
        });
        assertThat(loop.cause()).hasMessage("three");
        assertThat(seen).containsExactly(0, 1, 2, 3);
    }
}
