package io.chordata.node.storage;

import io.chordata.node.core.Loops;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.StoreFailedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractEventListener;
import org.rocksdb.BackgroundErrorReason;
import org.rocksdb.Status;

/**
 * {@link RecordStore} on RocksDB.
 *
 * <p><b>Two databases.</b> {@code main} holds LOG, BLOCKS and NODE and has a write-ahead log; {@code state} holds STATE
 * and has none. One database with four families would do by its features, but all of a RocksDB's writers pass through
 * one queue, and the leader of that queue syncs the log while the others wait (RocksDB wiki, "Write Thread"; pipelined
 * writes only move the insertion into memory out of it). An applied row, written on an event loop, would wait for the
 * disk. Apart, it waits for nothing. Two more gains: every write of {@code main} is in its log, so its sequence numbers
 * have no gaps and a missing group shows; and flushing rows does not switch logs.
 *
 * <p><b>Group commit.</b> One thread ({@link GroupCommitWriter}) takes all that waits, writes it as one RocksDB batch
 * under one sync, and settles the promises with one task for each loop. A synced batch becomes visible only after its
 * sync: RocksDB inserts into memory after it has written and synced the log.
 *
 * <p><b>After a crash.</b> The end of the log may be torn, because what was written after the last sync need not have
 * reached the disk, or not in order. Whatever was synced must be there; if it is not, the disk has lost it, and to go on
 * without it would be to forget what was acknowledged. RocksDB's own recovery modes cannot tell the two apart
 * (RocksDB wiki, "WAL Recovery Modes": tolerating a corrupted tail "is a heuristic mode"; point-in-time recovery stops at
 * the first error wherever that is; and its reader skips a block of zeros without a word). So {@link WalInspector} reads
 * the log first, finds the end of what is whole, and decides by the {@link SyncMark}s behind it: none of them covers the
 * bad place, then it is a torn tail and is cut; one does, then the store refuses to open and nothing is touched. RocksDB
 * then opens what is left with {@code kAbsoluteConsistency}, which tolerates nothing. Rot in the very last synced group,
 * behind which no mark can stand, or a whole log that is gone, no log can tell from a torn write by itself (Alagappan et
 * al., "Protocol-Aware Recovery for Consensus-Based Storage", FAST 2018, section 3.3): that tells the {@link SyncWitness},
 * as far as it reached the disk. A clean close leaves no such group.
 *
 * <p><b>Failure.</b> See {@link FailStop}: the first failed write or sync, also one in the background, is final. So is the
 * loss of the directory under the running store, which no write and no sync would report: see {@link #checkPlace}.
 *
 * <p><b>Memory.</b> Bounded by {@link RecordStoreOptions}. When the queue is full, {@link #write} fails with
 * {@link io.chordata.node.core.StoreBusyException} at once: waiting would keep the batch in memory just the same.
 *
 * <p>Thread-safe.
 */
public final class RocksRecordStore implements RecordStore {
    private static final List<Family> LOGGED = List.of(Family.LOG, Family.BLOCKS, Family.NODE);
    private static final List<Family> REPLAYED = List.of(Family.STATE);

    static {
        RocksLibrary.load();
    }

    private final Loops loops;
    private final FailStop failStop;
    private final BackgroundErrors backgroundErrors;
    private final RocksSettings settings;
    private final RocksDatabase main;
    private final RocksDatabase state;
    private final SyncWitness witness;
    private final GroupCommitWriter loggedWriter;
    private final ReplayedWriter replayedWriter;

    private RocksRecordStore(Path directory, RecordStoreOptions options, Loops loops, RecordStoreObserver observer) {
        this.loops = loops;
        this.failStop = new FailStop(observer);
        this.backgroundErrors = new BackgroundErrors(failStop);
        this.settings = new RocksSettings(options);
        Path mainDirectory = created(directory.resolve("main"));
        Path witnessFile = directory.resolve("synced");
        this.main = openMain(mainDirectory, witnessFile);
        this.state = openState(directory.resolve("state"));
        this.witness = openWitness(witnessFile);
        this.loggedWriter =
                new GroupCommitWriter(main, databaseNumber(mainDirectory), witness, options, failStop, observer);
        this.replayedWriter = new ReplayedWriter(state, options, failStop, observer);
    }

    /** Loads the native library, which takes a third of a second; the first open waits for it. Blocks. */
    public static void loadLibrary() {
        RocksLibrary.load();
    }

    /**
     * Opens the records, or creates them. Blocks.
     *
     * @throws StoreFailedException if they cannot be opened
     * @throws RecordsDamagedException if they miss what was synced
     */
    public static RocksRecordStore open(
            Path directory, RecordStoreOptions options, Loops loops, RecordStoreObserver observer) {
        return new RocksRecordStore(directory, options, loops, observer);
    }

    private RocksDatabase openMain(Path directory, Path witnessFile) {
        long database = databaseNumber(directory);
        long witnessed = witnessed(witnessFile, database);
        long lastLogged = WalInspector.cutTornTail(directory, database, witnessed);
        if (lastLogged < witnessed) {
            requireSynced(directory, witnessFile, witnessed);
        }
        RocksDatabase opened = RocksDatabase.open(directory, settings, settings.logged(backgroundErrors), LOGGED);
        if (opened.latestSequence() < lastLogged) {
            throw new StoreFailedException("RocksDB took only the rows up to " + opened.latestSequence() + " of "
                    + lastLogged + " from the log in " + directory + "; this is a defect, report it");
        }
        return opened;
    }

