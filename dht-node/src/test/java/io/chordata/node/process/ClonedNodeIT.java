package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A node on a copy of a running node's disk is not let in, and the other is none the worse for it. */
class ClonedNodeIT {
    private static final List<Integer> ALL = List.of(0, 1, 2);
    private static final int CLONED = 2;

    private final LookupProbe probe = new LookupProbe();

    @Test
    void node_onACopyOfARunningNodesDisk_isRefusedAndSaysWhy() throws IOException {
        try (RingNodes nodes = RingNodes.start(
                Stream.generate(Ports::free).limit(ALL.size()).toList(), launch -> launch, probe::get)) {
            nodes.awaitWhole();
            assertThat(nodes.process(CLONED).stop()).isZero();
            Path copy = nodes.copyData(CLONED);
            try (ChordataProcess lone = ChordataProcess.Launch.node(copy, Ports.free())
                    .withoutClusterSecret()
                    .begin()) {
                assertThat(lone.awaitEnd()).as(lone.logTail()).isEqualTo(2);
                assertThat(lone.logTail()).contains(nodes.id(CLONED), "CHORDATA_CLUSTER_SECRET");
            }
            nodes.restart(CLONED);
            nodes.awaitOneRing(ALL);

            try (ChordataProcess clone =
                    nodes.launch(CLONED, copy, Ports.free()).begin()) {
                assertThat(clone.awaitEnd()).as(clone.logTail()).isEqualTo(7);
                assertThat(Files.readString(clone.log()))
                        .contains("event=refused_by_cluster", nodes.id(CLONED), "copy");
            }
            nodes.awaitOneRing(ALL);
            assertThat(nodes.process(CLONED).isAlive()).isTrue();
        }
    }
}
