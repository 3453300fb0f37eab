package io.chordata.node.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.ColdReadException;
import io.chordata.node.core.Loop;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.StoreFailedException;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every {@link RecordStore} promises. The real one and the simulated one both pass. */
abstract class RecordStoreContract {
    /** The store under test, opened anew for each test. */
    abstract RecordStore store();

    /** Lets time pass until the future is settled, and returns its result or throws its failure. */
    abstract <T> T await(Future<T> future);

    /** Runs the task on a loop of the store's process. */
    abstract void onLoop(java.util.function.Consumer<Loop> task);

    /** The process dies between two steps, the machine stays up or not; the store is opened again. */
    abstract void crash();

    /** The store is closed and opened again. */
    abstract void reopen();

    /** Makes the next MEMORY read of any key a cold one, whatever that takes. */
    abstract void chill();

    @Test
    void key_that_was_never_written_has_no_value() {
        assertThat(value(Family.NODE, "absent")).isNull();
    }

    @Test
    void row_written_in_each_family_is_read_back_from_that_family_only() {
        for (Family family : Family.values()) {
            write(new RecordBatch().put(family, bytes("key"), bytes("of " + family)));
        }
        for (Family family : Family.values()) {
            assertThat(value(family, "key")).isEqualTo("of " + family);
        }
    }

    @Test
    void empty_value_is_a_value_and_an_empty_batch_completes() {
        write(new RecordBatch().put(Family.NODE, bytes("key"), new byte[0]));
        await(store().write(new RecordBatch(), Durability.SYNCED));
        assertThat(value(Family.NODE, "key")).isEmpty();
    }

    @Test
    void changes_of_a_batch_apply_in_the_order_given() {
        write(new RecordBatch()
                .put(Family.LOG, bytes("a"), bytes("first"))
                .delete(Family.LOG, bytes("a"))
                .put(Family.LOG, bytes("a"), bytes("last"))
                .put(Family.LOG, bytes("b"), bytes("gone"))
                .deleteRange(Family.LOG, bytes("b"), bytes("c"))
                .put(Family.BLOCKS, bytes("b"), bytes("elsewhere")));
        assertThat(rows(Family.LOG, "", null)).containsExactly("a=last");
        assertThat(rows(Family.BLOCKS, "", null)).containsExactly("b=elsewhere");
    }

    @Test
    void delete_range_takes_its_first_key_and_leaves_its_last() {
        for (Family family : Family.values()) {
            fill(family, "a", "b", "c", "d");
            write(new RecordBatch().deleteRange(family, bytes("b"), bytes("d")));
            assertThat(keys(family, "", null)).containsExactly("a", "d");
            assertThat(value(family, "c")).isNull();
        }
    }

    @Test
    void delete_range_that_is_empty_or_ends_before_it_begins_deletes_nothing() {
        fill(Family.LOG, "a", "b", "c");
        write(new RecordBatch()
                .deleteRange(Family.LOG, bytes("b"), bytes("b"))
                .deleteRange(Family.LOG, bytes("c"), bytes("a")));
        assertThat(keys(Family.LOG, "", null)).containsExactly("a", "b", "c");
    }

    @Test
    void row_written_after_its_range_was_deleted_is_there() {
        fill(Family.STATE, "a", "b");
        write(new RecordBatch().deleteRange(Family.STATE, bytes("a"), bytes("z")));
        fill(Family.STATE, "b");
        assertThat(keys(Family.STATE, "", null)).containsExactly("b");
        assertThat(value(Family.STATE, "a")).isNull();
    }

    @Test
    void scan_follows_unsigned_bytes_and_keeps_within_its_bounds() {
        RecordBatch batch = new RecordBatch();
        for (int b : new int[] {0xff, 0x80, 0x7f, 0x00}) {
            batch.put(Family.BLOCKS, new byte[] {(byte) b}, new byte[] {(byte) b});
        }
        batch.put(Family.BLOCKS, new byte[] {0x7f, 0}, bytes("longer"));
        write(batch);
        List<Integer> seen = new ArrayList<>();
        try (Cursor cursor = store().scan(Family.BLOCKS, new byte[] {0x7f}, new byte[] {(byte) 0xff})) {
            while (cursor.next()) {
                seen.add((cursor.key()[0] & 0xff) * 10 + cursor.key().length);
            }
            assertThat(cursor.next()).isFalse();
        }
        assertThat(seen).containsExactly(0x7f * 10 + 1, 0x7f * 10 + 2, 0x80 * 10 + 1);
    }

