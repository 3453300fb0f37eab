package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.sim.SimRandom;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power loss under the real store. The files of a living store are copied, and what its log holds beyond the last synced
 * byte is cut, zeroed or overwritten by seed; the copy is opened. Row n holds the number n; so what survives is a prefix
 * if it is 0, 1, 2, ….
 */
class RocksPowerLossTest {
    private static final int SEEDS = Integer.getInteger("chordata.powerLossSeeds", 200);
    private static final int SEEDS_PER_STORE = 25;
    private static final int SECTOR_BYTES = 512;
    private static final TestLoops LOOPS = new TestLoops();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterAll
    static void stopLoops() {
        LOOPS.close();
    }

    @Test
    void synced_rows_survive_and_what_survives_is_a_prefix() throws IOException {
        int torn = 0;
        int lostRows = 0;
        for (int first = 0; first < SEEDS; first += SEEDS_PER_STORE) {
            try (Life life = new Life(directory.resolve("store" + first))) {
                for (int seed = first; seed < Math.min(SEEDS, first + SEEDS_PER_STORE); seed++) {
                    SimRandom random = new SimRandom(seed);
                    life.writeSome(random);
                    Path copy = life.copy(directory.resolve("copy" + seed));
                    torn += tear(newestLog(copy), life.syncedLogBytes, random) ? 1 : 0;
                    lostRows += life.rows - verified(copy, life, seed);
                }
            }
        }
        assertThat(torn).as("seeds that tore something").isGreaterThan(SEEDS / 3);
        assertThat(lostRows).as("rows that were not synced and got lost").isGreaterThan(SEEDS / 3);
    }

    @Test
    void rot_before_the_last_synced_group_refuses_to_open_and_changes_nothing() throws IOException {
        try (Life life = new Life(directory.resolve("store"))) {
            for (int seed = 0; seed < 30; seed++) {
                SimRandom random = new SimRandom(seed);
                life.writeSome(random);
                life.write(Durability.SYNCED, random);
                long whole = life.syncedLogBytes;
                life.write(Durability.SYNCED, random);
                Path copy = life.copy(directory.resolve("copy" + seed));
                flipBit(newestLog(copy), random.nextLong(0, whole), random);
                Map<Path, ByteBuffer> before = contentOf(copy);
                assertThatThrownBy(() -> open(copy))
                        .as("seed %d", seed)
                        .isInstanceOf(RecordsDamagedException.class)
                        .hasMessageContaining("damaged at byte");
                assertThat(contentOf(copy)).as("seed %d", seed).isEqualTo(before);
            }
        }
    }

    @Test
    void rot_in_the_last_group_before_a_clean_close_refuses_to_open() throws IOException {
        Path store = directory.resolve("store");
        SimRandom random = new SimRandom(1);
        long whole;
        try (Life life = new Life(store)) {
            life.writeSome(random);
            life.write(Durability.SYNCED, random);
            whole = life.syncedLogBytes;
        }
        flipBit(newestLog(store), whole - 10, random);
        assertThatThrownBy(() -> open(store)).isInstanceOf(RecordsDamagedException.class);
    }

    @Test
    void rot_in_the_last_synced_group_of_a_killed_process_refuses_to_open_and_changes_nothing() throws IOException {
        Path copy = killedAfterSync(new SimRandom(2));
        flipBit(newestLog(copy), Files.size(newestLog(copy)) - 10, new SimRandom(3));
        refusesAndChangesNothing(copy);
    }

    @Test
    void log_that_is_gone_empty_or_cut_refuses_to_open_and_changes_nothing() throws IOException {
        Path copy = killedAfterSync(new SimRandom(4));
        Path log = newestLog(copy);
        byte[] whole = Files.readAllBytes(log);
        for (int left : new int[] {whole.length - 1, whole.length / 2, 0}) {
            Files.write(log, Arrays.copyOf(whole, left));
            refusesAndChangesNothing(copy);
        }
        Files.delete(log);
        refusesAndChangesNothing(copy);
        Files.write(log, whole);
        open(copy).close();
    }

    @Test
    void witness_that_is_torn_or_gone_proves_nothing() throws IOException {
        Path copy = killedAfterSync(new SimRandom(5));
        Files.write(copy.resolve("synced"), new byte[] {1, 2, 3});
        open(copy).close();
        Files.delete(copy.resolve("synced"));
        open(copy).close();
    }

    private Path killedAfterSync(SimRandom random) throws IOException {
        try (Life life = new Life(directory.resolve("living"))) {
            life.writeSome(random);
            life.write(Durability.SYNCED, random);
            return life.copy(directory.resolve("killed"));
        }
    }

    private static void refusesAndChangesNothing(Path store) throws IOException {
        Map<Path, ByteBuffer> before = contentOf(store);
        assertThatThrownBy(() -> open(store))
                .isInstanceOf(RecordsDamagedException.class)
                .hasMessageContaining("main");
        assertThat(contentOf(store)).isEqualTo(before);
    }

    @Test
    void log_file_that_is_missing_between_others_refuses_to_open() throws IOException {
        Path store = directory.resolve("store");
        Path copy = directory.resolve("copy");
        try (RocksRecordStore life = open(store)) {
            // Large enough rows in two families by turns to fill memory tables and switch logs, with one left
            // unflushed.
            for (int i = 0; logsOf(store).size() < 3; i++) {
                Family family = i % 2 == 0 ? Family.LOG : Family.BLOCKS;
                TestLoops.await(
                        life.write(new RecordBatch().put(family, key(i), new byte[100_000]), Durability.SYNCED));
                TestLoops.await(life.write(new RecordBatch().put(Family.NODE, key(i), new byte[1]), Durability.SYNCED));
            }
            TestFiles.copyOfOneMoment(store, copy);
        }
        TestFiles.copyTree(copy, directory.resolve("intact"));
        open(directory.resolve("intact")).close();
        Files.delete(logsOf(copy).get(1));
        assertThatThrownBy(() -> open(copy)).isInstanceOf(RecordsDamagedException.class);
    }

