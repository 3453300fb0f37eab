package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A byte of each block on one node's disk is another one: nobody is given it, the copy is counted and made whole again. */
final class FlippedBytes {
    private static final String BUCKET = "flips";
    private static final int KEYS = 10;
    private static final int BYTES = 200_000;
    /** Long enough to be found in a file by. */
    private static final int PATTERN_BYTES = 48;

    private static final Pattern CORRUPT =
            Pattern.compile("^chordata_blocks_corrupt_total(?:\\{[^}]*})? ([0-9.E]+)$", Pattern.MULTILINE);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ClusterProcesses cluster;
    private final int node;
    private final SignedHttp http;
    /** How long the files were before: what others stored there may be more than fits into memory. */
    private final Map<Path, Long> begins = new HashMap<>();

    /** What was appended to a file. */
    private record Tail(Path file, long begin, byte[] bytes) {}

    /** @param node whose disk it is */
    FlippedBytes(ClusterProcesses cluster, int node) {
        this.cluster = cluster;
        this.node = node;
        this.http = new SignedHttp(cluster.process(node));
    }

    void flipAndRead() throws IOException {
        http.awaitBucket(BUCKET);
        segments().forEach(file -> begins.put(file, file.toFile().length()));
        for (int key = 0; key < KEYS; key++) {
            assertThat(http.put(BUCKET, "k" + key, body(key))).isEqualTo(200);
        }
        Await.until("all blocks on the node's disk", DEADLINE, () -> wholeCopies() == KEYS);
        double before = corrupt();

        for (int key = 0; key < KEYS; key++) {
            flip(key);
        }
        assertThat(wholeCopies()).isZero();
        for (int key = 0; key < KEYS; key++) {
            assertThat(http.sha256(BUCKET, "k" + key)).contains(body(key).sha256());
        }

        Await.until("all copies are whole again" + cluster.logs(), DEADLINE, () -> wholeCopies() == KEYS);
        assertThat(corrupt() - before).isGreaterThanOrEqualTo(KEYS);
        Figures.note(KEYS + " blocks with a flipped byte on one of " + cluster.count()
                + " nodes: none served, all counted and whole again after one read of each");
    }

    private static TestBody body(int key) {
        return new TestBody(BYTES, 7_000 + key);
    }

    private long wholeCopies() {
        List<Tail> tails = segments().map(this::read).toList();
        return IntStream.range(0, KEYS)
                .filter(key -> tails.stream().anyMatch(tail -> place(tail.bytes(), pattern(key)) >= 0))
                .count();
    }

    private void flip(int key) {
        byte[] pattern = pattern(key);
        segments().map(this::read).forEach(tail -> {
            int place = place(tail.bytes(), pattern);
            if (place >= 0) {
                overwrite(tail.file(), tail.begin() + place, (byte) (pattern[0] ^ 1));
            }
        });
    }

    /** From the middle of the body. */
    private static byte[] pattern(int key) {
        return Arrays.copyOfRange(body(key).bytes(), BYTES / 2, BYTES / 2 + PATTERN_BYTES);
    }

    private Stream<Path> segments() {
        try (Stream<Path> files = Files.walk(cluster.data(node).resolve("blocks"))) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tail read(Path file) {
        long begin = begins.getOrDefault(file, 0L);
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(begin);
            return new Tail(file, begin, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int place(byte[] file, byte[] pattern) {
        for (int i = 0; i <= file.length - pattern.length; i++) {
            if (file[i] == pattern[0] && Arrays.equals(file, i, i + pattern.length, pattern, 0, pattern.length)) {
                return i;
            }
        }
        return -1;
    }

    private static void overwrite(Path file, long place, byte value) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {value}), place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double corrupt() {
        Matcher found = CORRUPT.matcher(cluster.process(node).adminGet("/metrics"));
        assertThat(found.find()).as("a metric of corrupt blocks").isTrue();
        return Double.parseDouble(found.group(1));
    }
}
