package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.clients.JavaClients;
import io.chordata.node.history.DurabilityLedger;
import io.chordata.node.history.LedgerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * kill -9 at random moments under a write load, then the same directory again: every acknowledged object is there with
 * its bytes, deleted ones are gone, nothing half-written can be seen. {@code -Dchordata.kills=N} sets how often (20),
 * {@code -Dchordata.seed=N} repeats a run's choices, though not its timing.
 */
class KillIT {
    private static final int KILLS = Integer.getInteger("chordata.kills", 20);
    private static final long SEED = Long.getLong("chordata.seed", System.nanoTime());
    private static final int WRITERS = 8;
    private static final int KEYS_PER_WRITER = 12;
    private static final int LOAD_MILLIS_MAX = 1500;
    private static final int CLAIMS_MAX = 1000;
    private static final long MIB = 1 << 20;
    private static final int PART_BYTES = 5 << 20;
    private static final long[] SIZES = {0, 1, 100, 4096, 16 << 10, (16 << 10) + 1, 100_000, MIB, MIB + 1, 3 * MIB};
    private static final String BUCKET = "ledger";

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final AtomicLong bodySeeds = new AtomicLong();
    private final DurabilityLedger ledger = new DurabilityLedger(DurabilityLedger.Doubts.ARE_OVER, CLAIMS_MAX);

    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();

    @TempDir
    Path data = Path.of("set by JUnit");

    @Test
    void server_killedAtRandomMomentsUnderLoad_keepsAllItAcknowledged() throws Exception {
        long slowestStartMillis = 0;
        for (int kill = 0; kill <= KILLS; kill++) {
            long begin = System.nanoTime();
            try (ChordataProcess server =
                    ChordataProcess.Launch.on(data).measured().start()) {
                slowestStartMillis = Math.max(slowestStartMillis, (System.nanoTime() - begin) / 1_000_000);
                if (kill == 0) {
                    assertThat(new SignedHttp(server).makeBucket(BUCKET)).isEqualTo(200);
                }
                audit(server, kill);
                if (kill < KILLS) {
                    loadUntilKilled(server);
                }
            }
        }
        Figures.note("kill -9: " + KILLS + " kills under load, " + ledger.acknowledgements()
                + " writes acknowledged, 0 lost" + ", slowest start " + slowestStartMillis + " ms, seed " + SEED);
        assertThat(ledger.acknowledgements()).isGreaterThan(KILLS * 10L);
    }

    /** A restart loop must not fill the disk with unpacked libraries. */
    @Test
    void temporaryFolder_ofAKilledServer_isEmpty(@TempDir Path temporary) throws IOException {
        try (ChordataProcess server = ChordataProcess.Launch.on(data)
                .withJvm("-Djava.io.tmpdir=" + temporary)
                .start()) {
            server.kill();
        }
        try (Stream<Path> left = Files.walk(temporary)) {
            assertThat(left).containsExactly(temporary);
        }
    }

    private void loadUntilKilled(ChordataProcess server) throws InterruptedException {
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Writer writer = new Writer(server, i, random.split());
            writers.add(new Thread(writer, "writer-" + i));
        }
        writers.forEach(Thread::start);
        Await.pass(Duration.ofMillis(random.nextInt(LOAD_MILLIS_MAX)));
        server.kill();
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(refusals).isEmpty();
    }

    private void audit(ChordataProcess server, int kill) throws IOException {
        SignedHttp http = new SignedHttp(server);
        TreeSet<String> present = new TreeSet<>();
        LedgerReport report = ledger.verify(key -> {
            Optional<String> found = http.sha256(BUCKET, key);
            found.ifPresent(sha256 -> present.add(key));
            return found;
        });
        assertThat(report.isClean())
                .as("after kill %s, seed %s: %s", kill, SEED, report)
                .isTrue();
        try (S3Client s3 = JavaClients.aws(server)) {
            assertThat(s3.listObjectsV2Paginator(list -> list.bucket(BUCKET)).contents().stream()
                            .map(S3Object::key))
                    .as("listing after kill %s, seed %s", kill, SEED)
                    .containsExactlyElementsOf(present);
        }
    }

    /** Writes its own keys, one request at a time, until the server is gone. */
    private final class Writer implements Runnable {
        private final ChordataProcess server;
        private final SignedHttp http;
        private final int number;
        private final SplittableRandom random;

        Writer(ChordataProcess server, int number, SplittableRandom random) {
            this.server = server;
            this.http = new SignedHttp(server);
            this.number = number;
            this.random = random;
        }

        @Override
        public void run() {
            try {
                while (server.isAlive()) {
                    write();
                }
            } catch (IOException e) {
                // The server went away in the middle: what this write came to, the audit will find out.
                return;
            }
        }

        private void write() throws IOException {
            String key = "w" + number + "/k" + random.nextInt(KEYS_PER_WRITER);
            int dice = random.nextInt(20);
            if (dice < 2) {
                DurabilityLedger.Write delete = ledger.beginDelete(key);
                settle(key, delete, http.delete(BUCKET, key));
            } else {
                long size = dice < 3 ? PART_BYTES + random.nextInt(1000) : SIZES[random.nextInt(SIZES.length)];
                TestBody body = new TestBody(size, bodySeeds.incrementAndGet());
                DurabilityLedger.Write put = ledger.beginPut(key, body.sha256());
                settle(
                        key,
                        put,
                        dice < 3 ? http.putInParts(BUCKET, key, body, PART_BYTES) : http.put(BUCKET, key, body));
            }
        }

        private void settle(String key, DurabilityLedger.Write write, int status) {
            if (status / 100 == 2) {
                write.acknowledged();
            } else if (status / 100 == 4) {
                write.refused();
                refusals.add(key + " was refused with " + status);
            } else {
                write.inDoubt();
            }
        }
    }
}