    /** The log ends early: right if the rest is in sorted files. Asked read-only, because opening begins a new log. */
    private void requireSynced(Path directory, Path witnessFile, long witnessed) {
        long last = RocksDatabase.lastSequence(directory, settings, settings.logged(backgroundErrors), LOGGED);
        if (last < witnessed) {
            throw new RecordsDamagedException("the records in " + directory + " end at row " + last + ", although "
                    + witnessed
                    + " were synced: a log file (*.log) there is missing or cut, and acknowledged records are"
                    + " lost. Check the disk, and restore this directory or replace the node; or delete " + witnessFile
                    + " to go on without them");
        }
    }

    private static long witnessed(Path file, long database) {
        try {
            return SyncWitness.read(file, database);
        } catch (IOException e) {
            throw new StoreFailedException("cannot read " + file + "; check the disk", e);
        }
    }

    private static SyncWitness openWitness(Path file) {
        try {
            return SyncWitness.open(file);
        } catch (IOException e) {
            throw new StoreFailedException("cannot write " + file + "; check the disk and its permissions", e);
        }
    }

    /** If this fails, nobody gets a store to close: {@code main} would keep its lock as long as the process lives. */
    private RocksDatabase openState(Path directory) {
        try {
            return RocksDatabase.open(created(directory), settings, settings.replayed(backgroundErrors), REPLAYED);
        } catch (RuntimeException e) {
            main.close();
            settings.close();
            backgroundErrors.close();
            throw e;
        }
    }

    /** Derived from the random identity that RocksDB gives each of its databases; 0 before it has one. */
    private static long databaseNumber(Path directory) {
        try {
            Path identity = directory.resolve("IDENTITY");
            byte[] bytes = Files.exists(identity) ? Files.readAllBytes(identity) : new byte[0];
            return bytes.length == 0
                    ? 0
                    : ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes))
                            .getLong();
        } catch (IOException e) {
            throw new StoreFailedException("cannot read the identity of " + directory + "; check the disk", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Path created(Path directory) {
        try {
            return DurableFiles.createDirectories(directory);
        } catch (IOException e) {
            throw new StoreFailedException("cannot create " + directory + "; check the disk and its permissions", e);
        }
    }

    @Override
    public byte @Nullable [] get(Family family, byte[] key, ReadTier tier) {
        failStop.check();
        return databaseOf(family).get(family, key, tier);
    }

    @Override
    public Cursor scan(Family family, byte[] from, byte @Nullable [] to) {
        failStop.check();
        return databaseOf(family).scan(family, from, to);
    }

    private RocksDatabase databaseOf(Family family) {
        return family == Family.STATE ? state : main;
    }

    @Override
    public Future<Void> write(RecordBatch batch, Durability durability) {
        durability.requireFits(batch);
        StoreFailedException failure = failStop.failure();
        if (failure != null) {
            return Future.failedFuture(failure);
        }
        PendingWrite write = new PendingWrite(batch, durability, loops.current(), Promise.promise());
        return durability == Durability.REPLAYED ? replayedWriter.write(write) : loggedWriter.write(write);
    }

    @Override
    public Snapshot snapshot() {
        failStop.check();
        // Rows first: then the log that is shown covers whatever the rows say was applied.
        RocksSnapshot rows = state.snapshot();
        return new BothSnapshots(main.snapshot(), rows);
    }

    @Override
    public Future<Void> flush() {
        StoreFailedException failure = failStop.failure();
        return failure != null ? Future.failedFuture(failure) : replayedWriter.flush(loops.current());
    }

    @Override
    public long approximateBytes(Family family) {
        return databaseOf(family).approximateBytes(family);
    }

    /**
     * Whether the directory is still where it was opened; if not, the store has failed. The writer asks before each
     * acknowledgement; without writes, somebody else has to ask now and then. Blocks.
     */
    public boolean checkPlace() {
        try {
            witness.checkPlace();
            return true;
        } catch (IOException e) {
            failStop.fail(
                    "the records are gone: " + e.getMessage() + "; the node takes no more writes: restore the data"
                            + " directory and start again",
                    e);
            return false;
        }
    }

    @Override
    public void close() {
        loggedWriter.close();
        replayedWriter.close();
        witness.close();
        main.close();
        state.close();
        settings.close();
        backgroundErrors.close();
    }

    private record BothSnapshots(RocksSnapshot logged, RocksSnapshot rows) implements Snapshot {
        @Override
        public byte @Nullable [] get(Family family, byte[] key, ReadTier tier) {
            return of(family).get(family, key, tier);
        }

        @Override
        public Cursor scan(Family family, byte[] from, byte @Nullable [] to) {
            return of(family).scan(family, from, to);
        }

        private RocksSnapshot of(Family family) {
            return family == Family.STATE ? rows : logged;
        }

        @Override
        public void close() {
            rows.close();
            logged.close();
        }
    }

    /** RocksDB's own threads report here when a flush or a compaction fails. */
    private static final class BackgroundErrors extends AbstractEventListener {
        private final FailStop failStop;

        BackgroundErrors(FailStop failStop) {
            super(EnabledEventCallback.ON_BACKGROUND_ERROR);
            this.failStop = failStop;
        }

        @Override
        public void onBackgroundError(BackgroundErrorReason reason, Status status) {
            failStop.fail("the records' " + reason + " failed: " + status.getCodeString()
                    + "; the node takes no more writes: check the disk and start again");
        }
    }
}
