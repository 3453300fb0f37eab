package io.chordata.node.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimSchedulerTest {
    private final SimScheduler scheduler = new SimScheduler(7);
    private final SimLoops loops = new SimLoops(scheduler, 2);
    private final Loop first = loops.ownerOf(new PartitionId(0));
    private final Loop second = loops.ownerOf(new PartitionId(1));
    private final List<String> seen = new ArrayList<>();

    @Test
    void events_of_different_times_run_in_order_of_time() {
        scheduler.after(20, () -> seen.add("late at " + scheduler.nowNanos()));
        scheduler.after(10, () -> seen.add("early at " + scheduler.nowNanos()));
        scheduler.runUntilIdle(10);
        assertThat(seen).containsExactly("early at 10", "late at 20");
    }

    @Test
    void loop_runs_its_tasks_in_the_order_asked() {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            first.execute(() -> order.add(number));
        }
        scheduler.runUntilIdle(1000);
        assertThat(order).hasSize(100).isSorted();
    }

    @Test
    void loop_is_current_only_during_its_own_task() {
        first.execute(() -> seen.add(first.isCurrent() + " " + second.isCurrent() + " " + (loops.current() == first)));
        scheduler.runUntilIdle(10);
        assertThat(seen).containsExactly("true false true");
        assertThat(first.isCurrent()).isFalse();
    }

    @Test
    void blocking_task_runs_off_the_loop_and_completes_on_it() {
        second.execute(() -> second.executeBlocking(() -> "off " + !second.isCurrent())
                .onSuccess(answer -> seen.add(answer + ", on " + second.isCurrent())));
        scheduler.runUntilIdle(10);
        assertThat(seen).containsExactly("off true, on true");
    }

    @Test
    void killed_process_runs_nothing_more() {
        first.execute(() -> seen.add("task"));
        first.executeBlocking(() -> seen.add("worker"));
        new SimTimers(scheduler, loops).once(5, () -> seen.add("timer"));
        loops.kill();
        scheduler.runUntilIdle(10);
        assertThat(seen).isEmpty();
    }

    @Test
    void timer_that_was_cancelled_does_not_fire() {
        SimTimers timers = new SimTimers(scheduler, loops);
        timers.once(5, () -> seen.add("kept"));
        timers.once(5, () -> seen.add("cancelled")).cancel();
        scheduler.runUntilIdle(10);
        assertThat(seen).containsExactly("kept");
    }

    @Test
    void clock_follows_simulated_time_and_jumps_when_told() {
        SimClock clock = new SimClock(scheduler);
        long wall = clock.wallMillis();
        scheduler.advance(3_000_000);
        clock.jump(-10);
        assertThat(clock.wallMillis() - wall).isEqualTo(-7);
        assertThat(clock.monotonicNanos()).isEqualTo(3_000_000);
    }

    @Test
    void same_seed_gives_the_same_trace_and_another_seed_another() {
        assertThat(trace(1)).isEqualTo(trace(1)).isNotEqualTo(trace(2));
    }

    private static long trace(long seed) {
        SimScheduler scheduler = new SimScheduler(seed);
        SimLoops loops = new SimLoops(scheduler, 3);
        for (int i = 0; i < 30; i++) {
            loops.ownerOf(new PartitionId(i))
                    .execute(() -> scheduler.trace(scheduler.random().nextLong()));
        }
        scheduler.runUntilIdle(1000);
        return scheduler.traceHash();
    }

    @Test
    void condition_that_never_holds_fails_and_names_the_seed() {
        assertThatThrownBy(() -> scheduler.runUntil(() -> false, 10))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed=7");
    }
}