    @Test
    void log_of_many_lives_has_no_gap() {
        Path store = directory.resolve("store");
        for (int life = 0; life < 8; life++) {
            try (RocksRecordStore opened = open(store)) {
                assertThat(count(opened)).isEqualTo(life * 3);
                for (int i = 0; i < 3; i++) {
                    TestLoops.await(opened.write(
                            new RecordBatch().put(Family.NODE, key(life * 3 + i), key(life * 3 + i)),
                            Durability.SYNCED));
                }
                Path copy = directory.resolve("killed" + life);
                TestFiles.copyOfOneMoment(store, copy);
                try (RocksRecordStore killed = open(copy)) {
                    assertThat(count(killed)).isEqualTo(life * 3 + 3);
                }
            }
        }
    }

    /** Damages the log behind its first {@code synced} bytes; false if there is nothing behind. */
    private static boolean tear(Path log, long synced, SimRandom random) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            long end = file.length();
            if (end == synced) {
                return false;
            }
            switch (random.nextInt(4)) {
                case 0 -> file.setLength(random.nextLong(synced, end));
                case 1 -> {
                    zeroSectors(file, synced, random);
                    file.setLength(random.nextLong(synced, end));
                }
                case 2 -> zeroSectors(file, synced, random);
                default -> {
                    file.seek(random.nextLong(synced, end));
                    file.write(random.nextBytes(1 + random.nextInt(100)));
                }
            }
            return true;
        }
    }

    /** Sectors that did not reach the disk, while later ones did. */
    private static void zeroSectors(RandomAccessFile file, long synced, SimRandom random) throws IOException {
        for (long at = synced; at < file.length(); at += SECTOR_BYTES - at % SECTOR_BYTES) {
            if (random.chance(0.3)) {
                file.seek(at);
                file.write(new byte[(int) Math.min(SECTOR_BYTES - at % SECTOR_BYTES, file.length() - at)]);
            }
        }
    }

    private static void flipBit(Path log, long at, SimRandom random) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(at);
            int old = file.read();
            file.seek(at);
            file.write(old ^ 1 << random.nextInt(Byte.SIZE));
        }
    }

    /** Returns how many rows survived. */
    private static int verified(Path copy, Life life, int seed) {
        try (RocksRecordStore store = open(copy)) {
            int survivors = count(store);
            assertThat(survivors).as("seed %d, of %d rows", seed, life.rows).isBetween(life.syncedRows, life.rows);
            TestLoops.await(
                    store.write(new RecordBatch().put(Family.NODE, key(survivors), key(survivors)), Durability.SYNCED));
            assertThat(count(store)).as("seed %d", seed).isEqualTo(survivors + 1);
            return survivors;
        }
    }

    /** How many rows there are; fails unless they are 0, 1, 2, …. */
    private static int count(RecordStore store) {
        int rows = 0;
        try (Cursor cursor = store.scan(Family.NODE, new byte[0], null)) {
            while (cursor.next()) {
                assertThat(ByteBuffer.wrap(cursor.key()).getInt()).as("row").isEqualTo(rows);
                assertThat(ByteBuffer.wrap(cursor.value()).getInt()).as("value").isEqualTo(rows);
                rows++;
            }
        }
        return rows;
    }

    private static RocksRecordStore open(Path directory) {
        return RocksRecordStore.open(directory, RecordStoreOptions.DEFAULT, LOOPS, RecordStoreObserver.NONE);
    }

    private static byte[] key(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    private static Path newestLog(Path store) {
        List<Path> logs = logsOf(store);
        return logs.get(logs.size() - 1);
    }

    private static List<Path> logsOf(Path store) {
        return TestFiles.tree(store.resolve("main")).stream()
                .filter(file -> file.toString().endsWith(".log"))
                .toList();
    }

    /** All but what RocksDB notes about itself. */
    private static Map<Path, ByteBuffer> contentOf(Path store) throws IOException {
        Map<Path, ByteBuffer> content = new TreeMap<>();
        for (Path file : TestFiles.tree(store.resolve("main"))) {
            if (Files.isRegularFile(file) && !file.getFileName().toString().startsWith("LOG")) {
                content.put(file, ByteBuffer.wrap(Files.readAllBytes(file)));
            }
        }
        return content;
    }

    /** A living store, and what was promised about it. */
    private static final class Life implements AutoCloseable {
        private final Path directory;
        private final RocksRecordStore store;
        private int rows;
        private int syncedRows;
        private long syncedLogBytes;

        Life(Path directory) {
            this.directory = directory;
            this.store = open(directory);
        }

        void writeSome(SimRandom random) throws IOException {
            int batches = 1 + random.nextInt(8);
            for (int i = 0; i < batches; i++) {
                write(random.chance(0.3) ? Durability.SYNCED : Durability.ORDERED, random);
            }
        }

        void write(Durability durability, SimRandom random) throws IOException {
            byte[] value = Arrays.copyOf(key(rows), Integer.BYTES + random.nextInt(random.chance(0.1) ? 70_000 : 900));
            TestLoops.await(store.write(new RecordBatch().put(Family.NODE, key(rows), value), durability));
            rows++;
            if (durability == Durability.SYNCED) {
                syncedRows = rows;
                syncedLogBytes = Files.size(newestLog(directory));
            }
        }

        Path copy(Path to) {
            TestFiles.copyOfOneMoment(directory, to);
            return to;
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
