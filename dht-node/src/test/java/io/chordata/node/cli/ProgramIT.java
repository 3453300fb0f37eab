package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Await;
import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.Command;
import io.chordata.node.process.Command.Result;
import io.chordata.node.process.FreePorts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program as scripts see it: exit codes, signals, readiness. */
class ProgramIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, String> KEYS = Map.of(
            "CHORDATA_ACCESS_KEY", ChordataProcess.ACCESS_KEY, "CHORDATA_SECRET_KEY", ChordataProcess.SECRET_KEY);

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void node_terminated_endsWithExitCodeZeroAndStartsAgainOnItsData() throws Exception {
        Path data = folder.resolve("data");
        for (boolean init : new boolean[] {true, false}) {
            int adminPort = FreePorts.one();
            Process node = start(adminPort, data, FreePorts.one(), init);
            awaitStatus(node, adminPort, "/health/ready", 200);
            awaitStatus(node, adminPort, "/health/startup", 200);
            assertThat(get(adminPort, "/health/cluster")).isEqualTo(200);
            assertThat(get(adminPort, "/health/stoppable")).isEqualTo(412);
            assertThat(stop(node)).as(log()).isZero();
        }
    }

    @Test
    void node_onAnEmptyDirectoryWithoutInit_waitsUnreadyAndFoundsNothing() throws Exception {
        Path data = folder.resolve("data");
        int adminPort = FreePorts.one();
        Process node = start(adminPort, data, FreePorts.one(), false);
        awaitStatus(node, adminPort, "/health/live", 200);

        assertThat(get(adminPort, "/health/ready")).isEqualTo(503);
        assertThat(get(adminPort, "/health/startup")).isEqualTo(503);
        assertThat(get(adminPort, "/v1/cluster")).isEqualTo(503);
        assertThat(log()).contains("event=waiting_to_be_founded").contains("--init");
        assertThat(stop(node)).isZero();
        assertThat(data).doesNotExist();
    }

    @Test
    void node_onADirectoryInUse_endsWithExitCodeThree() throws Exception {
        Path data = folder.resolve("data");
        int adminPort = FreePorts.one();
        Process first = start(adminPort, data, FreePorts.one(), true);
        awaitStatus(first, adminPort, "/health/ready", 200);

        Result second = run(KEYS, node(FreePorts.one(), data, FreePorts.one(), false));

        assertThat(second.exitCode()).as(second.errors()).isEqualTo(3);
        assertThat(second.errors()).contains("chordata: ", data.toString(), "in use by process " + first.pid());
        assertThat(get(adminPort, "/health/ready")).isEqualTo(200);
    }

    @Test
    void node_whoseS3PortIsTaken_endsWithExitCodeFourAndNamesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = run(KEYS, node(FreePorts.one(), folder.resolve("data"), taken.getLocalPort(), true));

            assertThat(result.exitCode()).as(result.errors()).isEqualTo(4);
            assertThat(result.errors()).contains("127.0.0.1:" + taken.getLocalPort(), "S3", "--s3-port", "--s3 ");
        }
    }

    @Test
    void node_whoseAdminPortIsTaken_endsWithExitCodeFourAndNamesIt() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result result = run(KEYS, node(taken.getLocalPort(), folder.resolve("data"), FreePorts.one(), true));

            assertThat(result.exitCode()).as(result.errors()).isEqualTo(4);
            assertThat(result.errors()).contains("127.0.0.1:" + taken.getLocalPort(), "--admin-port", "--admin ");
        }
    }

    @Test
    void node_onDataOfANewerVersion_endsWithExitCodeFiveAndTouchesNothing() throws Exception {
        Path data = folder.resolve("data");
        int adminPort = FreePorts.one();
        Process node = start(adminPort, data, FreePorts.one(), true);
        awaitStatus(node, adminPort, "/health/ready", 200);
        assertThat(stop(node)).isZero();
        makeNewer(data.resolve("identity"));
        Map<String, String> before = snapshot(data);

        Result result = run(KEYS, node(FreePorts.one(), data, FreePorts.one(), true));

        assertThat(result.exitCode()).as(result.errors()).isEqualTo(5);
        assertThat(result.errors()).contains(data.toString());
        assertThat(snapshot(data)).isEqualTo(before);
    }

    @Test
    void node_onSomebodyElsesDirectory_endsWithExitCodeFive() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("thesis.tex"), "dear");

        Result result = run(KEYS, node(FreePorts.one(), data, FreePorts.one(), true));

        assertThat(result.exitCode()).as(result.errors()).isEqualTo(5);
        assertThat(snapshot(data)).containsOnlyKeys("", "thesis.tex");
    }

    @Test
    void node_withoutCredentials_endsWithExitCodeTwo() throws IOException {
        Result result = run(Map.of(), node(FreePorts.one(), folder.resolve("data"), FreePorts.one(), true));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("CHORDATA_ACCESS_KEY");
        assertThat(folder.resolve("data")).doesNotExist();
    }

    @Test
    void demo_terminated_removesItsTemporaryData() throws Exception {
        int port = FreePorts.inARow("127.0.0.1", 50);
        int adminPort = port + 1;
        List<String> words =
                java("-Djava.io.tmpdir=" + folder, "-jar", ChordataProcess.jar().toString(), "demo");
        words.addAll(List.of("--s3-port", "" + port, "--admin-port", "" + adminPort));
        words.addAll(List.of("--internal-port", "" + (port + 2)));
        Process demo = start(words, Map.of());
        awaitStatus(demo, adminPort, "/health/ready", 200);
        Await.until("the welcome is printed", DEADLINE, () -> log().contains("Ctrl-C ends it and removes its data."));
        String welcome = log();

        assertThat(stop(demo)).isZero();
        assertThat(welcome)
                .contains("AWS_ACCESS_KEY_ID=", "http://127.0.0.1:" + adminPort + "/", "aws --endpoint-url")
                .contains("5 nodes", "node-4 serves S3 at http://127.0.0.1:" + (port + 40));
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("chordata-demo")))
                    .isEmpty();
        }
    }

    @Test
    void demo_ofThreeNodes_showsOneRingAndKeepsItOnItsData() throws Exception {
        Path data = folder.resolve("data");
        Set<String> clusters = new TreeSet<>();
        for (int start = 0; start < 2; start++) {
            int port = FreePorts.inARow("127.0.0.1", 30);
            Process demo = startDemo(data, port);
            Await.until("three nodes on one ring", DEADLINE, () -> {
                assertThat(demo.isAlive()).as(log()).isTrue();
                return nodesOnTheRing(port + 1) == 3;
            });
            clusters.add(new JsonObject(body(port + 21, "/v1/cluster")).getString("clusterId"));
            Await.until("a node to be ready", DEADLINE, () -> get(port + 11, "/health/ready") == 200);
            assertThat(stop(demo)).as(log()).isZero();
        }
        assertThat(clusters).hasSize(1);
        assertThat(data.resolve("node-2")).isDirectory();
        assertThat(run(KEYS, demo(data, "1")).exitCode()).isEqualTo(2);
    }

    private Process startDemo(Path data, int port) throws IOException {
        List<String> words = demo(data, "3");
        words.addAll(List.of("--s3-port", "" + port, "--admin-port", "" + (port + 1)));
        words.addAll(List.of("--internal-port", "" + (port + 2)));
        return start(words, KEYS);
    }

    private static List<String> demo(Path data, String nodes) {
        return java("-jar", ChordataProcess.jar().toString(), "demo", "--nodes", nodes, "--data", data.toString());
    }

    private static int nodesOnTheRing(int adminPort) throws InterruptedException {
        JsonArray positions = new JsonObject(body(adminPort, "/v1/ring")).getJsonArray("positions", new JsonArray());
        return (int) positions.stream()
                .map(JsonObject.class::cast)
                .filter(position -> position.getString("predecessor") != null)
                .map(position -> position.getString("node"))
                .distinct()
                .count();
    }

    @Test
    void bench_terminated_endsAtOnceByTheSignal() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout((int) DEADLINE.toMillis());
            List<String> words = java("-jar", ChordataProcess.jar().toString(), "bench", "--op", "put");
            words.addAll(List.of("--endpoint", "http://127.0.0.1:" + silent.getLocalPort()));
            Process bench = start(words, KEYS);
            silent.accept();

            assertThat(stop(bench)).as(log()).isEqualTo(143);
        }
    }

    /** The first line keeps its form in every version. */
    private static void makeNewer(Path identity) throws IOException {
        String content = Files.readString(identity);
        Files.writeString(identity, content.replaceFirst("chordata-identity \\d+\n", "chordata-identity 99\n"));
    }

    private static Map<String, String> snapshot(Path directory) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                String content = Files.isDirectory(path)
                        ? "directory"
                        : Files.size(path) + " bytes, " + Files.getLastModifiedTime(path);
                files.put(directory.relativize(path).toString(), content);
            }
        }
        return files;
    }

    private Process start(int adminPort, Path data, int s3Port, boolean init) throws IOException {
        return start(node(adminPort, data, s3Port, init), KEYS);
    }

    private Process start(List<String> words, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("CHORDATA_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private static Result run(Map<String, String> environment, List<String> words) {
        return Command.of(words.toArray(new String[0])).with(environment).runToEnd();
    }

    private static List<String> node(int adminPort, Path data, int s3Port, boolean init) {
        List<String> words = java("-jar", ChordataProcess.jar().toString(), "node", "--data", data.toString());
        words.addAll(List.of("--s3", "127.0.0.1:" + s3Port, "--admin", "127.0.0.1:" + adminPort));
        if (init) {
            words.add("--init");
        }
        return words;
    }

    private static List<String> java(String... arguments) {
        List<String> words = new ArrayList<>(List.of(ChordataProcess.javaProgram()));
        words.addAll(List.of(arguments));
        return words;
    }

    private static int stop(Process process) throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void awaitStatus(Process process, int adminPort, String path, int status) {
        Await.until(path + " answers " + status, DEADLINE, () -> {
            assertThat(process.isAlive()).as(log()).isTrue();
            return get(adminPort, path) == status;
        });
    }

    private static int get(int adminPort, String path) throws InterruptedException {
        try {
            URI uri = URI.create("http://127.0.0.1:" + adminPort + path);
            HttpResponse<Void> response = HTTP.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(), BodyHandlers.discarding());
            return response.statusCode();
        } catch (IOException notThereYet) {
            return -1;
        }
    }

    /** Empty where nothing answers. */
    private static String body(int adminPort, String path) throws InterruptedException {
        try {
            URI uri = URI.create("http://127.0.0.1:" + adminPort + path);
            return HTTP.send(
                            HttpRequest.newBuilder(uri)
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException notThereYet) {
            return "{}";
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }
}
