package io.chordata.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.EventLog.OperationTraffic;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.RingPhase;
import io.chordata.node.ring.directory.DirectoryEvent;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.runtime.SystemClock;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The description itself, without a node. */
class ApiDescriptionTest {
    private static ApiDocument api;

    @BeforeAll
    static void read() throws IOException {
        api = ApiDocument.packaged();
    }

    @Test
    void description_asADocument_isOpenApi() {
        Vertx vertx = Vertx.vertx();
        try {
            assertThat(api.check(vertx).operations())
                    .hasSameSizeAs(api.operations().keySet());
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void description_ofObjects_leavesNoneOpen() {
        assertThat(api.openObjects()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | is not there",
                "{\"id\":\"0123456789abcdef0123456789abcdef\",\"state\":\"alive\",\"more\":1} | a field more",
                "{\"id\":\"0123456789abcdef0123456789ABCDEF\",\"state\":\"alive\"} | no id",
                "{\"id\":\"0123456789abcdef0123456789abcdef\",\"state\":\"lively\"} | no state",
            })
    void answer_thatHasDrifted_isAFault(String body, String why) {
        assertThat(api.faults(api.operation("drain"), 200, "application/json", body))
                .as(why)
                .isNotEmpty();
    }

    @Test
    void answer_ofAnotherContentType_isAFault() {
        assertThat(api.faults(api.operation("cluster"), 503, "text/html", "<p>"))
                .isNotEmpty();
    }

    @Test
    void event_ofEachType_isAsDescribed() {
        EventLog log = new EventLog(new Uint128(1, 2), new SystemClock());
        for (DirectoryEvent.Kind change : DirectoryEvent.Kind.values()) {
            log.node(1, change, AdminFixtures.node(1), false);
        }
        for (NodeState state : NodeState.values()) {
            if (state != NodeState.JOINING) {
                log.node(1, DirectoryEvent.Kind.CHANGED, AdminFixtures.node(1).withState(state), false);
            }
        }
        log.node(1, DirectoryEvent.Kind.LEFT, AdminFixtures.node(1), true);
        log.view(1, 7);
        log.pointers(1, AdminFixtures.id(1), List.of(FixedRing.id(1)));
        for (RingPhase phase : RingPhase.values()) {
            log.phase(1, AdminFixtures.id(1), phase);
        }
        for (String state : List.of("healthy", "moving", "short", "unavailable")) {
            log.leader(1, partition(null, state));
            log.move(1, partition(AdminFixtures.id(1).toString(), state));
        }
        log.repair(1, AdminFixtures.id(1), 2, 3);
        log.traffic(1, AdminFixtures.id(1), 5, 1, 2, 3, List.of(new OperationTraffic("GetObject", 5, 700, 900)));
        log.warning(1, "something about the ring");
        log.warning(1, "partitions", "something about partitions");

        TreeSet<String> types = new TreeSet<>();
        for (EventLog.Event event : log.after(0, 100)) {
            assertThat(api.eventFaults(event.type(), event.data()))
                    .as(event.data())
                    .isEmpty();
            types.add(event.type());
        }
        assertThat(types).containsExactly("leader", "move", "node", "repair", "ring", "traffic", "warning");
        assertThat(api.eventFaults("warning", log.missed(3L, 9).data())).isEmpty();
        assertThat(api.eventFaults("warning", log.missed(null, 9).data())).isEmpty();
        assertThat(api.eventFaults("warning", new JsonObject().put("time", 1).encode()))
                .isNotEmpty();
    }

    private static PartitionView partition(@Nullable String leader, String state) {
        List<String> nodes = List.of(AdminFixtures.id(1).toString());
        return new PartitionView(
                3, FixedRing.id(1).toString(), nodes, nodes, List.of(), leader, 1, 2, null, null, null, state);
    }
}
