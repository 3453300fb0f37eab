package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Peers.Service;
import io.chordata.node.process.Figures;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Figures of two nodes in two Vert.x instances of this process; asserts no more than that it works under load. */
class RpcSpeedTest {
    private static final int SECONDS = Integer.getInteger("chordata.speed.seconds", 1);
    private static final Buffer SMALL = Buffer.buffer(new byte[100]);
    private static final Buffer LARGE = Buffer.buffer(new byte[1 << 20]);
    private static final int BURST = 500;

    private static final long PATIENCE_MILLIS = 30_000;

    private final Vertx here = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Vertx there = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = here.getOrCreateContext();
    private final TestNode asker = new TestNode(here, 1);
    private final TestNode answerer = new TestNode(there, 2);
    private final Recorder recorder = Recorder.echo();

    @BeforeEach
    void start() {
        asker.start();
        answerer.start();
        answerer.peers.serve(Service.RING, recorder);
    }

    @AfterEach
    void stop() {
        asker.close();
        answerer.close();
        TestNode.await(here.close());
        TestNode.await(there.close());
    }

    /** Each burst is closed by a call, whose answer says that it arrived; some bursts are under way at once. */
    @Test
    void messages_sentInBursts_arrive() {
        run(SMALL, true, 4);
        int before = recorder.taken.get();
        run(SMALL, true, 4);

        int perSecond = (recorder.taken.get() - before) / SECONDS;
        Figures.note("rpc: " + perSecond + " messages of 100 bytes per second on one connection");
        assertThat(perSecond).isGreaterThan(BURST);
    }

    @Test
    void calls_oneAfterTheOther_areFast() {
        run(SMALL, false, 1);
        List<Long> nanos = run(SMALL, false, 1);

        Figures.note("rpc: ping-pong of 100 bytes p50 " + micros(nanos, 0.5) + " us, p99 " + micros(nanos, 0.99)
                + " us, " + nanos.size() / SECONDS + " per second");
        assertThat(nanos).isNotEmpty();
    }

    @Test
    void calls_smallAndManyAtOnce_areAnswered() {
        run(SMALL, false, 64);
        List<Long> nanos = run(SMALL, false, 64);

        Figures.note("rpc: " + nanos.size() / SECONDS + " calls of 100 bytes per second, 64 at once, p99 "
                + micros(nanos, 0.99) + " us");
        assertThat(nanos).isNotEmpty();
    }

    @Test
    void calls_ofOneMebibyteBothWays_areAnswered() {
        run(LARGE, false, 2);
        List<Long> nanos = run(LARGE, false, 2);

        Figures.note("rpc: " + nanos.size() / SECONDS + " calls of 1 MiB and its echo per second, p99 "
                + micros(nanos, 0.99) + " us");
        assertThat(nanos).isNotEmpty();
    }

    private static long micros(List<Long> nanos, double quantile) {
        Collections.sort(nanos);
        return TimeUnit.NANOSECONDS.toMicros(nanos.get((int) (quantile * (nanos.size() - 1))));
    }

    /** How long each call took; {@code bursts}: messages go before each. */
    private List<Long> run(Buffer request, boolean bursts, int atOnce) {
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        List<Future<Void>> lanes = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) {
            Promise<Void> done = Promise.promise();
            loop.runOnContext(ignored -> callAgain(request, bursts, end, nanos, done));
            lanes.add(done.future());
        }
        TestNode.await(Future.all(lanes));
        return nanos;
    }

    private void callAgain(Buffer request, boolean bursts, long endNanos, List<Long> nanos, Promise<Void> done) {
        long began = System.nanoTime();
        asker.peers
                .call(answerer.peer(), Service.RING, request, PATIENCE_MILLIS)
                .onComplete(answer -> {
                    if (answer.failed()) {
                        done.fail(answer.cause());
                        return;
                    }
                    nanos.add(System.nanoTime() - began);
                    if (System.nanoTime() < endNanos) {
                        callAgain(request, bursts, endNanos, nanos, done);
                    } else {
                        done.complete();
                    }
                });
    }
}
