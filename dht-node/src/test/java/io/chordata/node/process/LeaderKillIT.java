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
import org.junit.jupiter.api.Test;

/**
 * kill -9 of a node under writes to keys whose partitions it leads: how long those pause, each asked for at another node.
 * {@code -Dchordata.leaderKills=N} sets how often (3).
 */
class LeaderKillIT {
    private static final int NODES = Integer.getInteger("chordata.nodes", 5);
    private static final int KILLS = Integer.getInteger("chordata.leaderKills", 3);
    private static final int KEYS = 120;
    private static final int WRITERS_MAX = 8;
    private static final String BUCKET = "leaders";
    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofSeconds(8);
    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    /** Ten times what is wanted: the figures say what it was. */
    private static final double MEDIAN_MILLIS_MAX = 3_000;

    @Test
    void writes_toPartitionsOfAKilledLeader_pauseForAMoment() throws Exception {
        List<Double> before = new ArrayList<>();
        List<Double> pauses = new ArrayList<>();
        try (ClusterProcesses cluster = ClusterProcesses.start(NODES)) {
            SignedHttp first = new SignedHttp(cluster.process(0));
            assertThat(first.makeBucket(BUCKET)).isEqualTo(200);
            for (int key = 0; key < KEYS; key++) {
                assertThat(first.put(BUCKET, "k" + key, new TestBody(100, key))).isEqualTo(200);
            }
            for (int kill = 0; kill < KILLS; kill++) {
                killALeader(cluster, kill, before, pauses);
            }
        }
        double median = at(pauses, 0.5);
        Figures.note(String.format(
                "kill -9 of a leader, %d times, %d nodes: writes to its partitions pause for %.0f ms at the median, %.0f at 90 %%,"
                        + " %.0f at most (%d keys; longest pauses before the kill %.0f ms at the median)",
                KILLS, NODES, median, at(pauses, 0.9), at(pauses, 1), pauses.size(), at(before, 0.5)));
        assertThat(median).isLessThan(MEDIAN_MILLIS_MAX);
    }

    private static void killALeader(ClusterProcesses cluster, int kill, List<Double> before, List<Double> pauses)
            throws InterruptedException {
        int victim = kill % NODES;
        List<String> keys = ledBy(cluster, victim);
        AtomicBoolean isOver = new AtomicBoolean();
        List<Writer> writers = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            int door = (victim + 1 + i % (NODES - 1)) % NODES;
            writers.add(new Writer(new SignedHttp(cluster.process(door)), keys.get(i), isOver::get));
        }
        List<Thread> threads = writers.stream().map(Thread::new).toList();
        threads.forEach(Thread::start);
        Await.pass(BEFORE);
        long killed = System.nanoTime();
        cluster.process(victim).kill();
        Await.pass(AFTER);
        isOver.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        for (Writer writer : writers) {
            before.add(writer.longestMillis(0, killed));
            pauses.add(writer.longestMillis(killed, Long.MAX_VALUE));
        }
        cluster.restart(victim);
        cluster.awaitReady(victim);
        cluster.awaitRedundant();
    }

    /** Some keys, of as many partitions, that this node leads. */
    private static List<String> ledBy(ClusterProcesses cluster, int node) {
        String id = cluster.id(node);
        Map<Integer, String> byPartition = new TreeMap<>();
        for (int key = 0; key < KEYS && byPartition.size() < WRITERS_MAX; key++) {
            String name = "k" + key;
            JsonObject place = new JsonObject(cluster.process(node)
                    .adminGet("/v1/objects/locate?bucket=" + BUCKET + "&key=" + UriEncoding.encode(name)));
            if (id.equals(place.getString("leader"))) {
                byPartition.putIfAbsent(place.getInteger("partition"), name);
            }
        }
        assertThat(byPartition).as("keys whose partitions node %s leads", node).isNotEmpty();
        return List.copyOf(byPartition.values());
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
            for (int i = 0; !isOver.getAsBoolean(); i++) {
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

        /** The longest time without success that ended after {@code from} and began before {@code to}. */
        double longestMillis(long from, long to) {
            long longest = 0;
            for (int i = 1; i < successes.size(); i++) {
                if (successes.get(i) > from && successes.get(i - 1) < to && successes.get(i) < to) {
                    longest = Math.max(longest, successes.get(i) - successes.get(i - 1));
                }
            }
            assertThat(successes).as("successes of %s", key).isNotEmpty();
            assertThat(to < Long.MAX_VALUE || successes.get(successes.size() - 1) > from)
                    .as("%s was never written again", key)
                    .isTrue();
            return longest / 1e6;
        }
    }
}
