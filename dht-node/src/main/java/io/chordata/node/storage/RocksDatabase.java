package io.chordata.node.storage;

import io.chordata.node.core.ColdReadException;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.core.StoreFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * One RocksDB with some of the families. Guards the native handles: what is asked after {@link #close} fails cleanly,
 * and {@code close} waits for the calls under way and ends the open cursors.
 */
final class RocksDatabase implements AutoCloseable {
    /** How a batch is written. */
    enum WriteMode {
        /** Through the log, and synced. */
        SYNCED(true, false, false),
        /** Through the log. */
        ORDERED(false, false, false),
        /** Into memory alone, refused with {@link Status.Code#Incomplete} where it would have to wait. */
        UNLOGGED_AT_ONCE(false, true, true),
        /** Into memory alone. */
        UNLOGGED(false, true, false);

        private final boolean sync;
        private final boolean disableLog;
        private final boolean noSlowdown;

        WriteMode(boolean sync, boolean disableLog, boolean noSlowdown) {
            this.sync = sync;
            this.disableLog = disableLog;
            this.noSlowdown = noSlowdown;
        }

        private WriteOptions options() {
            return new WriteOptions().setSync(sync).setDisableWAL(disableLog).setNoSlowdown(noSlowdown);
        }
    }

    private final Path directory;
    private final Deque<AutoCloseable> natives = new ArrayDeque<>();
    private final Map<Family, ColumnFamilyHandle> handles = new EnumMap<>(Family.class);
    private final RocksDB db;
    private final ReadOptions memoryRead;
    private final ReadOptions diskRead;
    private final Map<WriteMode, WriteOptions> writeOptions = new EnumMap<>(WriteMode.class);
    /** Open cursors and snapshots, which must not outlive the database. */
    private final Set<AutoCloseable> dependents = ConcurrentHashMap.newKeySet();

    private final StampedLock lifetime = new StampedLock();
    private boolean closed;

    private RocksDatabase(Path directory, RocksSettings settings, DBOptions options, List<Family> families)
            throws RocksDBException {
        this.directory = directory;
        own(options);
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, own(new ColumnFamilyOptions())));
        for (Family family : families) {
            descriptors.add(new ColumnFamilyDescriptor(nameOf(family), own(settings.family(family))));
        }
        List<ColumnFamilyHandle> opened = new ArrayList<>();
        db = own(RocksDB.open(options, directory.toString(), descriptors, opened));
        opened.forEach(this::own);
        for (int i = 0; i < families.size(); i++) {
            handles.put(families.get(i), opened.get(i + 1));
        }
        memoryRead = own(new ReadOptions()
                .setReadTier(org.rocksdb.ReadTier.BLOCK_CACHE_TIER)
                .setVerifyChecksums(true));
        diskRead = own(new ReadOptions().setVerifyChecksums(true));
        for (WriteMode mode : WriteMode.values()) {
            writeOptions.put(mode, own(mode.options()));
        }
    }

    /**
     * Opens or creates the database.
     *
     * @throws StoreFailedException if that does not succeed; says what to do
     */
    static RocksDatabase open(Path directory, RocksSettings settings, DBOptions options, List<Family> families) {
        try {
            return new RocksDatabase(directory, settings, options, families);
        } catch (RocksDBException e) {
            throw openFailure(directory, e);
        }
    }

    private static RuntimeException openFailure(Path directory, RocksDBException e) {
        String message = "cannot open the records in " + directory + ": " + e.getMessage()
                + "; nothing was changed on purpose: check the disk, or restore the directory";
        Status status = e.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption
                ? new RecordsDamagedException(message)
                : new StoreFailedException(message, e);
    }

    /** Of the newest row in the log or the sorted files, found without a change to either. Takes over the options. */
    static long lastSequence(Path directory, RocksSettings settings, DBOptions options, List<Family> families) {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        List<ColumnFamilyOptions> owned = new ArrayList<>();
        List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
        owned.add(new ColumnFamilyOptions());
        descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, owned.get(0)));
        for (Family family : families) {
            owned.add(settings.family(family));
            descriptors.add(new ColumnFamilyDescriptor(nameOf(family), owned.get(owned.size() - 1)));
        }
        try (options;
                RocksDB db = RocksDB.openReadOnly(options, directory.toString(), descriptors, handles)) {
            long last = db.getLatestSequenceNumber();
            handles.forEach(ColumnFamilyHandle::close);
            return last;
        } catch (RocksDBException e) {
            throw openFailure(directory, e);
        } finally {
            owned.forEach(ColumnFamilyOptions::close);
        }
    }

    private static byte[] nameOf(Family family) {
        return family.name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }

    /** What is owned is closed in reverse order. */
    private <T extends AutoCloseable> T own(T object) {
        natives.push(object);
        return object;
    }

    private ColumnFamilyHandle handle(Family family) {
        ColumnFamilyHandle handle = handles.get(family);
        if (handle == null) {
            throw new IllegalArgumentException(family + " is not a family of " + directory);
        }
        return handle;
    }

    byte @Nullable [] get(Family family, byte[] key, ReadTier tier) {
        return get(family, key, tier == ReadTier.MEMORY ? memoryRead : diskRead);
    }

    byte @Nullable [] get(Family family, byte[] key, ReadOptions options) {
        long stamp = enter();
        try {
            return db.get(handle(family), options, key);
        } catch (RocksDBException e) {
            throw readFailure(e);
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    Cursor scan(Family family, byte[] from, byte @Nullable [] to) {
        return scan(family, from, to, new ReadOptions().setVerifyChecksums(true));
    }

    RuntimeException readFailure(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getCode() == Status.Code.Incomplete
                ? ColdReadException.INSTANCE
                : new StoreFailedException(
                        "cannot read the records in " + directory + ": " + e.getMessage() + "; check the disk", e);
    }

    /** Takes over {@code options}. */
    Cursor scan(Family family, byte[] from, byte @Nullable [] to, ReadOptions options) {
        long stamp = enter();
        try {
            Slice end = to == null ? null : new Slice(to);
            if (end != null) {
                options.setIterateUpperBound(end);
            }
            RocksCursor cursor = new RocksCursor(this, db.newIterator(handle(family), options), options, end, from);
            dependents.add(cursor);
            return cursor;
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    void ended(AutoCloseable dependent) {
        dependents.remove(dependent);
    }

    /** Everything as it is now. Takes a lock of RocksDB's that is never held over input or output. */
    RocksSnapshot snapshot() {
        long stamp = enter();
        try {
            RocksSnapshot snapshot = new RocksSnapshot(this, db);
            dependents.add(snapshot);
            return snapshot;
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    /** Writes the batches as one; RocksDB's own status is the caller's to judge. */
    void write(WriteMode mode, List<RecordBatch> batches) throws RocksDBException {
        write(mode, batches, null);
    }

    /** The same, with a note that stands before them in the log and nowhere else. */
    void write(WriteMode mode, List<RecordBatch> batches, byte @Nullable [] logNote) throws RocksDBException {
        long stamp = enter();
        try (WriteBatch together = new WriteBatch()) {
            if (logNote != null) {
                together.putLogData(logNote);
            }
            for (RecordBatch batch : batches) {
                RocksBatches.append(batch, together, handles);
            }
            db.write(writeOptions.get(mode), together);
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    /** Of the newest row written. */
    long latestSequence() {
        long stamp = enter();
        try {
            return db.getLatestSequenceNumber();
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    /** Blocks until the family's rows are synced in sorted files. */
    void flush(Family family) throws RocksDBException {
        long stamp = enter();
        try (FlushOptions options = new FlushOptions().setWaitForFlush(true).setAllowWriteStall(true)) {
            db.flush(options, handle(family));
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    long approximateBytes(Family family) {
        long stamp = enter();
        try {
            ColumnFamilyHandle handle = handle(family);
            return db.getLongProperty(handle, "rocksdb.live-sst-files-size")
                    + db.getLongProperty(handle, "rocksdb.cur-size-all-mem-tables");
        } catch (RocksDBException e) {
            throw readFailure(e);
        } finally {
            lifetime.unlockRead(stamp);
        }
    }

    private long enter() {
        long stamp = lifetime.readLock();
        if (closed) {
            lifetime.unlockRead(stamp);
            throw new StoreFailedException("the records in " + directory + " are closed");
        }
        return stamp;
    }

    @Override
    public void close() {
        if (shut()) {
            // Without the lock: a dependent may be held by a thread that waits for it, only to find the database shut.
            List.copyOf(dependents).forEach(RocksDatabase::closeQuietly);
            natives.forEach(RocksDatabase::closeQuietly);
        }
    }

    /** Waits for the calls under way and lets no more in; false if that was done before. */
    private boolean shut() {
        long stamp = lifetime.writeLock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lifetime.unlockWrite(stamp);
        }
    }

    private static void closeQuietly(AutoCloseable object) {
        try {
            object.close();
        } catch (Exception e) {
            throw new IllegalStateException("a native object refused to be closed", e);
        }
    }
}
