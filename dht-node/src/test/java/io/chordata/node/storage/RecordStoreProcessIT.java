package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process of its own writes numbered rows and notes the number of the last one that was acknowledged as synced. It is
 * killed, or runs into a full file; then the rows are counted here.
 */
class RecordStoreProcessIT {
    private static final int KILLS = Integer.getInteger("chordata.recordStoreKills", 5);
    private static final long SEED = Long.getLong("chordata.seed", 1);
    private static final int WINDOW = 16;
    private static final int FAILED_FOR_EVER = 7;

    /** Of 512 bytes, 40 MiB in all: RocksDB's own library, which is unpacked into a file, still fits. */
    private static final int FILE_BLOCKS_MAX = 40 << 11;

    private static final TestLoops LOOPS = new TestLoops();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterAll
    static void stopLoops() {
        LOOPS.close();
    }

    @Test
    void process_killed_at_any_moment_loses_nothing_that_was_acknowledged() throws Exception {
        SimRandom random = new SimRandom(SEED);
        int rows = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int wanted = rows + 1 + random.nextInt(3000);
            Process writer = start("exec");
            try {
                awaitAcknowledged(writer, wanted);
            } finally {
                writer.destroyForcibly().waitFor();
            }
            int acknowledged = acknowledged();
            rows = countAfterRestart();
            assertThat(rows).as("seed %d, kill %d", SEED, kill).isGreaterThanOrEqualTo(acknowledged);
        }
    }

    @Test
    void write_that_the_system_refuses_fails_the_store_for_ever_and_loses_nothing() throws Exception {
        Process writer = start("ulimit -f " + FILE_BLOCKS_MAX + " && exec");
        try {
            assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(writer.exitValue())
                .as(Files.readString(directory.resolve("output")))
                .isEqualTo(FAILED_FOR_EVER);
        assertThat(acknowledged()).isPositive();
        assertThat(countAfterRestart()).isGreaterThanOrEqualTo(acknowledged());
    }

    private Process start(String shellPrefix) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        shellPrefix + " \"$0\" -Xmx128m -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                        java,
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
    }

    private void awaitAcknowledged(Process writer, int rows) throws IOException, InterruptedException {
        while (acknowledged() < rows) {
            assertThat(writer.waitFor(1, TimeUnit.MILLISECONDS))
                    .as("the writer ended early, see its output: %s", directory.resolve("output"))
                    .isFalse();
        }
    }

    private int acknowledged() throws IOException {
        Path file = Writer.acknowledgements(directory);
        return Files.exists(file) && Files.size(file) == Integer.BYTES
                ? ByteBuffer.wrap(Files.readAllBytes(file)).getInt()
                : 0;
    }

    private int countAfterRestart() {
        try (RocksRecordStore store = Writer.open(directory, LOOPS)) {
            return Writer.count(store);
        }
    }

    /** The process that writes. */
    static final class Writer {
        /** Nothing is flushed for long, so that a restart reads the log. */
        private static final RecordStoreOptions LONG_LOG = RecordStoreOptions.ofMemory(768 << 20);

        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Path directory = Path.of(arguments[0]);
            TestLoops loops = new TestLoops();
            RocksRecordStore store = open(directory, loops);
            try (FileChannel acknowledgements = FileChannel.open(
                    acknowledgements(directory), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                writeForEver(store, acknowledgements);
            } catch (StoreFailedException e) {
                requireFailed(store);
                Runtime.getRuntime().halt(FAILED_FOR_EVER);
            }
        }

        private static void writeForEver(RecordStore store, FileChannel acknowledgements) throws IOException {
            SimRandom random = new SimRandom(SEED);
            int rows = count(store);
            while (true) {
                List<Future<Void>> window = new ArrayList<>();
                for (int i = 0; i < WINDOW; i++) {
                    Durability durability =
                            i == WINDOW - 1 || random.chance(0.5) ? Durability.SYNCED : Durability.ORDERED;
                    byte[] value = ByteBuffer.allocate(Integer.BYTES + random.nextInt(4000))
                            .putInt(rows)
                            .array();
                    window.add(store.write(new RecordBatch().put(Family.NODE, key(rows++), value), durability));
                }
                TestLoops.await(Future.all(window));
                acknowledgements.write(ByteBuffer.wrap(key(rows)), 0);
            }
        }

        private static void requireFailed(RecordStore store) {
            for (Durability durability : Durability.values()) {
                assertThat(store.write(new RecordBatch(), durability).cause()).isInstanceOf(StoreFailedException.class);
            }
            assertThat(store.flush().cause()).isInstanceOf(StoreFailedException.class);
            assertThatThrownBy(() -> store.get(Family.NODE, key(0), ReadTier.DISK))
                    .isInstanceOf(StoreFailedException.class);
        }

        static RocksRecordStore open(Path directory, TestLoops loops) {
            return RocksRecordStore.open(directory.resolve("records"), LONG_LOG, loops, RecordStoreObserver.NONE);
        }

        static Path acknowledgements(Path directory) {
            return directory.resolve("acknowledged");
        }

        /** How many rows there are; fails unless they are 0, 1, 2, …. */
        static int count(RecordStore store) {
            int rows = 0;
            try (Cursor cursor = store.scan(Family.NODE, new byte[0], null)) {
                while (cursor.next()) {
                    assertThat(ByteBuffer.wrap(cursor.key()).getInt()).isEqualTo(rows);
                    assertThat(ByteBuffer.wrap(cursor.value()).getInt()).isEqualTo(rows);
                    rows++;
                }
            }
            return rows;
        }

        private static byte[] key(int number) {
            return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
        }
    }
}
