package io.chordata.node.storage;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a real directory, through {@link FileChannel}. Give it direct buffers: others are copied. Its threads must
 * not be interrupted, because an interrupt closes the channel under everybody else.
 */
public final class ChannelFiles implements Files {
    private final Path directory;

    private ChannelFiles(Path directory) {
        this.directory = directory;
    }

    /** Makes the directory if needed, durably. */
    public static ChannelFiles in(Path directory) throws IOException {
        return new ChannelFiles(DurableFiles.createDirectories(directory.toAbsolutePath()));
    }

    @Override
    public List<String> list() throws IOException {
        try (Stream<Path> paths = java.nio.file.Files.list(directory)) {
            return paths.map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    @Override
    public OpenFile create(String name) throws IOException {
        try {
            return channel(name, CREATE_NEW, READ, WRITE);
        } catch (IOException e) {
            throw translated(e, 1);
        }
    }

    @Override
    public OpenFile open(String name) throws IOException {
        return channel(name, READ, WRITE);
    }

    private OpenFile channel(String name, OpenOption... options) throws IOException {
        Path file = directory.resolve(name);
        FileChannel channel = FileChannel.open(file, options);
        try {
            return new Channel(channel, Anchor.at(file));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        java.nio.file.Files.move(directory.resolve(from), directory.resolve(to), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(String name) throws IOException {
        java.nio.file.Files.delete(directory.resolve(name));
    }

    @Override
    public void syncDirectory() throws IOException {
        DurableFiles.syncDirectory(directory);
    }

    @Override
    public Space space() throws IOException {
        FileStore store = java.nio.file.Files.getFileStore(directory);
        return new Space(store.getTotalSpace(), store.getUsableSpace());
    }

    /**
     * The platform tells a full disk from a broken one by its message alone, and that may be in any language; so the
     * room that is left is asked as well.
     */
    private IOException translated(IOException e, long wantedBytes) throws IOException {
        String message = String.valueOf(e.getMessage());
        boolean full = message.contains("No space left")
                || message.contains("quota exceeded")
                || space().freeBytes() < wantedBytes;
        return full ? new DiskFullException("no room in " + directory, e) : e;
    }

    private final class Channel implements OpenFile {
        private final FileChannel channel;
        private final Anchor anchor;

        Channel(FileChannel channel, Anchor anchor) {
            this.channel = channel;
            this.anchor = anchor;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            int wanted = from.remaining();
            try {
                return channel.write(from, position);
            } catch (IOException e) {
                throw translated(e, wanted);
            }
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public void sync() throws IOException {
            // fdatasync: it takes the size along, and the times of the file do not matter
            channel.force(false);
        }

        @Override
        public void checkPlace() throws IOException {
            anchor.check();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
