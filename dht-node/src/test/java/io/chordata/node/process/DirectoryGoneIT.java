package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody removes the data directory of a running node: it acknowledges nothing more, says so, and ends as for a bad disk. */
class DirectoryGoneIT {
    private static final String BUCKET = "gone";
    private static final int DISK_FAILED = 6;
    private static final TestBody SMALL = new TestBody(3_000, 1);
    private static final TestBody LARGE = new TestBody(1_500_000, 2);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Path parent;
    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        parent = Files.createTempDirectory(ChordataProcess.target(), "gone-");
        data = parent.resolve("data");
    }

    @AfterEach
    void removeData() {
        ChordataServer.deleteTree(parent);
    }

    @Test
    void node_dataDirectoryRemoved_acknowledgesNothingMore() throws IOException {
        try (ChordataProcess server = ChordataProcess.Launch.on(data).start()) {
            SignedHttp http = new SignedHttp(server);
            http.makeBucket(BUCKET);
            assertThat(http.put(BUCKET, "small", SMALL)).isEqualTo(200);
            assertThat(http.put(BUCKET, "large", LARGE)).isEqualTo(200);
            ChordataServer.deleteTree(data);
            assertThat(http.put(BUCKET, "small", SMALL)).isEqualTo(503);
            assertThat(http.put(BUCKET, "large", LARGE)).isEqualTo(503);
            assertThat(http.delete(BUCKET, "small")).isEqualTo(503);
            assertEndsAsFailed(server, http);
        }
    }

    @Test
    void idleNode_dataDirectoryRemoved_isNotReady() throws IOException {
        try (ChordataProcess server = ChordataProcess.Launch.on(data).start()) {
            SignedHttp http = new SignedHttp(server);
            ChordataServer.deleteTree(data);
            Await.until("a node that is not ready", DEADLINE, () -> readiness(server, http) == 503);
            assertEndsAsFailed(server, http);
        }
    }

    private static void assertEndsAsFailed(ChordataProcess server, SignedHttp http) throws IOException {
        assertThat(readiness(server, http)).isEqualTo(503);
        assertThat(server.stop()).isEqualTo(DISK_FAILED);
        assertThat(Files.readString(server.log())).containsOnlyOnce("event=record-store-failed");
    }

    private static int readiness(ChordataProcess server, SignedHttp http) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(server.admin().resolve("/health/ready"))
                .timeout(DEADLINE)
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }
}
