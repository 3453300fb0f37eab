package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.process.ChordataProcess.Launch;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on empty disks that come to one cluster, and to no second one. */
class FoundingIT {
    private static final String INIT = "--init";
    private static final String MOVE_AFTER = "--move-after";
    /** So that the founder alone holds everything until the test is over. */
    private static final String LONG = "3600s";

    private static final Duration COPIES_DEADLINE = Duration.ofMinutes(10);

    private static final String CLUSTER = "/v1/cluster";

    @TempDir
    private Path folder;

    private final List<ChordataProcess> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(ChordataProcess::close);
    }

    private NodeSite site(String name) {
        return NodeSite.in(folder, name);
    }

    private ChordataProcess begin(Launch launch) {
        ChordataProcess process = launch.begin();
        started.add(process);
        return process;
    }

    private void awaitReady(Launch launch) {
        begin(launch).awaitReady();
    }

    @Test
    void nodes_onEmptyDisks_foundOneClusterJoinItAndKeepItOverRestartsAndALostDisk() {
        List<NodeSite> three = List.of(site("one"), site("two"), site("three"));
        NodeSite founder = three.get(0);
        ChordataProcess founding = begin(founder.launch(three, INIT, MOVE_AFTER, LONG));
        ChordataProcess second = begin(three.get(1).launch(three, MOVE_AFTER, LONG));
        founding.awaitAdmin(CLUSTER, "seed " + three.get(2).ports().internalAddress() + " gave no answer");
        assertThat(founding.adminGet("/health/ready")).contains("false");
        ChordataProcess third = begin(three.get(2).launch(three, MOVE_AFTER, LONG));
        List<ChordataProcess> processes = List.of(founding, second, third);
        processes.forEach(ChordataProcess::awaitReady);

        String cluster = founder.identity("cluster");
        assertThat(founding.adminGet(CLUSTER)).contains(cluster);
        assertThat(founder.identity("origin")).isEqualTo("founded");
        assertThat(founder.s3("/").statusCode()).isEqualTo(403);
        assertJoined(three.get(1), cluster);
        assertJoined(three.get(2), cluster);
        processes.forEach(process -> process.awaitAdmin("/health/startup", "true"));
        processes.forEach(FoundingIT::assertTruthful);
        assertThat(founding.adminGet("/health/stoppable")).contains("false");
        assertThat(second.adminGet("/health/stoppable")).contains("true");

        List<String> ids = three.stream().map(site -> site.identity("node")).toList();
        processes.forEach(process -> assertThat(process.stop()).isZero());
        assertThat(StoredRecords.keys(founder.data()).get(Family.LOG)).hasSizeGreaterThanOrEqualTo(256);
        assertHoldsNoPartition(three.get(1));
        assertHoldsNoPartition(three.get(2));
        three.forEach(site -> awaitReady(site.launch(three, MOVE_AFTER, LONG)));
        for (int i = 0; i < three.size(); i++) {
            assertThat(three.get(i).identity("cluster")).isEqualTo(cluster);
            assertThat(three.get(i).identity("node")).isEqualTo(ids.get(i));
            assertThat(three.get(i).identity("incarnation")).isEqualTo("2");
        }

        started.get(3).kill();
        ChordataServer.deleteTree(founder.data());
        ChordataProcess wiped = begin(founder.launch(three, INIT, MOVE_AFTER, LONG));
        wiped.awaitAdmin(CLUSTER, "\"clusterId\":\"" + cluster + "\"");
        assertThat(founder.identity("cluster")).isEqualTo(cluster);
        assertThat(founder.identity("origin")).isEqualTo("joined");
        assertThat(founder.identity("node")).isNotEqualTo(ids.get(0));
        assertThat(wiped.adminGet("/health/ready")).contains("false");
    }

    /** Every node says of the cluster what is true of it: the founder alone holds the partitions, all of them. */
    private static void assertTruthful(ChordataProcess process) {
        JsonObject cluster = new JsonObject(process.awaitAdmin(CLUSTER, "\"nodes\":3"));
        assertThat(cluster.getInteger("partitions")).isEqualTo(256);
        assertThat(cluster.getInteger("replication")).isEqualTo(1);
        assertThat(cluster.getInteger("noMajority")).isZero();
        process.awaitAdmin("/health/cluster", "true");
    }

    /** It remembers its places and the directory, and nothing else. */
    private static void assertHoldsNoPartition(NodeSite stopped) {
        Map<Family, List<String>> keys = StoredRecords.keys(stopped.data());
        assertThat(keys.get(Family.NODE)).containsExactlyInAnyOrder("ring/places", "ring/directory");
        assertThat(List.of(Family.LOG, Family.STATE, Family.BLOCKS))
                .allSatisfy(
                        family -> assertThat(keys.get(family)).as("" + family).isEmpty());
    }

    private static void assertJoined(NodeSite site, String cluster) {
        assertThat(site.identity("cluster")).isEqualTo(cluster);
        assertThat(site.identity("origin")).isEqualTo("joined");
        assertThat(site.data().resolve("founding")).doesNotExist();
        assertThat(site.s3("/bucket/key").statusCode()).isEqualTo(403);
        assertThat(site.s3("/bucket/key").body()).contains("<Code>AccessDenied</Code>");
    }

    @Test
    void nodes_thatLostADirectoryOfTheirs_comeBackAsWhatTheyStillAre() {
        List<NodeSite> three = List.of(site("one"), site("two"), site("three"));
        String[] quick = {MOVE_AFTER, "1s", "--moves", "256", "--replace-after", "10s"};
        ChordataProcess founding = begin(three.get(0).launch(three, with(quick, INIT)));
        ChordataProcess second = begin(three.get(1).launch(three, quick));
        begin(three.get(2).launch(three, quick));
        founding.awaitReady();
        awaitCopies(founding);

        String node = three.get(1).identity("node");
        second.kill();
        ChordataServer.deleteTree(three.get(1).data().resolve("blocks"));
        second = begin(three.get(1).launch(three, quick));
        founding.awaitAdmin(CLUSTER, "\"replication\":2");
        awaitCopies(founding);
        assertThat(three.get(1).identity("node")).isEqualTo(node);

        second.kill();
        ChordataServer.deleteTree(three.get(1).data().resolve("records"));
        second = begin(three.get(1).launch(three, with(quick, INIT)));
        second.awaitReady();
        assertThat(three.get(1).identity("node")).isNotEqualTo(node);
        assertThat(three.get(1).identity("cluster")).isEqualTo(three.get(0).identity("cluster"));
        assertThat(three.get(1).data().resolve("blocks.of-" + node)).isDirectory();
        awaitCopies(founding);
    }

    private static String[] with(String[] arguments, String more) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = more;
        return all;
    }

    /** Of three nodes each has everything. */
    private static void awaitCopies(ChordataProcess process) {
        Await.answer(
                "three copies of everything",
                COPIES_DEADLINE,
                () -> process.adminGet(CLUSTER),
                answer -> answer.contains("\"replication\":3") && answer.contains("\"underReplicated\":0"));
    }

    @Test
    void node_withTheWrongSecret_waitsAndSaysSoAndStopsWhenAsked() {
        NodeSite right = site("right");
        NodeSite wrong = site("wrong");
        ChordataProcess founder = begin(right.launch(List.of(right), INIT));
        founder.awaitReady();

        ChordataProcess stranger = begin(wrong.launch(List.of(right))
                .with("CHORDATA_CLUSTER_SECRET", "quite another secret than that 0123456789"));

        stranger.awaitAdmin(CLUSTER, "different cluster secrets");
        assertThat(stranger.adminGet("/health/ready")).contains("false");
        assertThat(founder.logTail()).contains("it does not know the cluster secret");
        assertThat(stranger.stop()).isZero();
        assertThat(wrong.data().resolve("identity")).doesNotExist();
    }

    @Test
    void node_withSeedsOfTwoClusters_endsWithExitCodeTwoAndHasJoinedNone() {
        NodeSite red = site("red");
        NodeSite blue = site("blue");
        awaitReady(red.launch(List.of(red), INIT));
        awaitReady(blue.launch(List.of(blue), INIT));
        NodeSite between = site("between");

        ChordataProcess process = begin(between.launch(List.of(red, blue)));

        assertThat(process.awaitEnd()).as(process.logTail()).isEqualTo(2);
        assertThat(process.logTail())
                .contains("the seeds belong to different clusters")
                .contains(red.identity("cluster"), blue.identity("cluster"));
        assertThat(between.data().resolve("identity")).doesNotExist();
    }

    @Test
    void node_onTheDiskOfAnotherCluster_servesNothingUntilASeedIsOfItsOwn() {
        NodeSite red = site("red");
        NodeSite blue = site("blue");
        awaitReady(red.launch(List.of(red), INIT));
        ChordataProcess atHome = begin(blue.launch(List.of(blue), INIT));
        atHome.awaitReady();
        assertThat(atHome.stop()).isZero();

        ChordataProcess astray = begin(blue.launch(List.of(red, blue)));
        astray.awaitAdmin(CLUSTER, "is this the disk of a node of another cluster?");
        assertThat(astray.adminGet("/health/ready")).contains("false");
        assertThat(astray.logTail()).contains("seed " + red.ports().internalAddress(), blue.identity("cluster"));
        assertThat(astray.stop()).isZero();

        awaitReady(blue.launch(List.of(blue)));
    }

    @Test
    void nodes_bothToldToFound_comeToOneCluster() {
        List<NodeSite> two = List.of(site("left"), site("right"));

        List<ChordataProcess> processes =
                two.stream().map(site -> begin(site.launch(two, INIT))).toList();
        processes.forEach(ChordataProcess::awaitReady);

        assertThat(two.get(0).identity("cluster")).isEqualTo(two.get(1).identity("cluster"));
        assertThat(List.of(two.get(0).identity("origin"), two.get(1).identity("origin")))
                .containsExactlyInAnyOrder("founded", "joined");
    }

    @Test
    void node_aloneWithoutASecret_foundsAndKeepsItsInternalPortClosed() {
        NodeSite alone = site("alone");
        ChordataProcess process =
                begin(Launch.node(alone.data(), alone.ports(), INIT).with("CHORDATA_CLUSTER_SECRET", ""));
        process.awaitReady();

        assertThat(alone.identity("origin")).isEqualTo("founded");
        assertThat(process.logTail()).contains("event=internal_port_closed");
    }
}
