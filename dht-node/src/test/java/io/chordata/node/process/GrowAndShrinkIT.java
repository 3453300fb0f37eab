package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.history.Condition;
import io.chordata.node.history.Outcome;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes become more and three again under load, with data in them: no request fails for good, what moves is the share that
 * must, and a drained node holds nothing. {@code -Dchordata.grownNodes=N} (4) says how many they become, {@code
 * -Dchordata.storedMebibytes=N} (32) and {@code -Dchordata.storedObjects=N} (500) how much is stored before, in blocks and in
 * records.
 */
class GrowAndShrinkIT {
    private static final long SEED = Long.getLong("chordata.seed", System.nanoTime());
    private static final int BLOCK_MEBIBYTES = 4;
    private static final int LARGE = Integer.getInteger("chordata.storedMebibytes", 32) / BLOCK_MEBIBYTES;
    private static final int SMALL = Integer.getInteger("chordata.storedObjects", 500);
    private static final int WRITERS = 8;
    private static final int ATTEMPTS = 20;
    private static final int FEW = 3;
    private static final int MANY = Integer.getInteger("chordata.grownNodes", 4);
    private static final int ANSWERS_BETWEEN = 200;
    private static final Duration DEADLINE = Duration.ofSeconds(240 + 2L * LARGE + SMALL / 10);
    /** Of the tables of the block store's index, that which is not about blocks. */
    private static final char SEGMENT_ROWS = 2;

    private static final long MEBIBYTE = 1 << 20;

    private final AtomicInteger next = new AtomicInteger();

    @Test
    void nodes_addedAndDrainedUnderLoad_failNoRequestAndLoseNothing(@TempDir Path folder) throws Exception {
        try (ClusterTrial trial = ClusterTrial.start(folder, ClusterProcesses.start(FEW), SEED)) {
            store(trial);
            trial.run(FEW + " to " + MANY + " nodes, " + stored(), () -> grow(trial));
            assertThat(trial.load().counts().failedRequests())
                    .as(trial.load().counts().toString())
                    .isZero();
            trial.run(MANY + " to " + FEW + " nodes, " + stored(), () -> shrink(trial));
            assertThat(trial.load().counts().failedRequests())
                    .as(trial.load().counts().toString())
                    .isZero();
        }
    }

    private static String stored() {
        return LARGE * BLOCK_MEBIBYTES + " MiB in blocks and " + SMALL + " small objects stored";
    }

