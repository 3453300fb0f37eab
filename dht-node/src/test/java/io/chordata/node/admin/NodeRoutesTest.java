package io.chordata.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.view.Departure;
import io.chordata.node.ring.view.NodeState;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRoutesTest {
    private static final NodeId NODE = AdminFixtures.id(1);

    private final List<String> ordered = new ArrayList<>();

    private Future<NodeState> order(NodeId node, Departure departure, String accessKey) {
        ordered.add(node + " " + departure + " " + accessKey);
        return Future.succeededFuture(departure == Departure.NONE ? NodeState.ALIVE : NodeState.DRAINING);
    }

    /** The path and who asks are all that counts. */
    private static HttpServerRequest untouched() {
        return (HttpServerRequest) Proxy.newProxyInstance(
                NodeRoutesTest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, method, arguments) -> {
                    throw new AssertionError(method);
                });
    }

    private Future<JsonObject> send(String method, String path) {
        for (ChangeRoute route : NodeRoutes.of(this::order)) {
            Matcher matcher = route.path().matcher(path);
            if (route.method().equals(HttpMethod.valueOf(method)) && matcher.matches()) {
                return Future.<Void>succeededFuture()
                        .compose(ignored -> route.change()
                                .apply(
                                        new ChangeRequest(untouched(), "root", Buffer.buffer()),
                                        matcher.toMatchResult()));
            }
        }
        return Future.failedFuture("no route");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,drain,DRAIN,draining",
        "DELETE,drain,NONE,alive",
        "POST,decommission,DECOMMISSION,draining",
    })
    void order_forANode_isPassedOnWithWhoAsks(String method, String what, Departure departure, String state)
            throws IOException {
        JsonObject answer = send(method, "/v1/nodes/" + NODE + "/" + what).result();
        assertThat(answer).isEqualTo(new JsonObject().put("id", NODE.toString()).put("state", state));
        ApiDocument api = ApiDocument.packaged();
        String operation = departure == Departure.NONE ? "undrain" : what;
        assertThat(api.faults(api.operation(operation), 200, "application/json", answer.encode()))
                .as("as described")
                .isEmpty();
        assertThat(ordered).containsExactly(NODE + " " + departure + " root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "node-1", "0", "0000000000000007000000000000000G", "../../1"})
    void node_thatIsNoId_isRefused(String id) {
        assertThat(send("POST", "/v1/nodes/" + id + "/drain").failed()).isTrue();
        assertThat(ordered).isEmpty();
    }

    @Test
    void decommission_undone_isRefused() {
        assertThat(send("DELETE", "/v1/nodes/" + NODE + "/decommission").failed())
                .isTrue();
    }
}
