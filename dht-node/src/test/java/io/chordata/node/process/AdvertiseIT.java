package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that others reach at addresses which they have not bound, as behind a router or in a container. */
class AdvertiseIT {
    private static final String LOOKUP = "/v1/lookup?id=80000000000000000000000000000000&from=";

    @TempDir
    private Path folder;

    @Test
    void nodes_behindRelays_areOneRingByTheirAdvertisedAddressesAlone() {
        NodeSite first = NodeSite.in(folder, "first");
        NodeSite second = NodeSite.in(folder, "second");
        try (TcpRelay toFirst = new TcpRelay(first.ports().internal());
                TcpRelay toSecond = new TcpRelay(second.ports().internal())) {
            List<String> seeds = List.of(toFirst.address(), toSecond.address());
            try (ChordataProcess founding = first.launchWith(
                                    seeds, List.of("--init", "--name", "first", "--advertise", toFirst.address()))
                            .begin();
                    ChordataProcess joining = second.launchWith(
                                    seeds, List.of("--name", "second", "--advertise", toSecond.address()))
                            .begin()) {
                founding.awaitReady();
                joining.awaitReady();
                for (ChordataProcess process : List.of(founding, joining)) {
                    process.awaitAdmin("/health/startup", "true");
                    process.awaitAdmin("/v1/cluster", "\"nodes\":2");
                    process.awaitAdmin("/v1/ring", "\"unanswered\":[]");
                    assertThat(internalAddresses(process))
                            .containsEntry("first", toFirst.address())
                            .containsEntry("second", toSecond.address());
                }
                founding.awaitAdmin(LOOKUP + second.identity("node"), "\"position\"");
                joining.awaitAdmin(LOOKUP + first.identity("node"), "\"position\"");
                assertThat(toFirst.connections()).isPositive();

                toSecond.close();
                founding.awaitAdmin(LOOKUP + second.identity("node"), "Node not reached");
                joining.awaitAdmin(LOOKUP + first.identity("node"), "\"position\"");
            }
        }
    }

    /** By name. */
    private static TreeMap<String, String> internalAddresses(ChordataProcess process) {
        TreeMap<String, String> addresses = new TreeMap<>();
        for (Object node : new JsonArray(process.adminGet("/v1/nodes"))) {
            addresses.put(((JsonObject) node).getString("name"), ((JsonObject) node).getString("internal"));
        }
        return addresses;
    }
}
