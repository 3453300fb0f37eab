package io.chordata.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.admin.AdminEvent;
import io.chordata.client.admin.AdminEvent.LeaderChanged;
import io.chordata.client.admin.AdminEvent.NodeChanged;
import io.chordata.client.admin.AdminEvent.PartitionMoved;
import io.chordata.client.admin.AdminEvent.Repaired;
import io.chordata.client.admin.AdminEvent.RingChanged;
import io.chordata.client.admin.AdminEvent.Warning;
import io.chordata.client.admin.Cluster;
import io.chordata.client.admin.Node;
import io.chordata.client.admin.NodeState;
import io.chordata.client.admin.Partition;
import io.chordata.client.cli.TrafficRates.Rate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Draws from records; no socket is near. */
class WatchViewTest {
    private static final Cluster CLUSTER = new Cluster("c1", 7, 256, 3, 3, Cluster.State.DEGRADED, 2, 1, 1, 0, 1, 0);

    private static Node node(int number, NodeState state) {
        return new Node(
                String.format("%032x", number),
                "node-" + number,
                "h:1",
                "h:2",
                "h:3",
                "zone-a",
                1.0,
                state,
                1,
                "1",
                85L,
                (long) number,
                9L,
                5L << 30,
                100L << 30,
                0.5);
    }

    private static Partition moving(int number) {
        String a = node(1, NodeState.ALIVE).id();
        String b = node(2, NodeState.ALIVE).id();
        return new Partition(
                number, "00", List.of(a), List.of(a), List.of(b), a, 1, 1, Partition.State.MOVING, List.of(b));
    }

    private static List<Node> nodes(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> node(number, number == 3 ? NodeState.DOWN : NodeState.ALIVE))
                .toList();
    }

    private static WatchPicture picture(int nodes, int moves, int events) {
        List<AdminEvent> news = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            news.add(new LeaderChanged(
                    "r-" + i, i * 1_000L, i, node(1, NodeState.ALIVE).id(), 7));
        }
        return new WatchPicture(
                3_723_000,
                CLUSTER,
                nodes(nodes),
                IntStream.range(0, moves).mapToObj(WatchViewTest::moving).toList(),
                Map.of(node(1, NodeState.ALIVE).id(), new Rate(120, 1, 3 << 20, 512)),
                news,
                null);
    }

    private static List<String> draw(WatchPicture picture) {
        return WatchView.lines(picture, TerminalSize.USUAL, ZoneOffset.UTC);
    }

    @Test
    void picture_onAUsualTerminal_tellsNodesStateMovesTrafficAndEvents() {
        assertThat(draw(picture(3, 1, 1))).containsExactly("""
                01:02:03  DEGRADED  3 nodes, 256 partitions, 3 copies
                1 without a majority, 2 short of a copy, 1 moving; 1 draining, 0 drained
                S3: 120 requests/s, 1 failed/s, in 3.0M/s, out 512/s

                NODE             STATE    ZONE   PARTS LEADS   USED   FREE  REQ/S   IN/S  OUT/S
                node-3           down     zone-a    85     3   5.0G   100G      -      -      -
                node-1           alive    zone-a    85     1   5.0G   100G    120   3.0M    512
                node-2           alive    zone-a    85     2   5.0G   100G      -      -      -

                MOVES
                    0  node-1 + node-2

                EVENTS
                00:00:00  partition 0 is led by node-1 (term 7)""".split("\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "24,80,1,0,0",
        "24,80,5,0,0",
        "24,80,5,40,0",
        "24,80,5,0,40",
        "24,80,5,40,40",
        "24,80,100,0,0",
        "24,80,100,256,100",
        "8,20,5,5,5",
        "8,20,100,256,100",
        "50,200,30,10,100",
        "24,80,12,2,3"
    })
    void picture_ofAnySize_fitsTheTerminal(int rows, int columns, int nodes, int moves, int events) {
        List<String> lines =
                WatchView.lines(picture(nodes, moves, events), new TerminalSize(rows, columns), ZoneOffset.UTC);
        assertThat(lines).hasSizeLessThanOrEqualTo(rows);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        assertThat(lines.get(0)).contains("DEGRADED");
    }

    @Test
    void nodes_withoutRoom_areCountedAndTheSickOnesShown() {
        List<String> lines = draw(picture(100, 256, 100));
        assertThat(lines.get(5)).startsWith("node-3 ").contains("down");
        long shown = lines.stream().filter(line -> line.startsWith("node-")).count();
        assertThat(lines).contains("(and " + (100 - shown) + " nodes more)");
        assertThat(lines).anyMatch(line -> line.matches("MOVES \\(\\d+ of 256\\)"));
        assertThat(lines).anyMatch(line -> line.matches("EVENTS \\(\\d+ of 100\\)"));
        assertThat(lines.get(lines.size() - 1)).contains("partition 99 is led by node-1");
    }

    @Test
    void trouble_withTheLastLook_standsBesideTheOldPicture() {
        List<String> lines = draw(picture(3, 0, 0).withTrouble("no answer from http://h:2 (refused)"));
        assertThat(lines.get(3)).isEqualTo("!! no answer from http://h:2 (refused)");
        assertThat(lines.get(0)).startsWith("01:02:03");
    }

    @Test
    void name_fromElsewhere_doesNotControlTheTerminal() {
        Node evil = new Node(
                "e",
                "\u001b[2Jx\u202ey",
                "h:1",
                "h:2",
                "h:3",
                "z\u0007",
                null,
                NodeState.ALIVE,
                1,
                "1",
                null,
                null,
                null,
                null,
                null,
                null);
        WatchPicture picture = new WatchPicture(
                0,
                CLUSTER,
                List.of(evil),
                List.of(),
                Map.of(),
                List.of(new Warning("r-1", 0, "ring", "a\u001b[1mb")),
                null);
        assertThat(String.join("", draw(picture)))
                .doesNotContain("\u001b", "\u0007", "\u202e")
                .contains("?[2Jx?y");
    }

    @Test
    void event_ofEachType_isToldOrLeftOut() {
        NodeNames names = new NodeNames(nodes(3));
        String one = node(1, NodeState.ALIVE).id();
        assertThat(News.text(new NodeChanged("r", 0, "alive_again", one, "node-1", "alive"), names))
                .contains("node-1 alive again: is alive");
        assertThat(News.text(new LeaderChanged("r", 0, 4, null, 5), names))
                .contains("partition 4 is led by nobody (term 5)");
        assertThat(News.text(new PartitionMoved("r", 0, 4, List.of(one), List.of("x"), Partition.State.MOVING), names))
                .contains("partition 4 is moving: node-1, learning: x");
        assertThat(News.text(new Repaired("r", 0, one, 3, 2_048), names))
                .contains("node-1 got 3 blocks (2.0K) from others");
        assertThat(News.text(new RingChanged("r", 0, "pointers", one), names)).isEmpty();
    }
}
