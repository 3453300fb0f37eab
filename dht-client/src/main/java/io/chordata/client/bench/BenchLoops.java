package io.chordata.client.bench;

import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The event loops of a bench, each a thread of its own, and the processor time that they take. */
final class BenchLoops {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Loop> loops;

    private record Loop(Context context, long thread) {}

    /**
     * Processor time so far.
     *
     * @param processNanos of all threads, the JVM's own among them
     * @param loopNanos of each loop
     */
    record Used(long processNanos, List<Long> loopNanos) {}

    private BenchLoops(List<Loop> loops) {
        this.loops = loops;
    }

    /** As Vert.x gives them to verticles. */
    static BenchLoops start(Vertx vertx, int count) {
        List<Loop> loops = new CopyOnWriteArrayList<>();
        vertx.deployVerticle(
                        () -> new VerticleBase() {
                            @Override
                            public Future<?> start() {
                                loops.add(
                                        new Loop(context, Thread.currentThread().getId()));
                                return Future.succeededFuture();
                            }
                        },
                        new DeploymentOptions().setInstances(count))
                .await();
        return new BenchLoops(loops);
    }

    /** In turn. */
    Context context(int number) {
        return loops.get(number % loops.size()).context();
    }

    Used used() {
        long process = ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
        return new Used(
                process,
                loops.stream()
                        .map(loop -> THREADS.getThreadCpuTime(loop.thread()))
                        .toList());
    }
}