    @Test
    void scan_of_an_empty_range_has_no_rows() {
        fill(Family.NODE, "a", "b");
        assertThat(keys(Family.NODE, "b", "b")).isEmpty();
        assertThat(keys(Family.NODE, "c", null)).isEmpty();
        assertThat(keys(Family.NODE, "", "a")).isEmpty();
    }

    @Test
    void seek_goes_forward_to_the_key_or_the_next_and_never_back() {
        fill(Family.STATE, "a", "c", "e", "g");
        try (Cursor cursor = store().scan(Family.STATE, bytes("b"), bytes("g"))) {
            cursor.seek(bytes("a"));
            assertThat(next(cursor)).isEqualTo("c");
            cursor.seek(bytes("a"));
            assertThat(next(cursor)).isEqualTo("e");
            cursor.seek(bytes("e"));
            assertThat(next(cursor)).isNull();
        }
        try (Cursor cursor = store().scan(Family.STATE, bytes(""), null)) {
            cursor.seek(bytes("d"));
            cursor.seek(bytes("b"));
            assertThat(next(cursor)).isEqualTo("e");
            cursor.seek(bytes("z"));
            assertThat(next(cursor)).isNull();
        }
    }

    @Test
    void scan_and_snapshot_show_the_moment_they_were_taken() {
        fill(Family.STATE, "a", "b");
        fill(Family.LOG, "entry");
        try (Cursor cursor = store().scan(Family.STATE, bytes(""), null);
                RecordStore.Snapshot snapshot = store().snapshot()) {
            fill(Family.STATE, "aa");
            write(new RecordBatch().delete(Family.STATE, bytes("b")));
            write(new RecordBatch().delete(Family.LOG, bytes("entry")));
            assertThat(next(cursor)).isEqualTo("a");
            assertThat(next(cursor)).isEqualTo("b");
            assertThat(next(cursor)).isNull();
            assertThat(keys(snapshot, Family.STATE, "", null)).containsExactly("a", "b");
            assertThat(value(snapshot, Family.STATE, "b")).isEqualTo("b");
            assertThat(value(snapshot, Family.LOG, "entry")).isEqualTo("entry");
        }
        assertThat(keys(Family.STATE, "", null)).containsExactly("a", "aa");
    }

    @Test
    void write_completes_on_the_loop_of_its_caller() {
        for (Durability durability : Durability.values()) {
            AtomicReference<@Nullable Future<Boolean>> outcome = new AtomicReference<>();
            onLoop(loop -> outcome.set(
                    store().write(batchFor(durability, "key"), durability).map(written -> loop.isCurrent())));
            assertThat(await(outcome)).as(durability.name()).isTrue();
        }
    }

    @Test
    void flush_completes_on_the_loop_of_its_caller() {
        AtomicReference<@Nullable Future<Boolean>> outcome = new AtomicReference<>();
        onLoop(loop -> outcome.set(store().flush().map(flushed -> loop.isCurrent())));
        assertThat(await(outcome)).isTrue();
    }

    @Test
    void writes_of_a_loop_complete_in_their_order() {
        for (Durability durability : Durability.values()) {
            List<Integer> completed = new ArrayList<>();
            List<Future<Void>> writes = new ArrayList<>();
            AtomicReference<@Nullable Future<Boolean>> all = new AtomicReference<>();
            onLoop(loop -> {
                for (int i = 0; i < 50; i++) {
                    int number = i;
                    writes.add(store().write(batchFor(durability, "k" + i), durability)
                            .onSuccess(done -> completed.add(number)));
                }
                all.set(Future.all(writes).map(done -> true));
            });
            await(all);
            assertThat(completed).as(durability.name()).hasSize(50).isSorted();
        }
    }

