package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A disk that something else fills to the last byte: the node starts all the same, reads, and deletes. */
@RequiresMount
class FullDiskIT {
    private static final int OBJECTS = 60;
    private static final int SMALL_BYTES = 10_000;
    private static final int LARGE_BYTES = 1_500_000;
    private static final long BALLAST_BYTES = 20 << 20;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String BUCKET = "full";

    @Test
    void node_killedAndTheDiskFilled_startsReadsAndDeletes() throws IOException {
        try (SmallDisk disk = SmallDisk.ofMebibytes(256)) {
            Path data = disk.path().resolve("data");
            writeAndKill(data);
            Path filler = disk.fill();
            for (int start = 0; start < 2; start++) {
                readAndDeleteThird(data, start * OBJECTS / 3);
            }
            Files.delete(filler);
            takesObjectsAgain(data);
        }
    }

    private static void writeAndKill(Path data) throws IOException {
        try (ChordataProcess server = ChordataProcess.Launch.on(data).start()) {
            SignedHttp http = new SignedHttp(server);
            http.makeBucket(BUCKET);
            for (int i = 0; i < OBJECTS; i++) {
                assertThat(http.put(BUCKET, "k" + i, bodyOf(i))).isEqualTo(200);
            }
            awaitBallast(data);
            server.kill();
        }
    }

    private static void readAndDeleteThird(Path data, int from) throws IOException {
        try (ChordataProcess server = ChordataProcess.Launch.on(data).start()) {
            SignedHttp http = new SignedHttp(server);
            for (int i = from; i < OBJECTS; i++) {
                assertHolds(http, i);
            }
            assertThat(http.put(BUCKET, "new", bodyOf(0))).isEqualTo(503);
            for (int i = from; i < from + OBJECTS / 3; i++) {
                assertThat(http.delete(BUCKET, "k" + i)).isEqualTo(204);
                assertThat(http.get(BUCKET, "k" + i).statusCode()).isEqualTo(404);
            }
            server.kill();
        }
    }

    private static void takesObjectsAgain(Path data) throws IOException {
        try (ChordataProcess server = ChordataProcess.Launch.on(data).start()) {
            SignedHttp http = new SignedHttp(server);
            for (int i = 0; i < OBJECTS; i++) {
                if (i < 2 * OBJECTS / 3) {
                    assertThat(http.get(BUCKET, "k" + i).statusCode()).isEqualTo(404);
                } else {
                    assertHolds(http, i);
                }
            }
            assertThat(http.put(BUCKET, "new", bodyOf(0))).isEqualTo(200);
            awaitBallast(data);
            assertThat(server.stop()).isZero();
        }
    }

    private static void awaitBallast(Path data) {
        Path ballast = data.resolve("ballast");
        Await.until("a whole ballast", DEADLINE, () -> Files.exists(ballast) && Files.size(ballast) >= BALLAST_BYTES);
    }

    private static void assertHolds(SignedHttp http, int number) throws IOException {
        HttpResponse<InputStream> answer = http.get(BUCKET, "k" + number);
        try (InputStream body = answer.body()) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(body.readAllBytes()).isEqualTo(bodyOf(number).bytes());
        }
    }

    private static TestBody bodyOf(int number) {
        return new TestBody(number % 10 == 0 ? LARGE_BYTES : SMALL_BYTES, number);
    }
}
