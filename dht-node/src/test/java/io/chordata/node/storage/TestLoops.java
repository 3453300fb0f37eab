package io.chordata.node.storage;

import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.runtime.VertxLoops;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two real event loops, for the time of a test. */
final class TestLoops implements Loops, AutoCloseable {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    private final Loops loops = new VertxLoops(vertx, 2);

    @Override
    public Loop current() {
        return loops.current();
    }

    @Override
    public Loop ownerOf(PartitionId partition) {
        return loops.ownerOf(partition);
    }

    /** For the test's own thread. */
    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not settled within 30 s", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
