package io.chordata.node.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxLoopsTest {
    private static final int COUNT = 3;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(COUNT));
    private final VertxLoops loops = new VertxLoops(vertx, COUNT);

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
    }

    @Test
    void partitions_are_owned_by_loops_in_turn_each_on_its_own_thread() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < COUNT; p++) {
            assertThat(owner(p)).isSameAs(owner(p + COUNT));
            threads.add(on(owner(p), Thread::currentThread));
        }
        assertThat(threads).doesNotHaveDuplicates();
    }

    @Test
    void current_on_a_loop_is_that_loop() throws Exception {
        for (int p = 0; p < COUNT; p++) {
            assertThat(on(owner(p), loops::current)).isSameAs(owner(p));
        }
    }

    @Test
    void current_in_a_request_context_is_the_loop_of_its_thread() throws Exception {
        Loop found = on(owner(1), () -> {
            CompletableFuture<Loop> seen = new CompletableFuture<>();
            ContextInternal.current().duplicate().dispatch(() -> seen.complete(loops.current()));
            return seen.get(1, SECONDS);
        });
        assertThat(found).isSameAs(owner(1));
    }

    @Test
    void current_on_a_foreign_thread_is_one_of_the_loops() {
        assertThat(loops.current()).isIn(owner(0), owner(1), owner(2));
    }

    @Test
    void loop_is_current_on_its_own_thread_only() throws Exception {
        assertThat(on(owner(0), () -> owner(0).isCurrent())).isTrue();
        assertThat(on(owner(0), () -> owner(1).isCurrent())).isFalse();
        assertThat(owner(0).isCurrent()).isFalse();
    }

    @Test
    void tasks_run_in_the_order_asked() throws Exception {
        LinkedBlockingQueue<Integer> order = new LinkedBlockingQueue<>();
        for (int i = 0; i < 1000; i++) {
            int number = i;
            owner(2).execute(() -> order.add(number));
        }
        on(owner(2), () -> 0);
        assertThat(List.copyOf(order)).hasSize(1000).isSorted();
    }

    @Test
    void blocking_tasks_run_side_by_side_off_the_loop_and_complete_on_it() throws Exception {
        CountDownLatch bothRun = new CountDownLatch(2);
        CompletableFuture<String> seen = new CompletableFuture<>();
        Callable<Boolean> meet = () -> {
            bothRun.countDown();
            return bothRun.await(10, SECONDS) && !owner(0).isCurrent();
        };
        owner(0).execute(() -> owner(0).executeBlocking(meet)
                .compose(met -> owner(0).executeBlocking(() -> met))
                .onComplete(met -> seen.complete(met.result() + " " + owner(0).isCurrent())));
        owner(0).execute(() -> owner(0).executeBlocking(meet));
        assertThat(seen.get(20, SECONDS)).isEqualTo("true true");
    }

    @Test
    void timer_fires_on_the_loop_that_asked_and_not_when_cancelled() throws Exception {
        VertxTimers timers = new VertxTimers(vertx, loops);
        LinkedBlockingQueue<String> seen = new LinkedBlockingQueue<>();
        owner(1).execute(() -> {
            timers.once(1, () -> seen.add("cancelled")).cancel();
            timers.once(20, () -> seen.add("kept " + owner(1).isCurrent()));
        });
        assertThat(seen.poll(10, SECONDS)).isEqualTo("kept true");
    }

    @Test
    void random_source_stays_within_its_bound_and_does_not_repeat() {
        SecureRandomSource random = new SecureRandomSource();
        List<Long> drawn = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            assertThat(random.nextInt(10)).isBetween(0, 9);
            drawn.add(random.nextLong());
        }
        assertThat(drawn).doesNotHaveDuplicates();
    }

    private Loop owner(int partition) {
        return loops.ownerOf(new PartitionId(partition));
    }

    private static <T> T on(Loop loop, Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(10, SECONDS);
    }
}
