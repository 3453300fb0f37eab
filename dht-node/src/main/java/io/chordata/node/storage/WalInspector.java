package io.chordata.node.storage;

import io.chordata.node.core.StoreFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a database's write-ahead log before RocksDB does, and tells a torn tail from rot; {@link RocksRecordStore} says
 * why. The log is whole as far as its records are and its sequence numbers follow each other: every write of the database
 * goes through the log, so there are no gaps between groups, nor between files. What lies behind the first damage is only
 * searched for {@link SyncMark}s.
 */
final class WalInspector implements WalFile.Visitor {
    private static final Logger LOG = LoggerFactory.getLogger(WalInspector.class);
    private static final String SUFFIX = ".log";
    private static final long UNKNOWN = -1;

    private final List<Path> files;
    private final long witnessed;
    private int fileIndex;

    /** The sequence number that the next group has to begin with. */
    private long expected = UNKNOWN;

    private int damagedFile = -1;
    private long damageOffset;

    private WalInspector(List<Path> files, long witnessed) {
        this.files = files;
        this.witnessed = witnessed;
    }

    /**
     * Cuts a torn tail off the log in {@code directory}, durably.
     *
     * @param database the number in its marks
     * @param witnessed what the {@link SyncWitness} says
     * @return the sequence number of the last row in the log, or -1 if it has none
     * @throws RecordsDamagedException if the log lacks what was synced; then nothing is changed
     * @throws StoreFailedException if it cannot be read
     */
    static long cutTornTail(Path directory, long database, long witnessed) {
        try {
            WalInspector inspector = new WalInspector(logsOf(directory), witnessed);
            inspector.read();
            inspector.judge(database);
            return inspector.expected == UNKNOWN ? UNKNOWN : inspector.expected - 1;
        } catch (IOException e) {
            throw new StoreFailedException("cannot read the log in " + directory + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> logsOf(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted(Comparator.comparingLong(WalInspector::numberOf))
                    .toList();
        }
    }

    private static long numberOf(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    private void read() throws IOException {
        for (fileIndex = 0; fileIndex < files.size() && damagedFile < 0; fileIndex++) {
            WalFile.read(files.get(fileIndex), this);
        }
    }

    @Override
    public void group(long offset, long sequence, int rows) {
        if (expected != UNKNOWN && sequence != expected) {
            damage(offset);
        }
        if (damagedFile < 0) {
            expected = sequence + rows;
        }
    }

    @Override
    public void damage(long offset) {
        if (damagedFile < 0) {
            damagedFile = fileIndex;
            damageOffset = offset;
        }
    }

    /** Whether the witness or a mark behind the damage says that what is missing was synced. */
    private boolean wasSynced(long database) throws IOException {
        if (expected != UNKNOWN && witnessed >= expected) {
            return true;
        }
        LongSummaryStatistics marks = new LongSummaryStatistics();
        for (int i = damagedFile; i < files.size(); i++) {
            try (FileChannel channel = FileChannel.open(files.get(i), StandardOpenOption.READ)) {
                long from = i == damagedFile ? damageOffset : 0;
                ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, from, channel.size() - from);
                SyncMark.find(database, bytes, marks::accept);
            }
        }
        // A log that begins with the damage has nothing to compare with: then marks that moved on behind it tell.
        long firstMissing = expected == UNKNOWN ? marks.getMin() + 1 : expected;
        return marks.getCount() > 0 && marks.getMax() >= firstMissing;
    }

    private void judge(long database) throws IOException {
        if (damagedFile < 0) {
            return;
        }
        Path file = files.get(damagedFile);
        if (wasSynced(database)) {
            throw new RecordsDamagedException("the log " + file + " is damaged at byte " + damageOffset
                    + ", although that was synced: acknowledged records are lost; nothing was changed."
                    + " Check the disk, and restore this directory or replace the node");
        }
        // The newest first: should this be interrupted, then the next start finds the same damage, and less behind it.
        for (int i = files.size() - 1; i > damagedFile; i--) {
            truncate(files.get(i), 0);
        }
        truncate(file, damageOffset);
    }

    private static void truncate(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() > bytes) {
                LOG.warn(
                        "event=torn-log-cut file={} atByte={} bytes={} reason=\"written, but not synced before a crash\"",
                        file,
                        bytes,
                        channel.size() - bytes);
                channel.truncate(bytes);
                channel.force(true);
            }
        }
    }
}
