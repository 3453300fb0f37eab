package io.chordata.node.storage;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.StoreFailedException;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksRecordStoreTest extends RecordStoreContract {
    private static final TestLoops LOOPS = new TestLoops();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private RocksRecordStore store;

    private int lives;

    @AfterAll
    static void stopLoops() {
        LOOPS.close();
    }

    @BeforeEach
    void open() {
        store = RocksRecordStore.open(
                directory.resolve("life" + lives), RecordStoreOptions.DEFAULT, LOOPS, RecordStoreObserver.NONE);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    RecordStore store() {
        return store;
    }

    @Override
    <T> T await(Future<T> future) {
        return TestLoops.await(future);
    }

    @Override
    void onLoop(Consumer<Loop> task) {
        Loop loop = LOOPS.ownerOf(new PartitionId(1));
        CompletableFuture<Void> ran = new CompletableFuture<>();
        loop.execute(() -> {
            task.accept(loop);
            ran.complete(null);
        });
        ran.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** What the files hold while the store is open is what a killed process leaves behind. */
    @Override
    void crash() {
        Path before = directory.resolve("life" + lives);
        lives++;
        TestFiles.copyOfOneMoment(before, directory.resolve("life" + lives));
        store.close();
        open();
    }

    @Override
    void reopen() {
        store.close();
        open();
    }

    /** A reopened store has empty caches. */
    @Override
    void chill() {
        reopen();
    }

    @Test
    void open_ofTheRowsFails_releasesTheLogForTheNextOpen() throws IOException {
        Path records = directory.resolve("records");
        Path obstacle = Files.createFile(Files.createDirectories(records).resolve("state"));
        assertThrows(StoreFailedException.class, () -> opened(records));

        Files.delete(obstacle);

        assertDoesNotThrow(() -> opened(records).close());
    }

    private static RocksRecordStore opened(Path records) {
        return RocksRecordStore.open(records, RecordStoreOptions.DEFAULT, LOOPS, RecordStoreObserver.NONE);
    }
}
