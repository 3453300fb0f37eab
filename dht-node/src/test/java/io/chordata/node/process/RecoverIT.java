package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Command.Result;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of five nodes are said to be gone for ever: what they kept with one other goes on from that one's copy, by force. */
class RecoverIT {
    private static final int NODES = 5;
    private static final List<Integer> LEFT = List.of(0, 1, 2);
    private static final List<Integer> GONE = List.of(3, 4);
    private static final int SMALL = 120;
    private static final int LARGE = 30;
    private static final int LARGE_BYTES = 300_000;
    private static final String BUCKET = "recover";
    private static final Duration DEADLINE = Duration.ofSeconds(240);
    /** The exit codes for them, as documented. */
    private static final int REFUSED_BY_CLUSTER = 7;

    private static final int NOT_DONE = 8;

    @Test
    void partitions_whoseMajorityIsGone_goOnFromTheLastCopy(@TempDir Path folder) throws IOException {
        try (ClusterProcesses cluster = ClusterProcesses.start(NODES)) {
            List<String> gone = GONE.stream().map(cluster::id).toList();
            new SignedHttp(cluster.process(0)).awaitBucket(BUCKET);
            write(cluster, 0);
            awaitAllCopies(cluster);
            Set<Integer> lost = keptBy(cluster, gone);

            GONE.forEach(number -> cluster.process(number).beginKill());
            GONE.forEach(number -> cluster.process(number).kill());
            Await.until(
                    "nobody serves " + lost + cluster.logs(),
                    DEADLINE,
                    () -> unavailable(cluster).equals(lost));
            assertNothingIsDoneUnasked(cluster, folder, gone);

            long begin = System.nanoTime();
            recover(cluster, folder, gone, lost);
            Await.until(
                    "each is served" + cluster.logs(),
                    DEADLINE,
                    () -> unavailable(cluster).isEmpty());
            Figures.note(String.format(
                    "%d partitions without a majority recovered, served again after %.1f s",
                    lost.size(), RingNodes.secondsSince(begin)));
            assertIsRead(cluster, LEFT, 0);
            write(cluster, 1);

            GONE.forEach(cluster::restart);
            GONE.forEach(cluster::awaitReady);
            assertIsRead(cluster, cluster.all(), 1);

            GONE.forEach(number -> cluster.process(number).kill());
            decommission(cluster, folder, gone);
            cluster.awaitRedundant();
            assertIsRead(cluster, LEFT, 1);
            cluster.restart(GONE.get(0));
            assertThat(cluster.process(GONE.get(0)).awaitEnd()).isEqualTo(REFUSED_BY_CLUSTER);
        }
    }

    private static TestBody body(int key, int version) {
        return new TestBody(key < LARGE ? LARGE_BYTES : 1_000, key + (long) version * (LARGE + SMALL));
    }

    private static void write(ClusterProcesses cluster, int version) {
        for (int i = 0; i < LARGE + SMALL; i++) {
            int key = i;
            SignedHttp http = new SignedHttp(cluster.process(LEFT.get(key % LEFT.size())));
            Await.until(
                    "k" + key + " is written" + cluster.logs(),
                    DEADLINE,
                    () -> http.put(BUCKET, "k" + key, body(key, version)) == 200);
        }
    }

    /** Acknowledged is what two of three have: the third may be the one that is left. */
    private static void awaitAllCopies(ClusterProcesses cluster) {
        double all = (double) ClusterProcesses.REPLICATION * LARGE * LARGE_BYTES;
        Await.until(
                "all copies of all blocks",
                DEADLINE,
                () -> cluster.all().stream()
                                .mapToDouble(node ->
                                        NodeMetrics.of(cluster.process(node)).value("chordata_blocks_live_bytes"))
                                .sum()
                        >= all);
    }

    /** The partitions that all of these vote on. */
    private static Set<Integer> keptBy(ClusterProcesses cluster, List<String> nodes) {
        Set<Integer> kept = numbers(cluster.partitions(0).stream()
                .filter(partition -> partition.getJsonArray("voters").getList().containsAll(nodes)));
        assertThat(kept).as("partitions that %s keep together", nodes).isNotEmpty();
        return kept;
    }

    private static Set<Integer> unavailable(ClusterProcesses cluster) {
        return numbers(
                cluster.partitions(0).stream().filter(partition -> "unavailable".equals(partition.getString("state"))));
    }

    private static Set<Integer> numbers(Stream<JsonObject> partitions) {
        return partitions.map(partition -> partition.getInteger("partition")).collect(Collectors.toSet());
    }

    private static void assertIsRead(ClusterProcesses cluster, List<Integer> nodes, int version) {
        for (int number : nodes) {
            SignedHttp http = new SignedHttp(cluster.process(number));
            for (int i = 0; i < LARGE + SMALL; i++) {
                int key = i;
                String[] read = {""};
                Await.until("k" + key + " is read at node " + number + cluster.logs(), DEADLINE, () -> {
                    read[0] = http.sha256(BUCKET, "k" + key).orElse("nothing");
                    return true;
                });
                assertThat(read[0])
                        .as("k%s at node %s%s", key, number, cluster.logs())
                        .isEqualTo(body(key, version).sha256());
            }
        }
    }

    // commands

    private static Command command(ClusterProcesses cluster, Path folder, String... words) {
        return ObjectProgram.at(cluster.process(0).endpoint().toString(), folder)
                .command(words)
                .with(Map.of("CHORDATA_ADMIN", cluster.process(0).admin().getAuthority()));
    }

    private static String[] recover(List<String> gone, String... more) {
        List<String> words = new ArrayList<>(List.of("recover"));
        gone.forEach(node -> words.addAll(List.of("--gone", node)));
        words.addAll(Arrays.asList(more));
        return words.toArray(String[]::new);
    }

    private static void assertNothingIsDoneUnasked(ClusterProcesses cluster, Path folder, List<String> gone) {
        assertThat(command(cluster, folder, recover(List.of())).run())
                .contains("cannot be recovered: these nodes do not answer", gone.get(0), gone.get(1));
        assertThat(command(cluster, folder, recover(gone)).run())
                .contains("what was acknowledged and is on no node that is left is lost; --unsafe does it");
        Result refused = command(cluster, folder, recover(gone.subList(0, 1), "--unsafe"))
                .runToEnd();
        assertThat(refused.exitCode()).as(refused.toString()).isEqualTo(NOT_DONE);
        assertThat(refused.errors()).contains(gone.get(1));
        assertThat(unavailable(cluster)).isNotEmpty();
    }

    private static void recover(ClusterProcesses cluster, Path folder, List<String> gone, Set<Integer> lost) {
        String said = command(cluster, folder, recover(gone, "--unsafe")).run();
        assertThat(said.lines().filter(line -> line.contains(" goes on from node ")))
                .as(said)
                .hasSize(lost.size());
        Result again = command(cluster, folder, recover(gone, "--unsafe", "--partition", "" + any(lost)))
                .runToEnd();
        assertThat(again.exitCode()).as(again.toString()).isEqualTo(NOT_DONE);
        assertThat(again.errors()).contains("it goes on by itself");
    }

    private static int any(Set<Integer> partitions) {
        return partitions.iterator().next();
    }

    private static void decommission(ClusterProcesses cluster, Path folder, List<String> gone) {
        for (String node : gone) {
            Await.until(
                    "node " + node + " is down",
                    DEADLINE,
                    () -> "down".equals(cluster.node(0, node).getString("state")));
            command(cluster, folder, "decommission", node).run();
        }
    }
}
