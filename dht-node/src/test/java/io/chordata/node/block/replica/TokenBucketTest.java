package io.chordata.node.block.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long PIECE = 250;

    private final SimScheduler scheduler = new SimScheduler(20261127);
    private final TokenBucket bucket =
            new TokenBucket(new SimClock(scheduler), new SimTimers(scheduler, new SimLoops(scheduler, 1)), 4 * PIECE);
    private int passed;

    private void take(int pieces) {
        for (int i = 0; i < pieces; i++) {
            bucket.take(PIECE).onSuccess(done -> passed++);
        }
    }

    @Test
    void bytes_thatAreTooMany_waitForTheirTurn() {
        take(4);
        assertThat(passed).isEqualTo(1);
        scheduler.advanceMillis(510);
        assertThat(passed).isEqualTo(3);
        scheduler.advanceMillis(250);
        assertThat(passed).isEqualTo(4);
    }

    @Test
    void bytes_givenBack_areThereForTheNext() {
        take(4);
        scheduler.advanceMillis(800);
        bucket.giveBack(4 * PIECE - 40);
        take(1);
        scheduler.advanceMillis(1);
        assertThat(passed).isEqualTo(5);
    }

    @Test
    void bytes_neverTaken_areNotSavedUp() {
        bucket.giveBack(100 * PIECE);
        scheduler.advanceMillis(60_000);
        take(4);
        scheduler.advanceMillis(1);
        assertThat(passed).isEqualTo(1);
    }
}
