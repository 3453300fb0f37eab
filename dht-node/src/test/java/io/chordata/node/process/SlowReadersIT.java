package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.sigv4.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Slow readers of an object that is overwritten and deleted meanwhile: a body received whole is exactly one version. */
class SlowReadersIT {
    @RegisterExtension
    static final ChordataServer SERVER = ChordataServer.measured();

    private static final int READERS = 16;
    private static final int VERSIONS = 3;
    private static final long SIZE = 200L << 20;
    private static final int PIECE_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE_PER_PIECE = Duration.ofMillis(30);

    private final SignedHttp http = new SignedHttp(SERVER.process());
    private final ConcurrentLinkedQueue<String> whole = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> broken = new ConcurrentLinkedQueue<>();
    private final AtomicInteger missing = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(READERS);
    private final AtomicBoolean writing = new AtomicBoolean(true);

    @Test
    void readers_whileTheObjectIsOverwrittenAndDeleted_receiveExactlyOneVersion() throws Exception {
        http.makeBucket("slow");
        put(0);
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(new Thread(this::readWhileWriting, "reader-" + i));
        }
        readers.forEach(Thread::start);
        assertThat(begun.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        for (int version = 1; version < VERSIONS; version++) {
            put(version);
            assertThat(http.delete("slow", "object")).isEqualTo(204);
            put(version);
        }
        writing.set(false);
        for (Thread reader : readers) {
            reader.join();
        }

        Map<String, Integer> versions = new TreeMap<>();
        for (int version = 0; version < VERSIONS; version++) {
            versions.put(new TestBody(SIZE, version).sha256(), version);
        }
        assertThat(broken).isEmpty();
        assertThat(whole).hasSizeGreaterThanOrEqualTo(READERS).allMatch(versions::containsKey);
        assertThat(whole.stream().map(versions::get).distinct().count()).isGreaterThan(1);
        Figures.note("slow readers: " + whole.size() + " bodies of 200 MiB received whole, each exactly one of "
                + VERSIONS + " versions; " + missing.get() + " answers 404, 0 broken");
    }

    private void put(int version) throws IOException {
        assertThat(http.put("slow", "object", new TestBody(SIZE, version))).isEqualTo(200);
    }

    /** Its first read begins before the first overwriting, its last after all is written: so it meets two versions at least. */
    private void readWhileWriting() {
        boolean isLast = false;
        while (!isLast) {
            isLast = !writing.get();
            try {
                HttpResponse<InputStream> answer = http.get("slow", "object");
                begun.countDown();
                try (InputStream body = answer.body()) {
                    if (answer.statusCode() == 200) {
                        whole.add(readSlowly(body));
                    } else {
                        assertThat(answer.statusCode()).isEqualTo(404);
                        missing.incrementAndGet();
                        Await.pass(PAUSE_PER_PIECE);
                    }
                }
            } catch (IOException | AssertionError e) {
                broken.add(String.valueOf(e));
            }
        }
    }

    private static String readSlowly(InputStream body) throws IOException {
        MessageDigest digest = sha256();
        byte[] piece = new byte[PIECE_BYTES];
        for (int read = body.readNBytes(piece, 0, PIECE_BYTES);
                read > 0;
                read = body.readNBytes(piece, 0, PIECE_BYTES)) {
            digest.update(piece, 0, read);
            Await.pass(PAUSE_PER_PIECE);
        }
        return Hex.of(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
