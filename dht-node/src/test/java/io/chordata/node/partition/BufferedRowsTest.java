package io.chordata.node.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ColdReadException;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimRandom;
import io.chordata.node.sim.SimRecordDisk;
import io.chordata.node.sim.SimRecordStore;
import io.chordata.node.sim.SimScheduler;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BufferedRowsTest {
    private static final PartitionId PARTITION = new PartitionId(9);

    @Test
    void random_changes_and_scans_agree_with_plain_rows() {
        for (long seed = 1; seed <= 500; seed++) {
            compare(new SimRandom(seed), seed);
        }
    }

    private static void compare(SimRandom random, long seed) {
        SimScheduler scheduler = new SimScheduler(seed);
        SimRecordStore store = new SimRecordStore(new SimRecordDisk(), scheduler, new SimLoops(scheduler, 1));
        MemoryRows plain = new MemoryRows(PARTITION);
        RecordBatch stored = new RecordBatch();
        for (int i = 0; i < 15; i++) {
            byte[] key = key(random);
            int table = table(random);
            plain.put(table, key, new byte[] {(byte) i});
            stored.put(Family.STATE, PartitionKeys.row(PARTITION, 0, table, key), new byte[] {(byte) i});
        }
        store.write(stored, Durability.REPLAYED);
        scheduler.runUntilIdle(100);
        BufferedRows buffered = new BufferedRows(new PartitionRows(PARTITION, 0, store, ReadTier.DISK));
        for (int i = 0; i < 25; i++) {
            change(random, buffered, plain);
            byte[] key = key(random);
            assertThat(buffered.get(0, key)).as("seed %d", seed).isEqualTo(plain.get(0, key));
            byte[] from = key(random);
            byte[] to = random.chance(0.3) ? null : key(random);
            if (to == null || Arrays.compareUnsigned(from, to) <= 0) {
                byte[] target = key(random);
                int seekAt = random.nextInt(5);
                int table = table(random);
                assertThat(list(buffered.scan(table, from, to), seekAt, target))
                        .as("seed %d", seed)
                        .isEqualTo(list(plain.scan(table, from, to), seekAt, target));
            }
        }
    }

    private static void change(SimRandom random, BufferedRows buffered, MemoryRows plain) {
        byte[] key = key(random);
        int table = table(random);
        if (random.chance(0.5)) {
            buffered.delete(table, key);
            plain.delete(table, key);
        } else {
            byte[] value = random.nextBytes(random.nextInt(3));
            buffered.put(table, key, value);
            plain.put(table, key, value);
        }
    }

    private static int table(SimRandom random) {
        return random.chance(0.8) ? 0 : 255;
    }

    private static byte[] key(SimRandom random) {
        byte[] key = new byte[random.nextInt(3)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) * 85);
        }
        return key;
    }

    private static String list(StateMachine.RowCursor cursor, int seekAt, byte[] target) {
        StringBuilder seen = new StringBuilder();
        try (cursor) {
            for (int i = 0; ; i++) {
                if (i == seekAt) {
                    cursor.seek(target);
                }
                if (!cursor.next()) {
                    return seen.toString();
                }
                seen.append(HexFormat.of().formatHex(cursor.key()))
                        .append('=')
                        .append(HexFormat.of().formatHex(cursor.value()))
                        .append(' ');
            }
        }
    }

    @Test
    void rows_changed_during_a_scan_are_seen_as_changed() {
        SimScheduler scheduler = new SimScheduler(1);
        SimRecordStore store = new SimRecordStore(new SimRecordDisk(), scheduler, new SimLoops(scheduler, 1));
        BufferedRows rows = new BufferedRows(new PartitionRows(PARTITION, 0, store, ReadTier.DISK));
        rows.put(1, new byte[] {1}, new byte[] {1});
        rows.put(1, new byte[] {3}, new byte[] {3});
        try (StateMachine.RowCursor cursor = rows.scan(1, new byte[0], null)) {
            assertThat(cursor.next()).isTrue();
            rows.delete(1, cursor.key());
            rows.put(1, new byte[] {2}, new byte[] {2});
            rows.delete(1, new byte[] {3});
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.value()).containsExactly(2);
            assertThat(cursor.next()).isFalse();
        }
    }

    @Test
    void scan_on_the_loop_is_cold_at_once() {
        SimScheduler scheduler = new SimScheduler(1);
        SimRecordStore store = new SimRecordStore(new SimRecordDisk(), scheduler, new SimLoops(scheduler, 1));
        BufferedRows rows = new BufferedRows(new PartitionRows(PARTITION, 0, store, ReadTier.MEMORY));
        assertThatThrownBy(() -> rows.scan(1, new byte[0], null)).isInstanceOf(ColdReadException.class);
    }

    @Test
    void keys_of_the_store_have_the_documented_bytes() {
        assertThat(HexFormat.of().formatHex(PartitionKeys.hardState(PARTITION))).isEqualTo("000000090000000000000000");
        assertThat(HexFormat.of().formatHex(PartitionKeys.logEntry(PARTITION, 258)))
                .isEqualTo("000000090000000000000102");
        assertThat(HexFormat.of().formatHex(PartitionKeys.row(PARTITION, 3, 7, new byte[] {0x61})))
                .isEqualTo("0000000900000000000000030761");
        assertThat(HexFormat.of().formatHex(PartitionKeys.tableEnd(PARTITION, 3, 255)))
                .isEqualTo("000000090000000000000004");
    }
}
