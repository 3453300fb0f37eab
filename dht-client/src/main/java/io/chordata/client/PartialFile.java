package io.chordata.client;

import io.chordata.client.checksum.ChecksumAlgorithm;
import io.chordata.client.checksum.RunningChecksum;
import io.chordata.client.model.DownloadRequest;
import io.chordata.client.model.ObjectInfo;
import io.chordata.client.multipart.PartPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
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

    private final Path target;
    private final Path path;
    private final FileChannel channel;
    private final long size;

    private PartialFile(Path target, Path path, FileChannel channel, long size) {
        this.target = target;
        this.path = path;
        this.channel = channel;
        this.size = size;
    }

    /**
     * Opens what there is of that object, or begins anew.
     *
     * @param layout how it is cut: another layout does not go on with it
     */
    static PartialFile open(Path target, ObjectInfo info, String layout) throws IOException {
        String identity = String.join("\n", info.bucket(), info.key(), info.eTag(), info.size() + "", layout);
        String tag = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                .toString();
        Path usual = beside(target, tag);
        FileChannel channel =
                FileChannel.open(usual, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (lock(channel)) {
            return new PartialFile(target, usual, channel, info.size());
        }
        channel.close();
        Path other = beside(target, UUID.randomUUID().toString());
        return new PartialFile(
                target,
                other,
                FileChannel.open(
                        other, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                info.size());
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

    @Nullable
    Void write(byte[] bytes, long position) throws IOException {
        writeAll(ByteBuffer.wrap(bytes), position);
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

    /** Puts the whole file in its place. */
    @Nullable
    Void commit(long length, @Nullable Instant modified) throws IOException {
        channel.truncate(length);
        if (modified != null) {
            Files.setLastModifiedTime(path, FileTime.from(modified));
        }
        channel.force(true);
        Files.move(path, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        channel.close();
        return null;
    }

    /** What there is stays for another try. */
    @Nullable
    Void close() throws IOException {
        channel.close();
        return null;
    }

    @Nullable
    Void discard() throws IOException {
        Files.deleteIfExists(path);
        return close();
    }
}
