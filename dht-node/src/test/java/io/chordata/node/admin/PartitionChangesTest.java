package io.chordata.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Uint128;
import io.chordata.node.runtime.SystemClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PartitionChangesTest {
    private static final long TIME = 1_700_000_000_000L;

    private final EventLog log = new EventLog(new Uint128(1, 1), new SystemClock());
    private final PartitionChanges changes = new PartitionChanges(log);

    private static PartitionView partition(
            @Nullable String leader, List<String> voters, List<String> learners, String state) {
        return new PartitionView(7, "00", voters, voters, learners, leader, 3, 9, null, null, null, state);
    }

    private List<EventLog.Event> events() {
        return log.after(0, 100);
    }

    private JsonObject data(int event) {
        return new JsonObject(events().get(event).data());
    }

    @Test
    void partitions_seenForTheFirstTime_areNoChange() {
        changes.saw(TIME, List.of(partition(null, List.of("a"), List.of(), "unavailable")));
        assertThat(events()).isEmpty();
    }

    @Test
    void leader_thatIsAnother_isTold() {
        changes.saw(TIME, List.of(partition("a", List.of("a", "b"), List.of(), "healthy")));
        changes.saw(TIME + 1, List.of(partition("b", List.of("a", "b"), List.of(), "healthy")));
        changes.saw(TIME + 2, List.of(partition("b", List.of("a", "b"), List.of(), "healthy")));
        assertThat(events()).extracting(EventLog.Event::type).containsExactly("leader");
        assertThat(data(0))
                .isEqualTo(new JsonObject()
                        .put("time", TIME + 1)
                        .put("partition", 7)
                        .put("node", "b")
                        .put("term", 3));
    }

    @Test
    void members_thatAreOthers_areToldWithTheState() {
        changes.saw(TIME, List.of(partition("a", List.of("a"), List.of(), "short")));
        changes.saw(TIME + 1, List.of(partition("a", List.of("a"), List.of("b"), "moving")));
        assertThat(events()).extracting(EventLog.Event::type).containsExactly("move");
        assertThat(data(0))
                .isEqualTo(new JsonObject()
                        .put("time", TIME + 1)
                        .put("partition", 7)
                        .put("voters", new JsonArray().add("a"))
                        .put("learners", new JsonArray().add("b"))
                        .put("state", "moving"));
    }

    @Test
    void partition_thatNobodyLeads_isAWarningOnce() {
        changes.saw(TIME, List.of(partition("a", List.of("a"), List.of(), "healthy")));
        changes.saw(TIME, List.of(partition(null, List.of("a"), List.of(), "unavailable")));
        changes.saw(TIME, List.of(partition(null, List.of("a"), List.of(), "unavailable")));
        assertThat(events()).extracting(EventLog.Event::type).containsExactly("leader", "move", "warning");
        assertThat(data(0).getString("node")).isNull();
        assertThat(data(2).getString("about")).isEqualTo("partitions");
        assertThat(data(2).getString("detail"))
                .isEqualTo("1 partition can be neither written nor read: most nodes that keep it do not answer");
    }

    @Test
    void moves_ofAPartition_areToThoseOnTheirWay() {
        JsonObject moving = partition("a", List.of("a"), List.of("b"), "moving").toJson();
        assertThat(moving.getJsonArray("moves").getJsonObject(0).getString("to"))
                .isEqualTo("b");
        JsonObject two = partition("a", List.of("a"), List.of("b"), "short").toJson();
        assertThat(two.getJsonArray("moves")).isEmpty();
    }
}
