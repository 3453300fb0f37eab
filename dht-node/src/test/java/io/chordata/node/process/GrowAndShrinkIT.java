package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.history.Condition;
import io.chordata.node.history.Outcome;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes become six and three again under load, with data in them: no request fails for good, what moves is the share that
 * must, and a drained node holds nothing. {@code -Dchordata.storedMebibytes=N} (32) and {@code -Dchordata.storedObjects=N} (500)
 * say how much is stored before, in blocks and in records.
 */
class GrowAndShrinkIT {
    private static final long SEED = Long.getLong("chordata.seed", System.nanoTime());
    private static final int BLOCK_MEBIBYTES = 4;
    private static final int LARGE = Integer.getInteger("chordata.storedMebibytes", 32) / BLOCK_MEBIBYTES;
    private static final int SMALL = Integer.getInteger("chordata.storedObjects", 500);
    private static final int WRITERS = 8;
    private static final int ATTEMPTS = 20;
    private static final int FEW = 3;
    private static final int MANY = 6;
    private static final int ANSWERS_BETWEEN = 200;
    private static final Duration DEADLINE = Duration.ofSeconds(60 + 2L * LARGE + SMALL / 10);

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
                        i < LARGE ? BLOCK_MEBIBYTES << 20 : 1_000 + i % 4_000, -1L - i * ATTEMPTS - attempt);
                Books.Attempt put = books.put("store", "stored/" + i, S3Door.version(body), Condition.NONE);
                outcome = door.put("stored/" + i, body, Condition.NONE);
                put.end(outcome);
            }
        }
    }

    private static void grow(ClusterTrial trial) {
        long begin = System.nanoTime();
        for (int node = FEW; node < MANY; node++) {
            ChordataProcess added = trial.cluster().process(trial.cluster().add());
            trial.load().add(added);
        }
        trial.cluster().awaitRedundant();
        Await.until("all partitions where they should be", DEADLINE, () -> isPlaced(trial.cluster()));
        Figures.note(String.format(
                "%d to %d nodes: every partition where it should be after %.1f s; bytes at the nodes %s",
                FEW, MANY, RingNodes.secondsSince(begin), bytes(trial.cluster())));
        trial.load().awaitAnswers(ANSWERS_BETWEEN);
    }

    private static void shrink(ClusterTrial trial) throws IOException {
        long begin = System.nanoTime();
        for (int node = MANY - 1; node >= FEW; node--) {
            drain(trial.cluster(), node);
            trial.load().remove(trial.load().doors().get(node));
            assertThat(trial.cluster().process(node).stop()).isZero();
        }
        Figures.note(String.format(
                "%d to %d nodes: drained one after another in %.1f s, each held nothing then; bytes at the nodes %s",
                MANY, FEW, RingNodes.secondsSince(begin), bytes(trial.cluster())));
    }

    private static void drain(ClusterProcesses cluster, int node) throws IOException {
        String id = cluster.id(node);
        assertThat(AdminPost.send(cluster.process(0), "/v1/nodes/" + id + "/drain")
                                .statusCode()
                        / 100)
                .isEqualTo(2);
        Await.until("nothing at drained node " + node + cluster.logs(), DEADLINE, () -> holdsNothing(cluster, id));
    }

    private static boolean holdsNothing(ClusterProcesses cluster, String id) {
        boolean isMember = cluster.partitions(0).stream()
                .anyMatch(partition -> partition.getJsonArray("voters").contains(id)
                        || partition.getJsonArray("learners").contains(id));
        JsonObject node = cluster.node(0, id);
        return !isMember && node.getInteger("partitions") == 0 && node.getLong("blocks") == 0;
    }

    private static boolean isPlaced(ClusterProcesses cluster) {
        return cluster.partitions(0).stream()
                .allMatch(partition -> partition.getJsonArray("learners").isEmpty()
                        && Set.copyOf(partition.getJsonArray("desired").getList())
                                .equals(Set.copyOf(
                                        partition.getJsonArray("voters").getList())));
    }

    private static List<Long> bytes(ClusterProcesses cluster) {
        return cluster.running().stream()
                .map(node -> cluster.node(0, cluster.id(node)).getLong("bytesUsed"))
                .toList();
    }
}
