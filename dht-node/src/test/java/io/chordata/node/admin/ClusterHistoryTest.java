package io.chordata.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterHistoryTest {
    private static final long TIME = 1_790_000_000_000L;
    private static final int SMALL_BYTES = 4_096;

    private final ClusterHistory history = new ClusterHistory();

    private static List<NodeView> nodes(NodeRecord... records) {
        return Stream.of(records)
                .map(record -> new NodeView(record, null, false))
                .toList();
    }

    private static PartitionView partition(int number, int leader, long term) {
        List<String> members =
                List.of(AdminFixtures.id(1).toString(), AdminFixtures.id(leader).toString());
        return new PartitionView(
                number,
                FixedRing.id(number).toString(),
                members,
                members,
                List.of(),
                AdminFixtures.id(leader).toString(),
                term,
                term,
                null,
                null,
                null,
                "healthy");
    }

    private static boolean see(ClusterHistory history, long time, List<NodeView> nodes, PartitionView... partitions) {
        return history.saw(time, nodes, node -> List.of(FixedRing.id(node.hashCode() & 7)), List.of(partitions));
    }

    private static List<JsonObject> moments(ClusterHistory history) {
        return history.told().pieces().stream()
                .map(piece -> new JsonObject(piece.encode()))
                .toList();
    }

    private static List<String> values(JsonArray objects, String name) {
        return objects.stream()
                .map(object -> String.valueOf(((JsonObject) object).getValue(name)))
                .toList();
    }

    @Test
    void history_beforeTheFirstLook_saysNothing() {
        assertThat(history.told().since()).isNull();
        assertThat(moments(history)).isEmpty();
    }

    @Test
    void look_thatIsTheFirst_isAllThereIs() {
        see(history, TIME, nodes(AdminFixtures.node(1), AdminFixtures.node(2)), partition(0, 1, 1), partition(1, 2, 1));
        assertThat(history.told().since()).isEqualTo(TIME);
        JsonObject first = moments(history).get(0);
        assertThat(values(first.getJsonArray("nodes"), "state")).containsExactly("alive", "suspect");
        assertThat(values(first.getJsonArray("partitions"), "partition")).containsExactly("0", "1");
    }

    @Test
    void look_atWhatIsAsBefore_notesOnlyUntilWhen() {
        see(history, TIME, nodes(AdminFixtures.node(1)), partition(0, 1, 1));
        assertThat(see(history, TIME + 9, nodes(AdminFixtures.node(1)), partition(0, 1, 2)))
                .isFalse();
        assertThat(moments(history)).hasSize(1);
        assertThat(history.told().until()).isEqualTo(TIME + 9);
    }

    @Test
    void changes_behindTheFirstLook_areThereAlone() {
        see(history, TIME, nodes(AdminFixtures.node(1), AdminFixtures.node(2)), partition(0, 1, 1), partition(1, 2, 1));
        NodeRecord down = AdminFixtures.node(2).withState(NodeState.DOWN);
        assertThat(see(history, TIME + 1, nodes(AdminFixtures.node(1), down), partition(0, 1, 1), partition(1, 1, 2)))
                .isTrue();
        see(history, TIME + 2, nodes(AdminFixtures.node(1)), partition(0, 1, 1), partition(1, 1, 2));

        List<JsonObject> moments = moments(history);
        assertThat(moments).extracting(moment -> moment.getLong("time")).containsExactly(TIME, TIME + 1, TIME + 2);
        assertThat(values(moments.get(1).getJsonArray("nodes"), "state")).containsExactly("down");
        assertThat(values(moments.get(1).getJsonArray("partitions"), "partition"))
                .containsExactly("1");
        assertThat(moments.get(2).getJsonArray("gone"))
                .containsExactly(AdminFixtures.id(2).toString());
    }

    @Test
    void changes_ofMoreThanAnHour_becomePartOfTheBeginning() {
        see(history, TIME, nodes(AdminFixtures.node(1), AdminFixtures.node(2)), partition(0, 1, 1));
        see(history, TIME + 1, nodes(AdminFixtures.node(1)), partition(0, 2, 2));
        see(history, TIME + 2, nodes(AdminFixtures.node(1)), partition(0, 1, 3));
        see(history, TIME + 2 + ClusterHistory.HOUR_MILLIS, nodes(AdminFixtures.node(1)), partition(0, 1, 3));

        assertThat(history.told().since()).isEqualTo(TIME + 1);
        List<JsonObject> moments = moments(history);
        assertThat(moments).hasSize(2);
        assertThat(moments.get(0).getJsonArray("nodes")).hasSize(1);
        assertThat(values(moments.get(0).getJsonArray("partitions"), "leader"))
                .containsExactly(AdminFixtures.id(2).toString());
    }

    @Test
    void changes_withoutEnd_takeNoMoreThanTheBound() {
        ClusterHistory small = new ClusterHistory(SMALL_BYTES);
        List<NodeView> nodes = nodes(AdminFixtures.node(1));
        for (int second = 0; second < 500; second++) {
            see(small, TIME + 1_000L * second, nodes, partition(0, 1 + second % 2, second), partition(1, 1, 1));
        }
        List<JsonObject> moments = moments(small);
        int bytes = moments.stream()
                .skip(1)
                .mapToInt(moment -> moment.encode().length())
                .sum();
        assertThat(bytes).isBetween(SMALL_BYTES / 2, SMALL_BYTES);
        assertThat(small.told().since())
                .isEqualTo(moments.get(0).getLong("time"))
                .isGreaterThan(TIME + 400_000);
        assertThat(moments.get(0).getJsonArray("partitions")).hasSize(2);
    }

    @Test
    void clock_thatGoesBack_leavesMomentsInOrder() {
        see(history, TIME, nodes(AdminFixtures.node(1)), partition(0, 1, 1));
        see(history, TIME - 60_000, nodes(AdminFixtures.node(1)), partition(0, 2, 1));
        assertThat(moments(history))
                .extracting(moment -> moment.getLong("time"))
                .containsExactly(TIME, TIME);
    }

    @Test
    void moment_ofThousandsOfPartitions_comesInSmallPieces() {
        List<PartitionView> partitions = new ArrayList<>();
        IntStream.range(0, 3_000).forEach(number -> partitions.add(partition(number, 1, 1)));
        see(history, TIME, nodes(AdminFixtures.node(1)), partitions.toArray(PartitionView[]::new));

        List<JsonObject> pieces = moments(history);
        assertThat(pieces).hasSizeGreaterThan(20);
        assertThat(pieces)
                .allSatisfy(piece -> assertThat(piece.encode().length()).isLessThan(64 << 10));
        assertThat(pieces.stream()
                        .mapToInt(piece -> piece.getJsonArray("partitions").size())
                        .sum())
                .isEqualTo(3_000);
    }
}
