package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopStackTest {
    private final StopStack stops = new StopStack();
    private final List<String> stopped = new ArrayList<>();

    @Test
    void parts_started_stopInOppositeOrderAndOnce() {
        stops.push("disk", () -> stopped.add("disk"));
        stops.push("port", () -> stopped.add("port"));
        stops.runAll();
        stops.runAll();

        assertThat(stopped).containsExactly("port", "disk");
    }

    @Test
    void part_thatFailsToStop_doesNotKeepTheOthers() {
        stops.push("disk", () -> stopped.add("disk"));
        stops.push("port", () -> {
            throw new IllegalStateException("stuck");
        });
        stops.runAll();

        assertThat(stopped).containsExactly("disk");
    }
}
