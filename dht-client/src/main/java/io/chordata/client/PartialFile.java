package io.chordata.client;

import io.chordata.client.checksum.BufferBytes;
import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.checksum.RunningChecksum;
import io.chordata.client.files.DurableFolders;
import io.chordata.client.files.Spelling;
import io.chordata.client.model.DownloadRequest;
import io.chordata.client.model.ObjectInfo;
import io.chordata.client.multipart.PartPlan;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an object as they come, beside the file that they will be. Behind the last byte is a row for each range: a
 * mark once it is there, and its checksum, by which another try, after a power cut too, knows what it can keep. The file
 * is locked, so that two downloads of one object do not share it. All methods block.
 */
final class PartialFile {
    /** A mark and a checksum. */
    private static final int ROW_BYTES = 1 + Long.BYTES;

    private static final byte MARK = 1;
    private static final int PIECE_BYTES = 1 << 20;
    private static final int NAME_CHARS = 40;
    private static final int TRIES = 10;

    private final Path target;
    private final Opened opened;
    private final FileChannel channel;
    private final long size;

    /** What this process has open: to open one of these again and close it would free its lock (POSIX). */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private static final Object PLACING = new Object();
    private static final Spelling SPELLING = new Spelling();

    private PartialFile(Path target, Opened opened, long size) {
        this.target = target;
        this.opened = opened;
        this.channel = opened.channel();
        this.size = size;
    }

    /**
     * A file that is locked, and has that name.
     *
     * @param key of the file system, by which it shows that the name is another file's by now
     * @param lasting whether another try would find it again
     */
    private record Opened(Path path, FileChannel channel, Object key, boolean lasting) {}

