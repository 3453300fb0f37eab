package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess.Launch;
import io.chordata.node.process.ChordataProcess.Ports;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on empty disks that come to one cluster, and to no second one. */
class FoundingIT {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String INIT = "--init";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final List<ChordataProcess> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(ChordataProcess::close);
    }

    /** A place for a node: its data directory and addresses stay the same over its starts. */
    private record Site(Path data, Ports ports) {
        Launch launch(List<Site> seeds, String... arguments) {
            List<String> all = new ArrayList<>(List.of(arguments));
            all.add("--seeds");
            all.add(seeds.stream().map(seed -> seed.ports.internalAddress()).collect(Collectors.joining(",")));
            return Launch.node(data, ports, all.toArray(String[]::new));
        }

        /** A field of the identity file, such as {@code cluster}. */
        String identity(String field) {
            try {
                return Files.readAllLines(data.resolve("identity")).stream()
                        .filter(line -> line.startsWith(field + " "))
                        .map(line -> line.substring(field.length() + 1))
                        .findFirst()
                        .orElseThrow();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        HttpResponse<String> s3(String path) throws Exception {
            URI uri = URI.create("http://" + ports.host() + ":" + ports.s3() + path);
            return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        }
    }

    private Site site(String name) {
        return new Site(folder.resolve(name), Ports.free());
    }

    private ChordataProcess begin(Launch launch) {
        ChordataProcess process = launch.begin();
        started.add(process);
        return process;
    }

    private void awaitReady(Launch launch) {
        begin(launch).awaitReady();
    }

    private static void awaitStatus(ChordataProcess process, String text) {
        awaitAnswer(process, "/v1/cluster", text);
    }

    private static void awaitAnswer(ChordataProcess process, String path, String text) {
        try {
            Await.until(path + " with '" + text + "'", DEADLINE, () -> {
                try {
                    return process.adminGet(path).contains(text);
                } catch (UncheckedIOException notListening) {
                    return false;
                }
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; it printed:\n" + process.logTail(), e);
        }
    }

    @Test
    void nodes_onEmptyDisks_foundOneClusterJoinItAndKeepItOverRestartsAndALostDisk() throws Exception {
        List<Site> three = List.of(site("one"), site("two"), site("three"));
        Site founder = three.get(0);
        ChordataProcess founding = begin(founder.launch(three, INIT));
        ChordataProcess second = begin(three.get(1).launch(three));
        awaitStatus(founding, "seed " + three.get(2).ports.internalAddress() + " gave no answer");
        assertThat(founding.adminGet("/health/ready")).contains("false");
        ChordataProcess third = begin(three.get(2).launch(three));
        List<ChordataProcess> processes = List.of(founding, second, third);
        processes.forEach(ChordataProcess::awaitReady);

        String cluster = founder.identity("cluster");
        assertThat(founding.adminGet("/v1/cluster")).contains(cluster);
        assertThat(founder.identity("origin")).isEqualTo("founded");
        assertThat(founder.s3("/").statusCode()).isEqualTo(403);
        assertJoined(three.get(1), cluster);
        assertJoined(three.get(2), cluster);
        processes.forEach(process -> awaitAnswer(process, "/health/startup", "true"));
        processes.forEach(FoundingIT::assertTruthful);
        assertThat(founding.adminGet("/health/stoppable")).contains("false");
        assertThat(second.adminGet("/health/stoppable")).contains("true");
        awaitHint(three.get(1), founder);

        List<String> ids = three.stream().map(site -> site.identity("node")).toList();
        processes.forEach(process -> assertThat(process.stop()).isZero());
        three.forEach(site -> awaitReady(site.launch(three)));
        for (int i = 0; i < three.size(); i++) {
            assertThat(three.get(i).identity("cluster")).isEqualTo(cluster);
            assertThat(three.get(i).identity("node")).isEqualTo(ids.get(i));
            assertThat(three.get(i).identity("incarnation")).isEqualTo("2");
        }

        started.get(3).kill();
        ChordataServer.deleteTree(founder.data);
        awaitReady(founder.launch(three, INIT));
        assertJoined(founder, cluster);
        assertThat(founder.identity("node")).isNotEqualTo(ids.get(0));
    }

    /** Who comes to a node without objects is sent to the one that has them. */
    private static void awaitHint(Site joined, Site founder) {
        String address = "http://" + founder.ports.host() + ":" + founder.ports.s3();
        Await.until(
                "the founder's address",
                DEADLINE,
                () -> joined.s3("/bucket/key").body().contains("Send S3 requests to " + address + "."));
    }

    /** Every node says of the cluster what is true of it: the founder alone holds the partitions, all of them. */
    private static void assertTruthful(ChordataProcess process) {
        awaitAnswer(process, "/v1/cluster", "\"nodes\":3");
        JsonObject cluster = new JsonObject(process.adminGet("/v1/cluster"));
        assertThat(cluster.getInteger("partitions")).isEqualTo(256);
        assertThat(cluster.getInteger("replication")).isEqualTo(1);
        assertThat(cluster.getInteger("noMajority")).isZero();
        assertThat(process.adminGet("/health/cluster")).contains("true");
    }

    private static void assertJoined(Site site, String cluster) throws Exception {
        assertThat(site.identity("cluster")).isEqualTo(cluster);
        assertThat(site.identity("origin")).isEqualTo("joined");
        assertThat(site.data.resolve("founding")).doesNotExist();
        assertThat(site.s3("/bucket/key").statusCode()).isEqualTo(503);
        assertThat(site.s3("/bucket/key").body())
                .contains("<Code>ServiceUnavailable</Code>")
                .contains("the node that founded the cluster");
    }

    @Test
    void node_withTheWrongSecret_waitsAndSaysSoAndStopsWhenAsked() {
        Site right = site("right");
        Site wrong = site("wrong");
        ChordataProcess founder = begin(right.launch(List.of(right), INIT));
        founder.awaitReady();

        ChordataProcess stranger = begin(wrong.launch(List.of(right))
                .with("CHORDATA_CLUSTER_SECRET", "quite another secret than that 0123456789"));

        awaitStatus(stranger, "different cluster secrets");
        assertThat(stranger.adminGet("/health/ready")).contains("false");
        assertThat(founder.logTail()).contains("it does not know the cluster secret");
        assertThat(stranger.stop()).isZero();
        assertThat(wrong.data.resolve("identity")).doesNotExist();
    }

    @Test
    void node_withSeedsOfTwoClusters_endsWithExitCodeTwoAndHasJoinedNone() {
        Site red = site("red");
        Site blue = site("blue");
        awaitReady(red.launch(List.of(red), INIT));
        awaitReady(blue.launch(List.of(blue), INIT));
        Site between = site("between");

        ChordataProcess process = begin(between.launch(List.of(red, blue)));

        assertThat(process.awaitEnd()).as(process.logTail()).isEqualTo(2);
        assertThat(process.logTail())
                .contains("the seeds belong to different clusters")
                .contains(red.identity("cluster"), blue.identity("cluster"));
        assertThat(between.data.resolve("identity")).doesNotExist();
    }

    @Test
    void nodes_bothToldToFound_comeToOneCluster() {
        List<Site> two = List.of(site("left"), site("right"));

        List<ChordataProcess> processes =
                two.stream().map(site -> begin(site.launch(two, INIT))).toList();
        processes.forEach(ChordataProcess::awaitReady);

        assertThat(two.get(0).identity("cluster")).isEqualTo(two.get(1).identity("cluster"));
        assertThat(List.of(two.get(0).identity("origin"), two.get(1).identity("origin")))
                .containsExactlyInAnyOrder("founded", "joined");
    }

    @Test
    void node_aloneWithoutASecret_foundsAndKeepsItsInternalPortClosed() {
        Site alone = site("alone");
        ChordataProcess process =
                begin(Launch.node(alone.data, alone.ports, INIT).with("CHORDATA_CLUSTER_SECRET", ""));
        process.awaitReady();

        assertThat(alone.identity("origin")).isEqualTo("founded");
        assertThat(process.logTail()).contains("event=internal_port_closed");
    }
}
