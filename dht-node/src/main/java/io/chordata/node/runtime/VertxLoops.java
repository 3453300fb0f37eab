package io.chordata.node.runtime;

import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The event loops of a Vert.x instance. A loop is a Netty event loop, that is one thread, rather than one of the many
 * contexts (one per verticle, one per request) that share it: whoever runs on the thread owns what the loop owns. What a request
 * has done on another loop, and what comes back, stays known as that request's ({@link VertxCorrelation}).
 */
public final class VertxLoops implements Loops {
    private final VertxLoop[] loops;
    private final Map<EventLoop, VertxLoop> byEventLoop;
    private final AtomicInteger nextForForeignThread = new AtomicInteger();

    /**
     * @param count how many loops own partitions; the number of event loops the instance was made with, so that each
     *     thread is a loop of its own
     */
    public VertxLoops(Vertx vertx, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one loop is needed, got " + count);
        }
        VertxInternal internal = (VertxInternal) vertx;
        loops = IntStream.range(0, count)
                .mapToObj(i -> new VertxLoop(internal.createEventLoopContext()))
                .toArray(VertxLoop[]::new);
        byEventLoop = byEventLoop(loops);
    }

    private static Map<EventLoop, VertxLoop> byEventLoop(VertxLoop[] loops) {
        Map<EventLoop, VertxLoop> byEventLoop = new IdentityHashMap<>();
        for (VertxLoop loop : loops) {
            byEventLoop.putIfAbsent(loop.context.nettyEventLoop(), loop);
        }
        return Collections.unmodifiableMap(byEventLoop);
    }

    @Override
    public Loop current() {
        ContextInternal context = ContextInternal.current();
        if (context == null) {
            return loops[Math.floorMod(nextForForeignThread.getAndIncrement(), loops.length)];
        }
        if (VertxCorrelation.isCarrying(context)) {
            return new VertxLoop(context);
        }
        VertxLoop known = byEventLoop.get(context.nettyEventLoop());
        return known != null ? known : new VertxLoop(context.unwrap());
    }

    @Override
    public Loop ownerOf(PartitionId partition) {
        return loops[partition.number() % loops.length];
    }

    private static final class VertxLoop implements Loop {
        private final ContextInternal context;

        VertxLoop(ContextInternal context) {
            this.context = context;
        }

        @Override
        public void execute(Runnable task) {
            VertxCorrelation.along(context).runOnContext(ignored -> task.run());
        }

        @Override
        public <T> Future<T> executeBlocking(Callable<T> task) {
            return VertxCorrelation.along(context).executeBlocking(task, false);
        }

        @Override
        public boolean isCurrent() {
            return context.nettyEventLoop().inEventLoop();
        }
    }
}