    private void store(ClusterTrial trial) throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            S3Door door = trial.load().doors().get(i % FEW);
            writers.add(new Thread(() -> store(trial.books(), door), "store-" + i));
        }
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(trial.books().acknowledgements()).isGreaterThanOrEqualTo(LARGE + SMALL);
    }

    private void store(Books books, S3Door door) {
        for (int i = next.getAndIncrement(); i < LARGE + SMALL; i = next.getAndIncrement()) {
            Outcome outcome = Outcome.UNKNOWN;
            for (int attempt = 0; attempt < ATTEMPTS && !outcome.equals(Outcome.DONE); attempt++) {
                TestBody body = new TestBody(
                        i < LARGE ? BLOCK_MEBIBYTES << 20 : 1_000 + i % 4_000, -1L - (long) i * ATTEMPTS - attempt);
                Books.Attempt put = books.put("store", "stored/" + i, S3Door.version(body), Condition.NONE);
                outcome = door.put("stored/" + i, body, Condition.NONE);
                put.end(outcome);
            }
        }
    }

    // more nodes

    private static void grow(ClusterTrial trial) {
        noteBalance(trial.cluster());
        for (int node = FEW; node < MANY; node++) {
            join(trial);
        }
        trial.load().awaitAnswers(ANSWERS_BETWEEN);
    }

    /** A newcomer's share of what there is, in one copy: of all nodes' copies as much as of the nodes. */
    private static void join(ClusterTrial trial) {
        ClusterProcesses cluster = trial.cluster();
        long begin = System.nanoTime();
        long movedBefore = moved(cluster);
        int number = cluster.add();
        trial.load().add(cluster.process(number));
        cluster.awaitRedundant();
        Await.until("all partitions where they should be", DEADLINE, () -> isPlaced(cluster));
        long moved = moved(cluster) - movedBefore;
        double share = (double) live(cluster) / cluster.running().size();
        Figures.note(String.format(
                "node %d joined: every partition where it should be after %.1f s; moved %d MiB of blocks, %.2f times the"
                        + " fair share of %.0f MiB",
                number + 1, RingNodes.secondsSince(begin), moved / MEBIBYTE, moved / share, share / MEBIBYTE));
        noteBalance(cluster);
    }

    private static void noteBalance(ClusterProcesses cluster) {
        List<Long> live = cluster.running().stream()
                .map(node -> NodeMetrics.of(cluster.process(node)).value("chordata_blocks_live_bytes"))
                .map(Double::longValue)
                .toList();
        double mean = live.stream().mapToLong(Long::longValue).average().orElse(1);
        double max = live.stream().mapToLong(Long::longValue).max().orElse(0);
        Figures.note(String.format(
                "%d nodes hold %s MiB in blocks: max/mean %.3f",
                live.size(), live.stream().map(bytes -> bytes / MEBIBYTE).toList(), max / mean));
    }

    private static long live(ClusterProcesses cluster) {
        return sum(cluster, "chordata_blocks_live_bytes");
    }

    private static long moved(ClusterProcesses cluster) {
        return sum(cluster, "chordata_partitions_moved_bytes_total{content=\"blocks\"}");
    }

    private static long sum(ClusterProcesses cluster, String metric) {
        return cluster.running().stream()
                .mapToLong(node -> (long) NodeMetrics.of(cluster.process(node)).value(metric))
                .sum();
    }

    private static boolean isPlaced(ClusterProcesses cluster) {
        return cluster.partitions(0).stream()
                .allMatch(partition -> partition.getJsonArray("learners").isEmpty()
                        && Set.copyOf(partition.getJsonArray("desired").getList())
                                .equals(Set.copyOf(
                                        partition.getJsonArray("voters").getList())));
    }

    // fewer nodes

    private static void shrink(ClusterTrial trial) throws IOException {
        for (int node = MANY - 1; node >= FEW; node--) {
            drain(trial, node);
        }
        noteBalance(trial.cluster());
    }

    private static void drain(ClusterTrial trial, int node) throws IOException {
        ClusterProcesses cluster = trial.cluster();
        long begin = System.nanoTime();
        long movedBefore = moved(cluster);
        double held = NodeMetrics.of(cluster.process(node)).value("chordata_blocks_live_bytes");
        String id = cluster.id(node);
        assertThat(AdminPost.send(cluster.process(0), "/v1/nodes/" + id + "/drain")
                        .statusCode())
                .isEqualTo(200);
        Await.until(
                "node " + node + " drained" + cluster.logs(),
                DEADLINE,
                () -> "drained".equals(cluster.node(0, id).getString("state")));
        long moved = moved(cluster) - movedBefore;
        Figures.note(String.format(
                "node %d drained after %.1f s: moved %d MiB of blocks, %.2f times what it held",
                node + 1, RingNodes.secondsSince(begin), moved / MEBIBYTE, moved / held));
        trial.load().remove(trial.load().doors().get(node));
        assertThat(cluster.process(node).stop()).isZero();
        assertHoldsNothing(cluster.data(node));
        assertThat(cluster.partitions(0)).noneMatch(partition -> isMember(partition, id));
    }

    private static boolean isMember(JsonObject partition, String id) {
        return partition.getJsonArray("voters").contains(id)
                || partition.getJsonArray("learners").contains(id);
    }

    /** Of logs a tombstone is left for each partition that it ever had. */
    private static void assertHoldsNothing(Path data) throws IOException {
        var keys = StoredRecords.keys(data);
        assertThat(keys.get(Family.STATE)).as("rows in " + data).isEmpty();
        assertThat(keys.getOrDefault(Family.BLOCKS, List.of()))
                .as("blocks in " + data)
                .allMatch(key -> key.charAt(0) == SEGMENT_ROWS);
        try (Stream<Path> files = Files.walk(data.resolve("blocks"))) {
            Figures.note("files of a drained node: "
                    + files.filter(Files::isRegularFile)
                            .map(file ->
                                    file.getFileName() + " " + file.toFile().length())
                            .toList()
                    + ", rows of blocks "
                    + keys.getOrDefault(Family.BLOCKS, List.of()).size()
                    + ", rows of logs "
                    + keys.getOrDefault(Family.LOG, List.of()).size());
        }
    }
}
