package io.chordata.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.client.admin.AdminEvent.Traffic;
import io.chordata.client.admin.Lookup;
import io.chordata.client.admin.Lookup.Hop;
import io.chordata.client.admin.Lookup.Source;
import io.chordata.client.admin.Node;
import io.chordata.client.admin.NodeState;
import io.chordata.client.admin.ObjectPlace;
import io.chordata.client.admin.Ring;
import io.chordata.client.admin.Ring.Finger;
import io.chordata.client.admin.Ring.Position;
import io.chordata.client.cli.TrafficRates.Rate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the commands print, from records. */
class AdminTextsTest {
    private static final String LOW = "4" + "0".repeat(31);
    private static final String HIGH = "c" + "0".repeat(31);
    private static final NodeNames NAMES =
            new NodeNames(List.of(node("a1", "one"), node("b2", "two"), node("c3", "twin"), node("d4", "twin")));

    private static Node node(String id, String name) {
        return new Node(
                id, name, "h:1", "h:2", "h:3", "z", null, NodeState.ALIVE, 1, "1", null, null, null, null, null, null);
    }

    @Test
    void ring_asText_hasSharesAndNeighbours() {
        Ring ring = new Ring(
                3,
                List.of(new Position(LOW, "a1", HIGH, List.of(HIGH, LOW)), new Position(HIGH, "b2", null, List.of())),
                List.of("b2"),
                List.of(new Finger("8" + "0".repeat(31), HIGH, "b2")));
        assertThat(RingText.of(ring, NAMES)).isEqualTo("""
            2 positions of 2 nodes, version 3

            POSITION                          NODE    SHARE  PREDECESSOR  SUCCESSORS
            LOW  one   50.00 %  two          two one
            HIGH  two         ?  ?            ?
            two did not answer: the neighbours of its positions are not known

            FINGER FROM                       POSITION                          NODE
            80000000000000000000000000000000  HIGH  two\
            """.replace("LOW", LOW).replace("HIGH", HIGH));
    }

    @Test
    void ring_ofOnePosition_isHeldByItAsAWhole() {
        Ring ring = new Ring(1, List.of(new Position(LOW, "a1", LOW, List.of(LOW))), List.of(), List.of());
        assertThat(RingText.of(ring, NAMES)).contains("1 positions of 1 node,", "100.00 %");
    }

    @Test
    void lookup_asText_hasTheWay() {
        Lookup lookup = new Lookup(
                LOW,
                HIGH,
                "b2",
                64,
                List.of("b2", "a1"),
                List.of(new Hop("a1", null, Source.SELF, 0), new Hop("b2", HIGH, Source.FINGER, 1_540)));
        assertThat(LookupText.of(lookup, NAMES))
                .isEqualTo("""
                    id         LOW
                    position   HIGH of two
                    partition  64, to be kept by two one

                    HOP  NODE  KNOWN FROM   MS  POSITION
                      0  one   self        0.0  -
                      1  two   finger      1.5  HIGH\
                    """.replace("LOW", LOW).replace("HIGH", HIGH));
    }

    @Test
    void place_asText_hasRecordAndBlocks() {
        ObjectPlace place = new ObjectPlace(
                9,
                "a1",
                List.of("a1", "b2"),
                "null",
                100_000,
                false,
                List.of(new ObjectPlace.Block(0, "x0", 12, List.of("b2"))));
        assertThat(PlaceText.of("s3://b/k", place, NAMES)).isEqualTo("""
            s3://b/k
            size       100000 bytes
            version    null
            partition  9, kept by one two; led by one

            BLOCK  PARTITION  NODES  ID
                0         12  two    x0\
            """);
    }

    @Test
    void names_thatAreNotUnique_haveTheBeginningOfTheId() {
        assertThat(NAMES.of("c3")).isEqualTo("twin~c3");
        assertThat(NAMES.of("unknown")).isEqualTo("unknown");
        assertThat(NAMES.idOf("one")).isEqualTo("a1");
        assertThat(NAMES.idOf("d4")).isEqualTo("d4");
        assertThatThrownBy(() -> NAMES.idOf("twin")).hasMessageContaining("2 nodes are called 'twin'");
        assertThatThrownBy(() -> NAMES.idOf("nobody")).hasMessageContaining("there is no node 'nobody'");
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "999,999",
        "1000,1.0K",
        "1023,1.0K",
        "10240,10K",
        "10189,10K",
        "1048576,1.0M",
        "1023999,1.0M",
        "5368709120,5.0G",
        "9223372036854775807,8.0E",
    })
    void bytes_ofAnySize_haveFewCharacters(long bytes, String text) {
        assertThat(Texts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "24 80,24,80",
        "50 200,50,200",
        "0 0,24,80",
        "'',24,80",
        "x y,24,80",
        "5 80,24,80",
        "9999 9999,1000,1000"
    })
    void size_ofTheTerminal_isReadOrUsual(String text, int rows, int columns) {
        assertThat(TerminalSize.parse(text)).isEqualTo(new TerminalSize(rows, columns));
    }

    @Test
    void rates_ofANodeThatSaysNothing_areForgotten() {
        TrafficRates rates = new TrafficRates();
        rates.note(new Traffic("r", 0, "a", 1, 2, 3, 4, List.of()), 0);
        rates.note(new Traffic("r", 0, "b", 5, 6, 7, 8, List.of()), TimeUnit.SECONDS.toNanos(3));
        assertThat(rates.at(TimeUnit.SECONDS.toNanos(4)))
                .containsEntry("a", new Rate(1, 2, 3, 4))
                .containsEntry("b", new Rate(5, 6, 7, 8));
        assertThat(rates.at(TimeUnit.SECONDS.toNanos(5))).containsOnlyKeys("b");
    }
}
