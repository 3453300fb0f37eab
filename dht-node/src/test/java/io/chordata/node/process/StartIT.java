package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An empty node as {@code java -jar} starts it. */
class StartIT {
    private Path data = Path.of("set before each test");

    @BeforeEach
    void makeData() throws IOException {
        data = Files.createTempDirectory(ChordataProcess.target(), "start-");
    }

    @AfterEach
    void removeData() {
        ChordataServer.deleteTree(data);
    }

    @Test
    void node_onAnEmptyDisk_servesAndComesToRest() {
        ChordataProcess.Launch launch = ChordataProcess.Launch.node(
                        data.resolve("node"), ChordataProcess.Ports.free(), "--init")
                .measured();
        try (ChordataProcess node = launch.start()) {
            StartFigures.note(
                    "java -jar", ProcessHandle.of(node.pid()).orElseThrow(), node.log(), data.resolve("node"));
            assertThat(node.stop()).isZero();
        }
    }
}