    /**
     * Opens what there is of that object, or begins anew.
     *
     * @param layout how it is cut: another layout does not go on with it
     */
    static PartialFile open(Path target, ObjectInfo info, String layout) throws IOException {
        String identity = String.join("\n", info.bucket(), info.key(), info.eTag(), info.size() + "", layout);
        String tag = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                .toString();
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(target + " is in no folder");
        }
        Path whole = folder.toRealPath().resolve(String.valueOf(target.getFileName()));
        Opened usual = openUsual(beside(whole, tag));
        return new PartialFile(whole, usual == null ? openOther(whole) : usual, info.size());
    }

    /** Does nothing if somebody has it open, or it is no file. */
    static void removeUnused(Path part) throws IOException {
        Path real = part.toRealPath(LinkOption.NOFOLLOW_LINKS);
        Opened opened = openUsual(real);
        if (opened != null) {
            new PartialFile(real, opened, 0).discard();
        }
    }

    /** Null if somebody else has it, or it is no file. */
    private static @Nullable Opened openUsual(Path path) throws IOException {
        if (!OPEN.add(path)) {
            return null;
        }
        Opened opened = null;
        try {
            for (int i = 0; i < TRIES && opened == null && !isStrange(path); i++) {
                opened = tryOpen(path);
            }
        } finally {
            if (opened == null) {
                OPEN.remove(path);
            }
        }
        return opened;
    }

    private static boolean isStrange(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Null if it is locked, or was renamed or removed before it was: who held the lock until then has put it in its place,
     * and what is open is the final file. Only who holds the lock renames or removes it, so afterwards the name stays.
     */
    private static @Nullable Opened tryOpen(Path path) throws IOException {
        Object before = keyOf(path);
        FileChannel channel;
        try {
            channel = before == null ? create(path) : open(path);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            if (before == null && e instanceof NoSuchFileException) {
                throw e;
            }
            return null;
        }
        boolean own = false;
        try {
            Object key = before == null ? keyOf(path) : before;
            own = key != null && lock(channel) && key.equals(keyOf(path));
            return own && key != null ? new Opened(path, channel, key, true) : null;
        } finally {
            if (!own) {
                channel.close();
            }
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileChannel create(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static Opened openOther(Path target) throws IOException {
        Path path = beside(target, UUID.randomUUID().toString());
        FileChannel channel = create(path);
        Object key = keyOf(path);
        if (key == null) {
            channel.close();
            throw new NoSuchFileException(path.toString());
        }
        return new Opened(path, channel, key, false);
    }

    /** Null if it is not there. */
    private static @Nullable Object keyOf(Path path) throws IOException {
        try {
            Object key = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
            return key == null ? "files have no keys here" : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** In the same directory, so that it can be renamed; hidden, and not longer than names may be. */
    private static Path beside(Path target, String tag) {
        String name = String.valueOf(target.getFileName());
        String shown = name.length() <= NAME_CHARS && name.chars().allMatch(c -> c < 0x7f) ? name : "file";
        return target.resolveSibling('.' + shown + '.' + tag + DownloadRequest.SUFFIX);
    }

    /**
     * Writes them one behind the other.
     *
     * @param checksum gets the bytes, too
     */
    @Nullable
    Void write(List<Buffer> pieces, long position, @Nullable RunningChecksum checksum) throws IOException {
        long at = position;
        for (Buffer piece : pieces) {
            if (checksum != null) {
                checksum.update(piece);
            }
            for (ByteBuffer view : BufferBytes.views(piece)) {
                int length = view.remaining();
                writeAll(view, at);
                at += length;
            }
        }
        return null;
    }

    /** What is written so far is there after a power cut, too. */
    @Nullable
    Void flush() throws IOException {
        channel.force(false);
        return null;
    }

    private void writeAll(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Which ranges are there, with their checksums; each is read and compared. */
    Map<Integer, Long> kept(PartPlan plan, ChecksumAlgorithm algorithm) throws IOException {
        Map<Integer, Long> kept = new TreeMap<>();
        if (channel.size() <= size) {
            return kept;
        }
        for (int number = 1; number <= plan.count(); number++) {
            ByteBuffer row = ByteBuffer.allocate(ROW_BYTES);
            boolean there = readAll(row, rowOf(number));
            if (there && row.get(0) == MARK) {
                long crc = row.getLong(1);
                RunningChecksum running = algorithm.start();
                if (digest(running, plan.offset(number), plan.length(number)) && running.crc() == crc) {
                    kept.put(number, crc);
                }
            }
        }
        return kept;
    }

    /** That range is there. */
    @Nullable
    Void mark(int number, long crc) throws IOException {
        ByteBuffer row = ByteBuffer.allocate(ROW_BYTES);
        writeAll(row.put(MARK).putLong(crc).flip(), rowOf(number));
        return null;
    }

    private long rowOf(int number) {
        return size + (number - 1L) * ROW_BYTES;
    }

    /** Of all bytes, in base64. */
    String checksum(ChecksumAlgorithm algorithm) throws IOException {
        RunningChecksum running = algorithm.start();
        digest(running, 0, size);
        return running.text();
    }

    private boolean digest(RunningChecksum running, long offset, long length) throws IOException {
        byte[] bytes = new byte[(int) Math.min(PIECE_BYTES, length)];
        long at = offset;
        while (at < offset + length) {
            int wanted = (int) Math.min(bytes.length, offset + length - at);
            if (!readAll(ByteBuffer.wrap(bytes, 0, wanted), at)) {
                return false;
            }
            running.update(wanted == bytes.length ? bytes : Arrays.copyOf(bytes, wanted));
            at += wanted;
        }
        return true;
    }

    /** False if the file ends before. */
    private boolean readAll(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, at);
            if (count < 0) {
                return false;
            }
            at += count;
        }
        return true;
    }

    /**
     * Puts the whole file in its place.
     *
     * @param synced whether it is there after a power cut, too
     */
    @Nullable
    Void commit(long length, @Nullable Instant modified, boolean synced) throws IOException {
        channel.truncate(length);
        requireOwn();
        if (modified != null) {
            Files.setLastModifiedTime(opened.path(), FileTime.from(modified));
        }
        if (synced) {
            channel.force(true);
            requireOwn();
        }
        place();
        if (synced) {
            DurableFolders.sync(target.resolveSibling(""));
        }
        return release();
    }

    /** One at a time in this process: where two names are one, the second to come must see the first. */
    private void place() throws IOException {
        synchronized (PLACING) {
            SPELLING.requireOwn(target);
            Files.move(opened.path(), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void requireOwn() throws IOException {
        if (!opened.key().equals(keyOf(opened.path()))) {
            throw new IOException(opened.path() + " was removed or replaced by somebody else");
        }
    }

    /** What there is stays for another try, if one would find it. */
    @Nullable
    Void close() throws IOException {
        return opened.lasting() ? release() : discard();
    }

    /** Removes it while it is locked: who opens the name afterwards begins anew. */
    @Nullable
    Void discard() throws IOException {
        try {
            if (opened.key().equals(keyOf(opened.path()))) {
                Files.deleteIfExists(opened.path());
            }
        } finally {
            release();
        }
        return null;
    }

    private @Nullable Void release() throws IOException {
        try {
            channel.close();
        } finally {
            if (opened.lasting()) {
                OPEN.remove(opened.path());
            }
        }
        return null;
    }
}
