package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.sigv4.UriEncoding;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** kill -9 of a node under writes to keys whose partitions it leads: how long those pause, each asked for at another node. */
final class LeaderKill {
    private static final int KEYS = 120;
    private static final int WRITERS_MAX = 8;
    private static final String BUCKET = "leaders";
    private static final Duration BEFORE = Duration.ofSeconds(1);
    private static final Duration AFTER = Duration.ofSeconds(3);
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private final ClusterProcesses cluster;
    private final List<Double> before = new ArrayList<>();
    private final List<Double> pauses = new ArrayList<>();

    LeaderKill(ClusterProcesses cluster) throws IOException {
        this.cluster = cluster;
        SignedHttp first = new SignedHttp(cluster.process(0));
        first.awaitBucket(BUCKET);
        for (int key = 0; key < KEYS; key++) {
            assertThat(first.put(BUCKET, "k" + key, new TestBody(100, key))).isEqualTo(200);
        }
    }

    /** The median of the pauses in milliseconds, after so many kills. */
    double medianMillis(int kills) {
        for (int kill = 0; kill < kills; kill++) {
            killALeader(kill % cluster.count());
        }
        Figures.note(String.format(
                "kill -9 of a leader, %d times, %d nodes: writes to its partitions pause for %.0f ms at the median, %.0f at 90 %%,"
                        + " %.0f at most (%d keys; longest pauses before the kill %.0f ms at the median)",
                kills,
                cluster.count(),
                at(pauses, 0.5),
                at(pauses, 0.9),
                at(pauses, 1),
                pauses.size(),
                at(before, 0.5)));
        return at(pauses, 0.5);
    }

    private void killALeader(int victim) {
        List<String> keys = ledBy(victim);
        AtomicBoolean isOver = new AtomicBoolean();
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            int door = (victim + 1 + i % (cluster.count() - 1)) % cluster.count();
            writers.add(new Writer(new SignedHttp(cluster.process(door)), keys.get(i), isOver::get));
        }
        List<Thread> threads = writers.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        Await.pass(BEFORE);
        long killed = System.nanoTime();
        cluster.process(victim).kill();
        Await.pass(AFTER);
        isOver.set(true);
        threads.forEach(LeaderKill::join);
        for (Writer writer : writers) {
            before.add(writer.longestMillis(0, killed));
            pauses.add(writer.longestMillis(killed, Long.MAX_VALUE));
        }
        cluster.restart(victim);
        cluster.awaitReady(victim);
        cluster.awaitRedundant();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Some keys, of as many partitions, that this node leads. */
    private List<String> ledBy(int node) {
        Map<Integer, String> byPartition = new TreeMap<>();
        for (int key = 0; key < KEYS && byPartition.size() < WRITERS_MAX; key++) {
            String name = "k" + key;
            JsonObject place = place(cluster, node, BUCKET, name);
            if (cluster.id(node).equals(place.getString("leader"))) {
                byPartition.putIfAbsent(place.getInteger("partition"), name);
            }
        }
        assertThat(byPartition).as("keys whose partitions node %s leads", node).isNotEmpty();
        return List.copyOf(byPartition.values());
    }

    /** Who keeps the key's record, as a node says. */
    static JsonObject place(ClusterProcesses cluster, int node, String bucket, String key) {
        return new JsonObject(cluster.process(node)
                .adminGet("/v1/objects/locate?bucket=" + bucket + "&key=" + UriEncoding.encode(key)));
    }

    private static double at(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
    }

    /** Writes one key again and again, and remembers when that succeeded. */
    private static final class Writer implements Runnable {
        private final SignedHttp http;
        private final String key;
        private final BooleanSupplier isOver;
        private final List<Long> successes = new ArrayList<>();

        Writer(SignedHttp http, String key, BooleanSupplier isOver) {
            this.http = http;
            this.key = key;
            this.isOver = isOver;
        }

        @Override
        public void run() {
            for (int i = 0; !isOver.getAsBoolean() || successes.isEmpty(); i++) {
                try {
                    int status = http.sendWithin(ATTEMPT, http.putRequest(BUCKET, key, "write " + i))
                            .statusCode();
                    if (status == 200) {
                        successes.add(System.nanoTime());
                    }
                } catch (IOException noAnswer) {
                    // the next one may have one
                }
            }
        }

        /** The longest time without success that ended after {@code from} and before {@code to}. */
        double longestMillis(long from, long to) {
            long longest = 0;
            for (int i = 1; i < successes.size(); i++) {
                if (successes.get(i) > from && successes.get(i) < to) {
                    longest = Math.max(longest, successes.get(i) - successes.get(i - 1));
                }
            }
            assertThat(to < Long.MAX_VALUE || successes.get(successes.size() - 1) > from)
                    .as("%s was never written again", key)
                    .isTrue();
            return longest / 1e6;
        }
    }
}
