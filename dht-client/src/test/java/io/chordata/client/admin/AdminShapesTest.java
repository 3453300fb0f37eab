package io.chordata.client.admin;

import static io.chordata.client.admin.AdminPort.ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of answers. */
class AdminShapesTest {
    @Test
    void nodes_withAndWithoutFigures_areRead() {
        String text = """
                [{"id":"a","name":"n","s3":"h:1","admin":"h:2","internal":"h:3","zone":"z","weight":2.5,
                "state":"drained","incarnation":3,"version":"1","partitions":4,"leaders":2,"objects":null,"blocks":9,
                "bytesUsed":10,"bytesFree":11,"load":0.5},
                {"id":"b","name":"m","s3":"h:1","admin":"h:2","internal":"h:3","zone":"z","weight":1,"state":"down",
                "incarnation":0,"version":"1","partitions":null,"leaders":null,"objects":null,"blocks":null,
                "bytesUsed":null,"bytesFree":null,"load":null}]""";
        List<Node> nodes = AdminRequest.nodes().read(text);
        assertThat(nodes.get(0))
                .isEqualTo(new Node(
                        "a", "n", "h:1", "h:2", "h:3", "z", 2.5, NodeState.DRAINED, 3, "1", 4L, 2L, 9L, 10L, 11L, 0.5));
        assertThat(nodes.get(1).load()).isNull();
        assertThat(nodes.get(1).state()).isEqualTo(NodeState.DOWN);
    }

    @Test
    void partition_thatMoves_namesWhoArrives() {
        Partition partition = AdminRequest.partition(3).read("""
                {"partition":3,"point":"00","desired":["a"],"voters":["b"],"learners":["a"],"leader":null,"term":2,
                "commitIndex":5,"records":null,"state":"moving","moves":[{"to":"a","bytesDone":null}]}""");
        assertThat(partition)
                .isEqualTo(new Partition(
                        3,
                        "00",
                        List.of("a"),
                        List.of("b"),
                        List.of("a"),
                        null,
                        2,
                        5,
                        Partition.State.MOVING,
                        List.of("a")));
    }

    @Test
    void ring_ofTheClusterOrANode_isRead() {
        Ring ring = AdminRequest.ring().read("""
                {"version":4,"unanswered":["b"],"positions":[
                {"id":"1","node":"a","predecessor":"2","successors":["2"]},
                {"id":"2","node":"b","predecessor":null,"successors":null}]}""");
        assertThat(ring.positions())
                .containsExactly(
                        new Ring.Position("1", "a", "2", List.of("2")), new Ring.Position("2", "b", null, List.of()));
        assertThat(ring.fingers()).isEmpty();
        Ring one = AdminRequest.ring("a").read("""
                {"version":4,"unanswered":[],"positions":[],"fingers":[{"start":"5","id":"7","node":"b"}]}""");
        assertThat(one.fingers()).containsExactly(new Ring.Finger("5", "7", "b"));
    }

    @Test
    void lookup_withItsPath_isRead() {
        Lookup lookup = AdminRequest.lookup(LookupQuery.ofId(ID)).read("""
                {"id":"1","position":"2","node":"b","partition":9,"replicas":["b","a"],"path":[
                {"node":"a","position":null,"source":"self","roundTripMicros":0},
                {"node":"b","position":"2","source":"finger","roundTripMicros":150}]}""");
        assertThat(lookup.path())
                .containsExactly(
                        new Lookup.Hop("a", null, Lookup.Source.SELF, 0),
                        new Lookup.Hop("b", "2", Lookup.Source.FINGER, 150));
        assertThat(lookup.replicas()).containsExactly("b", "a");
    }

    @Test
    void place_ofAnObject_isRead() {
        ObjectPlace place = AdminRequest.locate("b", "k").read("""
                {"partition":1,"leader":"a","replicas":["a"],"versionId":"null","size":5000000000,"inline":false,
                "blocks":[{"index":0,"id":"x","partition":2,"replicas":["a","b"]}]}""");
        assertThat(place.size()).isEqualTo(5_000_000_000L);
        assertThat(place.blocks()).containsExactly(new ObjectPlace.Block(0, "x", 2, List.of("a", "b")));
    }
}
