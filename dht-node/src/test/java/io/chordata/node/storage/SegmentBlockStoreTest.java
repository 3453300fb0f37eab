package io.chordata.node.storage;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.SpaceGuard.Room;
import io.chordata.node.runtime.SecureRandomSource;
import io.chordata.node.runtime.SystemClock;
import io.chordata.node.runtime.VertxTimers;
import io.chordata.node.sim.BlockStoreContract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract on real files, real threads and RocksDB. */
class SegmentBlockStoreTest extends BlockStoreContract {
    private static final BlockStoreOptions OPTIONS = new BlockStoreOptions(4 << 20, 64L << 20, 2 << 20, 2, 2, 50);

    @TempDir
    Path directory;

    private final TestLoops loops = new TestLoops();
    private final Vertx timersVertx = Vertx.vertx();
    private volatile Room room = Room.ALL;
    private RocksRecordStore records;
    private BlockStoreThreads threads;
    private SegmentBlockStore store;

    @BeforeEach
    void open() throws IOException {
        records = RocksRecordStore.open(
                directory.resolve("records"), RecordStoreOptions.DEFAULT, loops, RecordStoreObserver.NONE);
        threads = new BlockStoreThreads(OPTIONS);
        BlockStorePorts ports = new BlockStorePorts(
                ChannelFiles.in(directory.resolve("blocks")),
                records,
                loops,
                new VertxTimers(timersVertx, loops),
                new SystemClock(),
                new SecureRandomSource(),
                () -> room,
                threads.appender(),
                threads.readers());
        store = TestLoops.await(SegmentBlockStore.open(ports, OPTIONS, BlockStoreObserver.NONE));
    }

    @AfterEach
    void close() {
        closeStores();
        loops.close();
        TestLoops.await(timersVertx.close());
    }

    private void closeStores() {
        store.close();
        threads.close();
        records.close();
    }

    @Override
    protected BlockStore store() {
        return store;
    }

    @Override
    protected BlockStore reopen() {
        closeStores();
        try {
            open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store;
    }

    @Override
    protected <T> T await(Future<T> future) {
        return TestLoops.await(future);
    }

    @Override
    protected void rot(BlockRef block) {
        BlockRow row = Objects.requireNonNull(new BlockIndex(records).find(block));
        Path file = directory.resolve("blocks").resolve(SegmentFiles.name(row.segment()));
        long offset = row.offset() + row.headerBytes() + row.bodyBytes() / 2;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, offset);
            one.put(0, (byte) (one.get(0) ^ 1));
            channel.write(one.flip(), offset);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected void setRoom(Room room) {
        this.room = room;
    }
}
