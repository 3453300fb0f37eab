package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.ApiDocument;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether a node can be stopped, as whoever restarts the nodes of a cluster one by one asks them. */
class StoppableIT {
    private static final int NODES = 3;
    private static final int STOPPED = 2;
    private static final String PATH = "/health/stoppable";

    @Test
    void nodes_ofWhichOneIsAway_cannotBeStoppedUntilItIsBack() throws IOException {
        try (ClusterProcesses cluster = ClusterProcesses.start(NODES)) {
            awaitEach(cluster, cluster.all(), "true");
            assertDescribed(
                    cluster.process(0).adminGet("/v1/openapi.yaml"),
                    cluster.process(0).adminGet(PATH));

            assertThat(cluster.process(STOPPED).stop()).isZero();
            awaitEach(cluster, cluster.running(), "false");

            cluster.restart(STOPPED);
            cluster.awaitReady(STOPPED);
            awaitEach(cluster, cluster.all(), "true");
        }
    }

    private static void assertDescribed(String description, String answer) {
        ApiDocument api = ApiDocument.parse(description);
        assertThat(api.faults(api.operation("stoppable"), 200, "application/json", answer))
                .as(answer)
                .isEmpty();
    }

    private static void awaitEach(ClusterProcesses cluster, List<Integer> numbers, String answer) {
        numbers.forEach(number -> cluster.process(number).awaitAdmin(PATH, answer));
    }
}
