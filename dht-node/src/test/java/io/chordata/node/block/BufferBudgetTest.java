package io.chordata.node.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Loop;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimScheduler;
import io.vertx.core.Future;
import org.junit.jupiter.api.Test;

class BufferBudgetTest {
    private final SimScheduler scheduler = new SimScheduler(3);
    private final Loop loop = new SimLoops(scheduler, 1).current();
    private final BufferBudget budget = new BufferBudget(10);

    @Test
    void waiters_ofAnySize_areServedInTheOrderOfAsking() {
        assertThat(budget.acquire(8, loop).isComplete()).isTrue();
        Future<Void> large = budget.acquire(9, loop);
        Future<Void> small = budget.acquire(1, loop);
        assertThat(budget.tryAcquire(1)).isFalse();
        scheduler.runUntilIdle(10);
        assertThat(small.isComplete()).isFalse();

        budget.release(8);
        scheduler.runUntilIdle(10);
        assertThat(large.succeeded()).isTrue();
        assertThat(small.succeeded()).isTrue();
        assertThat(budget.freeBytes()).isZero();
    }

    @Test
    void release_thatIsTooSmallForTheFirst_servesNobody() {
        assertThat(budget.tryAcquire(10)).isTrue();
        Future<Void> large = budget.acquire(5, loop);
        Future<Void> small = budget.acquire(1, loop);
        budget.release(4);
        scheduler.runUntilIdle(10);
        assertThat(large.isComplete()).isFalse();
        assertThat(small.isComplete()).isFalse();
    }

    @Test
    void waiter_thatWithdraws_getsNothingAndLetsOthersPass() {
        assertThat(budget.tryAcquire(8)).isTrue();
        Future<Void> large = budget.acquire(5, loop);
        Future<Void> small = budget.acquire(1, loop);
        assertThat(budget.withdraw(large)).isTrue();
        scheduler.runUntilIdle(10);
        assertThat(large.isComplete()).isFalse();
        assertThat(small.succeeded()).isTrue();
        assertThat(budget.waiting()).isZero();
    }

    @Test
    void waiter_thatWithdrawsWhenItsTurnHasCome_getsItAllTheSame() {
        assertThat(budget.tryAcquire(10)).isTrue();
        Future<Void> waiter = budget.acquire(5, loop);
        budget.release(10);
        assertThat(budget.withdraw(waiter)).isFalse();
        scheduler.runUntilIdle(10);
        assertThat(waiter.succeeded()).isTrue();
        assertThat(budget.freeBytes()).isEqualTo(5);
    }
}
