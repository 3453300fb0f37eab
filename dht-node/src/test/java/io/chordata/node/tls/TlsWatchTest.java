package io.chordata.node.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Clock;
import io.chordata.node.process.Await;
import io.chordata.node.rpc.TestCertificates;
import io.chordata.node.runtime.SystemClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String MISTAKE = "no certificate";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final List<Boolean> changes = new CopyOnWriteArrayList<>();
    private final List<TlsMaterial> used = new CopyOnWriteArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();
    private TestCertificates authority;
    private TlsOptions files;
    private TlsWatch watch;

    /** Is asked once by each look, before that reads the files. */
    private final class LooksClock implements Clock {
        private final Clock clock = new SystemClock();

        @Override
        public long monotonicNanos() {
            return clock.monotonicNanos();
        }

        @Override
        public long wallMillis() {
            looks.incrementAndGet();
            return clock.wallMillis();
        }
    }

    @BeforeEach
    void open() throws TlsFilesException {
        authority = new TestCertificates(folder);
        files = authority.issue("used").files();
        watch = TlsWatch.open(vertx, new LooksClock(), "s3", files, changes::add);
        watch.start(20, watch.material(), newer -> {
            used.add(newer);
            return Future.succeededFuture();
        });
    }

    @AfterEach
    void close() throws Exception {
        watch.stop();
        vertx.close().await();
    }

    private void replaceBy(TlsOptions newer, boolean alsoKey) throws IOException {
        if (alsoKey) {
            move(newer.keyPath(), files.keyPath());
        }
        move(newer.certificatePath(), files.certificatePath());
    }

    private static void move(String from, String to) throws IOException {
        Files.move(Path.of(from), Path.of(to), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void awaitChanges(Boolean... wanted) {
        Await.until("changes " + List.of(wanted), PATIENCE, () -> changes.size() >= wanted.length);
        assertThat(changes).containsExactly(wanted);
    }

    @Test
    void certificate_thatIsReplaced_isUsed() throws IOException {
        TlsMaterial before = watch.material();
        replaceBy(authority.issue("newer").files(), true);

        Await.until("the newer one", PATIENCE, () -> changes.contains(true));
        assertThat(used).hasSize(1).doesNotContain(before);
        assertThat(watch.material())
                .isSameAs(used.get(0))
                .hasToString(used.get(0).toString());
        assertThat(watch.material().toString()).contains("CN=newer");
    }

    @Test
    void certificate_thatCannotBeUsed_leavesTheOneBefore() throws IOException {
        TlsMaterial before = watch.material();
        replaceBy(
                authority
                        .issue("expired", List.of("node.chordata"), TestCertificates.past())
                        .files(),
                true);
        awaitChanges(false);
        assertThat(watch.material()).isSameAs(before);

        Files.writeString(Path.of(files.certificatePath()), MISTAKE);
        awaitChanges(false, false);
        assertThat(watch.material()).isSameAs(before);
        assertThat(used).isEmpty();

        replaceBy(authority.issue("newer").files(), true);
        Await.until("the newer one", PATIENCE, () -> !used.isEmpty() && changes.contains(true));
        assertThat(watch.material()).isSameAs(used.get(0));
    }

    /** Returns once it has looked at files that were there before. */
    private void awaitLook() {
        int before = looks.get();
        Await.until("a further look", PATIENCE, () -> looks.get() > before + 1);
    }

    @Test
    void mistake_madeAgainAfterTheFilesWereAsBefore_isToldAgain() throws IOException {
        Path certificate = Path.of(files.certificatePath());
        String good = Files.readString(certificate);
        Files.writeString(certificate, MISTAKE);
        awaitChanges(false);
        awaitLook();
        assertThat(changes).containsExactly(false);

        Files.writeString(certificate, good);
        awaitLook();
        Files.writeString(certificate, MISTAKE);

        awaitChanges(false, false);
    }

    /** As a node opens its internal port anew when it has found its cluster. */
    @Test
    void port_openedAnewWhileTheOneBeforeTakesACertificate_getsItToo() throws IOException {
        TlsMaterial before = watch.material();
        Promise<Void> taking = Promise.promise();
        List<TlsMaterial> usedAnew = new CopyOnWriteArrayList<>();
        watch.start(20, before, newer -> {
            used.add(newer);
            return taking.future();
        });
        replaceBy(authority.issue("newer").files(), true);
        Await.until("the port to be told", PATIENCE, () -> !used.isEmpty());

        watch.start(20, before, newer -> {
            usedAnew.add(newer);
            return Future.succeededFuture();
        });
        taking.complete();

        Await.until("the new one to be told", PATIENCE, () -> !usedAnew.isEmpty() && changes.contains(true));
        assertThat(watch.material()).isSameAs(usedAnew.get(0));
        assertThat(changes).containsExactly(true);
    }

    @Test
    void time_thatIsLeft_isThatOfTheCertificateInUse() {
        assertThat(watch.secondsLeft()).isBetween(3_000.0, 3_600.0);
    }
}
