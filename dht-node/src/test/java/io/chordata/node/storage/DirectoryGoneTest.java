package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.storage.Files.OpenFile;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that somebody takes away under the open stores: the kernel takes what is written into them without a word. */
class DirectoryGoneTest {
    private static final byte[] KEY = {1};

    @TempDir
    Path directory;

    private final TestLoops loops = new TestLoops();
    private final AtomicInteger failures = new AtomicInteger();
    private Path records;
    private Path elsewhere;
    private RocksRecordStore store;

    @BeforeEach
    void open() {
        records = directory.resolve("records");
        elsewhere = directory.resolve("elsewhere");
        RecordStoreObserver observer = new RecordStoreObserver() {
            @Override
            public void failed() {
                failures.incrementAndGet();
            }
        };
        store = RocksRecordStore.open(records, RecordStoreOptions.DEFAULT, loops, observer);
        TestLoops.await(write(Durability.SYNCED));
    }

    @AfterEach
    void close() {
        store.close();
        loops.close();
    }

    @Test
    void write_directoryMovedAway_isNotAcknowledged() throws IOException {
        Files.move(records, elsewhere);
        assertThatThrownBy(() -> TestLoops.await(write(Durability.SYNCED)))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("removed or replaced under the running node");
        assertThatThrownBy(() -> store.get(Family.NODE, KEY, ReadTier.DISK)).isInstanceOf(StoreFailedException.class);
        assertThat(failures).hasValue(1);
    }

    @Test
    void write_directoryReplacedByItsCopy_isNotAcknowledged() throws IOException {
        Files.move(records, elsewhere);
        TestFiles.copyTree(elsewhere, records);
        assertThatThrownBy(() -> TestLoops.await(write(Durability.SYNCED))).isInstanceOf(StoreFailedException.class);
    }

    @Test
    void orderedWrite_directoryMovedAway_isNotAcknowledged() throws IOException {
        Files.move(records, elsewhere);
        assertThatThrownBy(() -> TestLoops.await(write(Durability.ORDERED))).isInstanceOf(StoreFailedException.class);
    }

    @Test
    void checkPlace_directoryMovedAway_failsTheStoreOnce() throws IOException {
        assertThat(store.checkPlace()).isTrue();
        Files.move(records, elsewhere);
        assertThat(store.checkPlace()).isFalse();
        assertThat(store.checkPlace()).isFalse();
        assertThatThrownBy(() -> store.get(Family.NODE, KEY, ReadTier.DISK)).isInstanceOf(StoreFailedException.class);
        assertThat(failures).hasValue(1);
    }

    @Test
    void openFile_nameRemoved_isOutOfPlace() throws IOException {
        ChannelFiles files = ChannelFiles.in(directory.resolve("blocks"));
        try (OpenFile file = files.create("one")) {
            file.checkPlace();
            files.delete("one");
            file.write(ByteBuffer.wrap(KEY), 0);
            file.sync();
            assertThatThrownBy(file::checkPlace).isInstanceOf(NoSuchFileException.class);
            try (OpenFile other = files.create("one")) {
                other.checkPlace();
                assertThatThrownBy(file::checkPlace).isInstanceOf(NoSuchFileException.class);
            }
        }
    }

    private Future<Void> write(Durability durability) {
        return store.write(new RecordBatch().put(Family.NODE, KEY, KEY), durability);
    }
}