    @Test
    void batch_of_the_wrong_family_for_its_durability_is_refused() {
        RecordBatch log = new RecordBatch().put(Family.LOG, bytes("a"), bytes("a"));
        RecordBatch state = new RecordBatch().put(Family.STATE, bytes("a"), bytes("a"));
        assertThatThrownBy(() -> store().write(log, Durability.REPLAYED)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().write(state, Durability.SYNCED)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().write(state, Durability.ORDERED)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void cold_key_is_refused_in_memory_and_found_on_disk() {
        fill(Family.STATE, "a");
        fill(Family.NODE, "b");
        await(store().flush());
        chill();
        for (Family family : List.of(Family.STATE, Family.NODE)) {
            byte[] key = bytes(family == Family.STATE ? "a" : "b");
            assertThatThrownBy(() -> store().get(family, key, ReadTier.MEMORY)).isSameAs(ColdReadException.INSTANCE);
            assertThat(store().get(family, key, ReadTier.DISK)).isEqualTo(key);
        }
    }

    @Test
    void deleted_range_stays_deleted_for_cold_reads() {
        fill(Family.STATE, "a", "b", "c");
        await(store().flush());
        write(new RecordBatch().deleteRange(Family.STATE, bytes("a"), bytes("c")));
        await(store().flush());
        chill();
        assertThat(memoryOrDisk(Family.STATE, "a")).isNull();
        assertThat(memoryOrDisk(Family.STATE, "c")).isEqualTo("c");
    }

    @Test
    void synced_batches_survive_a_crash() {
        List<Future<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            writes.add(store().write(batchFor(Durability.SYNCED, "k" + (char) ('a' + i)), Durability.SYNCED));
        }
        await(Future.all(writes));
        crash();
        assertThat(keys(Family.NODE, "", null)).hasSize(20);
    }

    @Test
    void ordered_batches_survive_a_crash_up_to_some_point_but_not_beyond_a_gap() {
        await(store().write(batchFor(Durability.SYNCED, "a"), Durability.SYNCED));
        for (char key = 'b'; key <= 'm'; key++) {
            await(store().write(batchFor(Durability.ORDERED, "" + key), Durability.ORDERED));
        }
        crash();
        List<String> survivors = keys(Family.NODE, "", null);
        assertThat(survivors).isNotEmpty();
        assertThat("abcdefghijklm").startsWith(String.join("", survivors));
    }

    @Test
    void ordered_batches_before_a_synced_one_survive_with_it() {
        await(store().write(batchFor(Durability.ORDERED, "a"), Durability.ORDERED));
        Future<Void> second = store().write(batchFor(Durability.ORDERED, "b"), Durability.ORDERED);
        await(store().write(batchFor(Durability.SYNCED, "c"), Durability.SYNCED));
        crash();
        assertThat(second.succeeded()).isTrue();
        assertThat(keys(Family.NODE, "", null)).containsExactly("a", "b", "c");
    }

    @Test
    void replayed_batches_survive_a_crash_as_far_as_they_were_flushed_and_perhaps_a_prefix_beyond() {
        fill(Family.STATE, "a", "b");
        await(store().flush());
        fill(Family.STATE, "c");
        fill(Family.STATE, "d");
        crash();
        String survivors = String.join("", keys(Family.STATE, "", null));
        assertThat(survivors).startsWith("ab");
        assertThat("abcd").startsWith(survivors);
    }

    @Test
    void batch_across_families_survives_a_crash_whole_or_not_at_all() {
        await(store().write(
                        new RecordBatch()
                                .put(Family.LOG, bytes("k"), bytes("v"))
                                .put(Family.BLOCKS, bytes("k"), bytes("v"))
                                .put(Family.NODE, bytes("k"), bytes("v")),
                        Durability.ORDERED));
        crash();
        assertThat(value(Family.LOG, "k") == null)
                .isEqualTo(value(Family.BLOCKS, "k") == null)
                .isEqualTo(value(Family.NODE, "k") == null);
    }

    @Test
    void everything_taken_is_there_after_a_clean_close() {
        await(store().write(batchFor(Durability.ORDERED, "a"), Durability.ORDERED));
        fill(Family.STATE, "s");
        await(store().flush());
        List<Future<Void>> pending = new ArrayList<>();
        for (char key = 'b'; key <= 'm'; key++) {
            pending.add(store().write(batchFor(Durability.SYNCED, "" + key), Durability.SYNCED));
        }
        reopen();
        await(Future.all(pending));
        assertThat(keys(Family.NODE, "", null)).hasSize(13);
        assertThat(keys(Family.STATE, "", null)).containsExactly("s");
    }

    @Test
    void closed_store_fails_each_call() {
        RecordStore closed = store();
        reopen();
        for (Durability durability : Durability.values()) {
            assertThat(closed.write(batchFor(durability, "a"), durability).cause())
                    .isInstanceOf(StoreFailedException.class);
        }
        assertThat(closed.flush().cause()).isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(() -> closed.get(Family.NODE, bytes("a"), ReadTier.DISK))
                .isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(() -> closed.scan(Family.NODE, bytes("a"), null)).isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(closed::snapshot).isInstanceOf(StoreFailedException.class);
    }

    @Test
    void approximate_bytes_grow_with_what_is_written() {
        long before = store().approximateBytes(Family.NODE);
        write(new RecordBatch().put(Family.NODE, bytes("large"), new byte[4 << 20]));
        assertThat(store().approximateBytes(Family.NODE)).isGreaterThan(before + (3 << 20));
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    static RecordBatch batchFor(Durability durability, String key) {
        Family family = durability == Durability.REPLAYED ? Family.STATE : Family.NODE;
        return new RecordBatch().put(family, bytes(key), bytes(key));
    }

    final void write(RecordBatch batch) {
        boolean state = batch.changes().get(0).family() == Family.STATE;
        await(store().write(batch, state ? Durability.REPLAYED : Durability.SYNCED));
    }

    /** Rows whose values are their keys, in one batch. */
    final void fill(Family family, String... keys) {
        RecordBatch batch = new RecordBatch();
        for (String key : keys) {
            batch.put(family, bytes(key), bytes(key));
        }
        write(batch);
    }

    final <T> T await(AtomicReference<@Nullable Future<T>> future) {
        Future<T> set = future.get();
        if (set == null) {
            throw new AssertionError("the loop did not run the task");
        }
        return await(set);
    }

    final @Nullable String value(Family family, String key) {
        return value(store(), family, key);
    }

    private static @Nullable String value(RecordReader reader, Family family, String key) {
        return text(reader.get(family, bytes(key), ReadTier.DISK));
    }

    private @Nullable String memoryOrDisk(Family family, String key) {
        try {
            return text(store().get(family, bytes(key), ReadTier.MEMORY));
        } catch (ColdReadException e) {
            return value(family, key);
        }
    }

    private static @Nullable String text(byte @Nullable [] value) {
        return value == null ? null : new String(value, UTF_8);
    }

    private static @Nullable String next(Cursor cursor) {
        return cursor.next() ? new String(cursor.key(), UTF_8) : null;
    }

    final List<String> keys(Family family, String from, @Nullable String to) {
        return keys(store(), family, from, to);
    }

    private static List<String> keys(RecordReader reader, Family family, String from, @Nullable String to) {
        return rows(reader, family, from, to).stream()
                .map(row -> row.substring(0, row.indexOf('=')))
                .toList();
    }

    private List<String> rows(Family family, String from, @Nullable String to) {
        return rows(store(), family, from, to);
    }

    private static List<String> rows(RecordReader reader, Family family, String from, @Nullable String to) {
        List<String> rows = new ArrayList<>();
        try (Cursor cursor = reader.scan(family, bytes(from), to == null ? null : bytes(to))) {
            while (cursor.next()) {
                rows.add(text(cursor.key()) + "=" + text(cursor.value()));
            }
        }
        return rows;
    }
}
