package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.history.DurabilityLedger;
import io.chordata.node.history.LedgerReport;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGTERM under load: what was acknowledged stays, the exit code is 0, and nobody logs an error about it. */
class StopIT {
    private static final int WRITERS = 8;
    private static final int ACKNOWLEDGED_MIN = 100;
    private static final int CLAIMS_MAX = 10;
    private static final int SIZE = 30_000;
    private static final String BUCKET = "stop";
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final DurabilityLedger ledger = new DurabilityLedger(DurabilityLedger.Doubts.ARE_OVER, CLAIMS_MAX);
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        data = Files.createTempDirectory(ChordataProcess.target(), "stop-");
    }

    @AfterEach
    void removeData() {
        ChordataServer.deleteTree(data);
    }

    @Test
    void node_toldToStopUnderLoad_endsCleanlyAndKeepsWhatItAcknowledged() throws Exception {
        try (ChordataProcess server = ChordataProcess.Launch.on(data).start()) {
            List<Thread> writers = startWriters(server);
            Await.until("some acknowledgements", DEADLINE, () -> ledger.acknowledgements() >= ACKNOWLEDGED_MIN);
            assertThat(server.stop()).isZero();
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(wrong).isEmpty();
            assertThat(Files.readString(server.log())).doesNotContain("level=ERROR");
        }
        try (ChordataProcess server = ChordataProcess.Launch.on(data).start()) {
            SignedHttp http = new SignedHttp(server);
            LedgerReport report = ledger.verify(key -> http.sha256(BUCKET, key));
            assertThat(report.isClean()).as(report.toString()).isTrue();
        }
    }

    private List<Thread> startWriters(ChordataProcess server) throws IOException {
        SignedHttp http = new SignedHttp(server);
        http.makeBucket(BUCKET);
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            writers.add(new Thread(() -> write(http, number), "writer-" + i));
        }
        writers.forEach(Thread::start);
        return writers;
    }

    /** Until nobody listens any more. */
    private void write(SignedHttp http, int writer) {
        for (int i = 0; true; i++) {
            String key = writer + "-" + i;
            TestBody body = new TestBody(i % 3 == 0 ? SIZE : SIZE / 10, writer * 1_000_000L + i);
            DurabilityLedger.Write put = ledger.beginPut(key, body.sha256());
            try {
                int status = http.put(BUCKET, key, body);
                if (status == 200) {
                    put.acknowledged();
                } else {
                    put.inDoubt();
                }
                if (status != 200 && status != 503) {
                    wrong.add(key + ": " + status);
                }
            } catch (ConnectException refused) {
                return;
            } catch (IOException closedBeforeTheAnswer) {
                // the outcome is unknown, and a new connection will tell whether the server is gone
            }
        }
    }
}
