package io.chordata.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightTest {
    private final InFlight inFlight = new InFlight(2);
    private final List<String> told = new ArrayList<>();

    private void add(Promise<String> work) {
        inFlight.add(work.future(), outcome -> told.add(outcome.succeeded() ? outcome.result() : "failed"));
    }

    @Test
    void outcome_ofAnotherThread_isToldByTheOneThatAdds() {
        Promise<String> work = Promise.promise();
        List<Thread> tellers = new ArrayList<>();
        inFlight.add(work.future(), outcome -> tellers.add(Thread.currentThread()));
        assertThat(tellers).isEmpty();
        CompletableFuture.runAsync(() -> work.complete("done")).join();
        assertThat(tellers).as("before anybody asks").isEmpty();
        inFlight.awaitAll();
        assertThat(tellers).containsExactly(Thread.currentThread());
    }

    @Test
    void work_upToTheMost_isWaitedForByTheNextToBegin() {
        Promise<String> first = Promise.promise();
        Promise<String> second = Promise.promise();
        add(first);
        Thread worker = new Thread(() -> second.fail("refused"));
        CompletableFuture<Void> full = CompletableFuture.runAsync(() -> {
            add(second);
            told.add("room again");
        });
        worker.start();
        full.join();
        assertThat(told).containsExactly("failed", "room again");
        first.complete("first");
        inFlight.awaitAll();
        assertThat(told).containsExactly("failed", "room again", "first");
    }

    @Test
    void teller_thatIsHeldUp_holdsUpNobodyWhoCompletesWork() {
        List<Promise<String>> works =
                IntStream.range(0, 2).mapToObj(i -> Promise.<String>promise()).toList();
        CountDownLatch printing = new CountDownLatch(1);
        CountDownLatch printed = new CountDownLatch(1);
        CompletableFuture<Void> command = CompletableFuture.runAsync(() -> {
            inFlight.add(works.get(0).future(), outcome -> {
                printing.countDown();
                await(printed);
            });
            add(works.get(1));
            inFlight.awaitAll();
        });
        works.get(0).complete("first");
        await(printing);
        works.get(1).complete("second");
        assertThat(told).as("while the first is being printed").isEmpty();
        printed.countDown();
        command.join();
        assertThat(told).containsExactly("second");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
