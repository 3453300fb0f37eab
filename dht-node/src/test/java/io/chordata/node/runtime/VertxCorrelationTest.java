package io.chordata.node.runtime;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Correlation;
import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.PartitionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VertxCorrelationTest {
    private static final int COUNT = 2;
    private static final long REQUEST = 0xabcL;
    private static final long OTHER = 0xdefL;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(COUNT));
    private final VertxLoops loops = new VertxLoops(vertx, COUNT);
    private final VertxCorrelation correlation = new VertxCorrelation();
    private final Loop first = loops.ownerOf(new PartitionId(0));
    private final Loop second = loops.ownerOf(new PartitionId(1));

    @AfterEach
    void close() throws Exception {
        vertx.close().await(10, SECONDS);
    }

    /** On the first loop, on a context of its own, as requests of clients have one. */
    private <T> T asRequest(long request, Supplier<Future<T>> task) throws Exception {
        Promise<T> result = Promise.promise();
        first.execute(() -> ContextInternal.current().duplicate().dispatch(() -> {
            correlation.begin(request);
            task.get().onComplete(result);
        }));
        return result.future().await(10, SECONDS);
    }

    private Future<Long> current() {
        return Future.succeededFuture(correlation.current());
    }

    @Test
    void request_onAnotherLoopAndBack_isKnown() throws Exception {
        long there = asRequest(REQUEST, () -> LoopCalls.call(loops, second, this::current));
        long back = asRequest(
                REQUEST, () -> LoopCalls.call(loops, second, this::current).compose(seen -> current()));

        assertThat(there).isEqualTo(REQUEST);
        assertThat(back).isEqualTo(REQUEST);
    }

    @Test
    void request_afterATimerAndAfterATaskThatBlocks_isKnown() throws Exception {
        VertxTimers timers = new VertxTimers(vertx, loops);
        long afterTimer = asRequest(REQUEST, () -> {
            Promise<Long> fired = Promise.promise();
            timers.once(1, () -> fired.complete(correlation.current()));
            return fired.future();
        });
        long afterTask = asRequest(
                REQUEST, () -> loops.current().executeBlocking(() -> 0).compose(done -> current()));

        assertThat(afterTimer).isEqualTo(REQUEST);
        assertThat(afterTask).isEqualTo(REQUEST);
    }

    /** As where one flush of a disk ends several waits. */
    @Test
    void request_whoseWaitAnotherOneEnds_isStillItself() throws Exception {
        Promise<Void> ended = Promise.promise();
        Promise<Long> seen = Promise.promise();
        asRequest(REQUEST, () -> {
            Loop own = loops.current();
            ended.future().onComplete(done -> own.execute(() -> seen.complete(correlation.current())));
            return current();
        });
        asRequest(OTHER, () -> {
            ended.complete();
            return current();
        });

        assertThat(seen.future().await(10, SECONDS)).isEqualTo(REQUEST);
    }

    @Test
    void workWithoutARequest_besideOne_isNobodys() throws Exception {
        asRequest(REQUEST, this::current);
        Promise<Long> seen = Promise.promise();
        first.execute(() -> seen.complete(correlation.current()));

        assertThat(seen.future().await(10, SECONDS)).isEqualTo(Correlation.NONE);
        assertThat(correlation.current()).isEqualTo(Correlation.NONE);
    }

    @Test
    void call_withinAnotherRequestOrNone_isForThatAlone() throws Exception {
        long within = asRequest(REQUEST, () -> correlation.within(OTHER, this::current));
        long nobodys = asRequest(REQUEST, () -> correlation.within(Correlation.NONE, this::current));
        long after = asRequest(REQUEST, () -> {
            correlation.within(OTHER, this::current);
            return current();
        });

        assertThat(within).isEqualTo(OTHER);
        assertThat(nobodys).isEqualTo(Correlation.NONE);
        assertThat(after).isEqualTo(REQUEST);
    }

    /** What shares a context with others cannot be told apart from them. */
    @Test
    void request_begunOnALoopsOwnContext_leavesNoTrace() throws Exception {
        Promise<Long> seen = Promise.promise();
        first.execute(() -> {
            correlation.begin(REQUEST);
            seen.complete(correlation.current());
        });

        assertThat(seen.future().await(10, SECONDS)).isEqualTo(Correlation.NONE);
    }

    @Test
    void text_ofAnId_isSixteenUpperCaseHexDigits() {
        assertThat(Correlation.text(REQUEST)).isEqualTo("0000000000000ABC");
        assertThat(Correlation.text(-1)).isEqualTo("FFFFFFFFFFFFFFFF");
    }
}
