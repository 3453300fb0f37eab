package io.chordata.node.process;

import io.chordata.client.BlockingChordataClient;
import io.chordata.client.ChordataClient;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.model.GetObjectRequest;
import io.chordata.client.routing.RoutingPolicy;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * An application that uses the client library, one call after the other, on small objects of its own. Its client has one
 * connection to each node, so no connection has more slow calls than the caller. Reads must give what was put last. Belongs
 * to one thread; {@link #calls} may be asked by any.
 */
final class ClientCaller implements AutoCloseable {
    static final int BODY_BYTES = 4 << 10;
    private static final int KEYS = 64;
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String bucket;
    private final String name;
    private final BlockingChordataClient client;
    private final long[] versions = new long[KEYS];
    private final List<String> slow = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private long slowestNanos;
    private int turn;

    ClientCaller(Vertx vertx, ClusterProcesses cluster, RoutingPolicy policy, String bucket, String name) {
        this.bucket = bucket;
        this.name = name;
        this.client = ChordataClient.builder()
                .endpoint(cluster.running().stream()
                        .map(number -> cluster.process(number).endpoint().toString())
                        .toArray(String[]::new))
                .credentials(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY)
                .vertx(vertx)
                .policy(policy)
                .connections(1)
                .build()
                .blocking();
    }

    /** Puts each of its objects once. */
    void putAll() {
        for (int number = 0; number < KEYS; number++) {
            put(number);
        }
    }

    void getAndPut(int times) {
        for (int time = 0; time < times; time++) {
            getAndPut();
        }
    }

    void getAndPutWhile(BooleanSupplier goesOn) {
        while (goesOn.getAsBoolean()) {
            getAndPut();
        }
    }

    private void getAndPut() {
        int number = turn++ % KEYS;
        get(number);
        put(number);
    }

    /** Nanoseconds of each. */
    long[] getMany(int times) {
        long[] nanos = new long[times];
        for (int time = 0; time < times; time++) {
            nanos[time] = get(time % KEYS);
        }
        return nanos;
    }

    private long get(int number) {
        GetObjectRequest request = GetObjectRequest.of(bucket, key(number));
        return timed("get of " + key(number), () -> {
            byte[] found = client.getObjectBytes(request, BODY_BYTES);
            if (!Arrays.equals(found, body(number, versions[number]))) {
                failures.add("get of " + key(number) + " gave other bytes than were put");
            }
        });
    }

    private void put(int number) {
        long next = versions[number] + 1;
        timed("put of " + key(number), () -> {
            client.putObject(bucket, key(number), Content.of(body(number, next)));
            versions[number] = next;
        });
    }

    private long timed(String what, Runnable call) {
        long begun = System.nanoTime();
        try {
            call.run();
        } catch (ChordataException e) {
            failures.add(what + ": " + e.getMessage());
        }
        long nanos = System.nanoTime() - begun;
        slowestNanos = Math.max(slowestNanos, nanos);
        if (nanos >= SLOW_NANOS) {
            slow.add(what + " took " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
        }
        calls.incrementAndGet();
        return nanos;
    }

    private String key(int number) {
        return name + "/" + number;
    }

    private byte[] body(int number, long version) {
        return new TestBody(BODY_BYTES, version * KEYS + number).bytes();
    }

    long calls() {
        return calls.get();
    }

    /** Calls that took a second or more. */
    List<String> slow() {
        return slow;
    }

    /** Calls that failed, and wrong answers. */
    List<String> failures() {
        return failures;
    }

    long slowestNanos() {
        return slowestNanos;
    }

    @Override
    public void close() {
        client.close();
    }
}
