package io.chordata.node.process;

import io.chordata.client.routing.RoutingPolicy;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Several {@link ClientCaller}s, each on a thread of its own, that get and put until they are told to stop. */
final class ClientCallers implements AutoCloseable {
    /** Each, before they count as begun. */
    private static final int CALLS_AT_FIRST = 100;

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final List<ClientCaller> callers;
    private final List<Thread> threads;
    private volatile boolean isRunning = true;

    private ClientCallers(List<ClientCaller> callers) {
        this.callers = callers;
        this.threads = callers.stream().map(this::thread).toList();
    }

    /** @param name begins the names of their objects */
    static ClientCallers start(int count, Vertx vertx, ClusterProcesses cluster, String bucket, String name) {
        ClientCallers begun = new ClientCallers(IntStream.range(0, count)
                .mapToObj(number -> new ClientCaller(
                        vertx,
                        cluster,
                        RoutingPolicy.tokenAware(RoutingPolicy.roundRobin()),
                        bucket,
                        name + "-" + number))
                .toList());
        begun.threads.forEach(Thread::start);
        begun.awaitCalls(CALLS_AT_FIRST);
        return begun;
    }

    private Thread thread(ClientCaller caller) {
        return new Thread(() -> {
            caller.putAll();
            caller.getAndPutWhile(() -> isRunning);
        });
    }

    /** Waits until each of them has made so many calls more. */
    void awaitCalls(int more) {
        long[] goals =
                callers.stream().mapToLong(caller -> caller.calls() + more).toArray();
        Await.until(
                more + " calls more of each of " + goals.length,
                DEADLINE,
                () -> IntStream.range(0, goals.length)
                        .allMatch(number -> callers.get(number).calls() >= goals[number]));
    }

    /** Returns when no call is under way. What they saw may be asked from then on. */
    void stop() {
        isRunning = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    List<ClientCaller> all() {
        return callers;
    }

    List<String> failures() {
        return told(caller -> caller.failures().stream());
    }

    List<String> slow() {
        return told(caller -> caller.slow().stream());
    }

    private List<String> told(Function<ClientCaller, Stream<String>> what) {
        return callers.stream().flatMap(what).toList();
    }

    long max(ToLongFunction<ClientCaller> figure) {
        return callers.stream().mapToLong(figure).max().orElse(0);
    }

    @Override
    public void close() {
        stop();
        callers.forEach(ClientCaller::close);
    }
}
