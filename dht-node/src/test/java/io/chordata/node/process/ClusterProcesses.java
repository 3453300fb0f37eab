package io.chordata.node.process;

import io.chordata.node.process.ChordataProcess.Launch;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** Nodes as processes that keep objects together. The first founds the cluster; each has all others so far as seeds. */
final class ClusterProcesses implements AutoCloseable {
    static final int REPLICATION = Integer.getInteger("chordata.replication", 3);
    private static final Duration DEADLINE = Duration.ofSeconds(1_200);
    private static final Duration PAUSE = Duration.ofMillis(200);
    /** Data moves sooner than by itself, so that tests need not wait for it. */
    private static final String MOVE_AFTER = "2s";

    private static final String MOVES = "64";

    private static final String HEAP = "-Xmx384m";

    private final Path folder;
    private final List<String> options;
    private final List<NodeSite> sites = new ArrayList<>();
    private final List<ChordataProcess> processes = new ArrayList<>();

    private ClusterProcesses(Path folder, List<String> options) {
        this.folder = folder;
        this.options = options;
    }

    /** Ready and with all copies that so many nodes can hold. */
    static ClusterProcesses start(int nodes, String... options) throws IOException {
        return create(options).begin(nodes, List.of());
    }

    /** The same with one more node, whose data are elsewhere, such as on a disk of its own. */
    static ClusterProcesses startWith(Path data, int nodes, String... options) throws IOException {
        return create(options).begin(nodes, List.of(data));
    }

    private static ClusterProcesses create(String... options) throws IOException {
        return new ClusterProcesses(Files.createTempDirectory(ChordataProcess.target(), "cluster-"), List.of(options));
    }

    private ClusterProcesses begin(int nodes, List<Path> more) {
        try {
            for (int i = 0; i < nodes; i++) {
                begin(folder.resolve(name(i)));
            }
            more.forEach(this::begin);
            all().forEach(this::awaitReady);
            awaitRedundant();
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** One more node, ready: its number. */
    int add() {
        int number = begin(folder.resolve(name(sites.size())));
        awaitReady(number);
        return number;
    }

    private int begin(Path data) {
        sites.add(new NodeSite(data, ChordataProcess.Ports.free()));
        int number = sites.size() - 1;
        processes.add(launch(number).begin());
        return number;
    }

    private Launch launch(int number) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(
                List.of("--name", name(number), "--replication", "" + REPLICATION, "--move-after", MOVE_AFTER));
        if (!options.contains("--moves")) {
            arguments.addAll(List.of("--moves", MOVES));
        }
        List<String> seeds = IntStream.range(0, sites.size())
                .filter(other -> other != number)
                .mapToObj(other -> sites.get(other).ports().internalAddress())
                .toList();
        if (seeds.isEmpty()) {
            arguments.add("--init");
        } else {
            arguments.addAll(List.of("--seeds", String.join(",", seeds)));
        }
        return Launch.node(data(number), sites.get(number).ports(), arguments.toArray(String[]::new))
                .withJvm(HEAP);
    }

    private static String name(int number) {
        return "node-" + number;
    }

    Path data(int number) {
        return sites.get(number).data();
    }

    int count() {
        return sites.size();
    }

    /** All numbers. */
    List<Integer> all() {
        return IntStream.range(0, count()).boxed().toList();
    }

    ChordataProcess process(int number) {
        return processes.get(number);
    }

    /** At the same place; ready when {@link #awaitReady} returns. */
    void restart(int number) {
        processes.set(number, launch(number).begin());
    }

    void awaitReady(int number) {
        processes.get(number).awaitReady();
    }

    /** kill -9 of all at the same moment. */
    void killAll() {
        processes.forEach(ChordataProcess::beginKill);
        processes.forEach(ChordataProcess::kill);
    }

    /** Of a node that does not run: it will come back as a new one. */
    void wipe(int number) {
        ChordataServer.deleteTree(data(number));
    }

    /** Waits until every node that runs says that each partition has all the copies that so many nodes can hold, where it should. */
    void awaitRedundant() {
        String[] last = {""};
        try {
            Await.until("full redundancy", DEADLINE, () -> {
                for (int number : running()) {
                    last[0] = cluster(number).encode();
                    if (!isRedundant(new JsonObject(last[0]))) {
                        Await.pass(PAUSE);
                        return false;
                    }
                }
                return true;
            });
        } catch (AssertionFailedError e) {
            throw new AssertionFailedError(e.getMessage() + ", last: " + last[0] + logs(), e);
        }
    }

    private boolean isRedundant(JsonObject cluster) {
        return cluster.getInteger("replication", 0)
                        >= Math.min(REPLICATION, running().size())
                && cluster.getInteger("underReplicated", 1) == 0
                && cluster.getInteger("noMajority", 1) == 0
                && cluster.getInteger("moving", 1) == 0;
    }

    /** The numbers of those that run. */
    List<Integer> running() {
        return all().stream().filter(number -> processes.get(number).isAlive()).toList();
    }

    /** What {@code /v1/cluster} says there; empty where nobody answers. */
    JsonObject cluster(int number) {
        try {
            return new JsonObject(processes.get(number).adminGet("/v1/cluster"));
        } catch (UncheckedIOException | io.vertx.core.json.DecodeException notAnswered) {
            return new JsonObject();
        }
    }

    /** The id of the node that has this number's name and is not down. */
    String id(int number) {
        return nodes(number)
                .filter(node -> name(number).equals(node.getString("name")) && !"down".equals(node.getString("state")))
                .findFirst()
                .orElseThrow(() -> new AssertionFailedError(name(number) + " does not know itself"))
                .getString("id");
    }

    /** What a node says of this one. */
    JsonObject node(int number, String id) {
        return nodes(number)
                .filter(node -> id.equals(node.getString("id")))
                .findFirst()
                .orElseThrow(() -> new AssertionFailedError(id + " is not known"));
    }

    private Stream<JsonObject> nodes(int number) {
        return objects(number, "/v1/nodes");
    }

    /** The partitions as a node shows them. */
    List<JsonObject> partitions(int number) {
        return objects(number, "/v1/partitions").toList();
    }

    private Stream<JsonObject> objects(int number, String path) {
        return new JsonArray(processes.get(number).adminGet(path)).stream().map(JsonObject.class::cast);
    }

    String logs() {
        StringBuilder text = new StringBuilder();
        for (ChordataProcess process : processes) {
            text.append("\n").append(process.log());
        }
        return text.toString();
    }

    /** All processes are gone then; the data, too. */
    @Override
    public void close() {
        processes.forEach(ChordataProcess::close);
        if (Files.exists(folder)) {
            ChordataServer.deleteTree(folder);
        }
    }
}
