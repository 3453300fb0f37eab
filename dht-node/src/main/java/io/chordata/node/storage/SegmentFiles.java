package io.chordata.node.storage;

import io.chordata.node.storage.Files.OpenFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Segment files by number, opened when they are needed and kept open for a while: at most {@code idleMax} beside those
 * in use. A deleted file is closed by its last user. For any thread.
 */
final class SegmentFiles implements AutoCloseable {
    private static final String SUFFIX = ".segment";
    private static final int DIGITS = 16;

    private final Files files;
    private final int idleMax;
    private final Map<Long, Handle> handles = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /** Guarded by the segment files' lock. */
    private static final class Handle {
        final OpenFile file;
        int users;
        boolean forgotten;

        Handle(OpenFile file) {
            this.file = file;
        }
    }

    /** The right to use an open file until it is closed. */
    final class Lease implements AutoCloseable {
        private final Handle handle;

        private Lease(Handle handle) {
            this.handle = handle;
        }

        OpenFile file() {
            return handle.file;
        }

        @Override
        public void close() throws IOException {
            release(handle);
        }
    }

    SegmentFiles(Files files, int idleMax) {
        this.files = files;
        this.idleMax = idleMax;
    }

    static String name(long segment) {
        String digits = Long.toHexString(segment);
        return "0".repeat(DIGITS - digits.length()) + digits + SUFFIX;
    }

    /** The number in a file's name, if it is that of a segment. */
    static OptionalLong number(String name) {
        if (!name.matches("[0-9a-f]{16}\\.segment")) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseUnsignedLong(name, 0, DIGITS, 16));
    }

    /** In order. */
    List<Long> list() throws IOException {
        List<Long> numbers = new ArrayList<>();
        for (String name : files.list()) {
            number(name).ifPresent(numbers::add);
        }
        return numbers;
    }

    /** A new file, its name not yet durable. */
    Lease create(long segment) throws IOException {
        return keep(segment, files.create(name(segment)));
    }

    /** Fails with {@link java.nio.file.NoSuchFileException} when it was deleted. */
    synchronized Lease open(long segment) throws IOException {
        Handle known = handles.get(segment);
        return known != null ? lease(known) : keep(segment, files.open(name(segment)));
    }

    private synchronized Lease keep(long segment, OpenFile file) throws IOException {
        if (closed) {
            file.close();
            throw new IOException("the block store is closed");
        }
        Handle handle = new Handle(file);
        handles.put(segment, handle);
        Lease lease = lease(handle);
        closeIdle(idleMax);
        return lease;
    }

    private Lease lease(Handle handle) {
        handle.users++;
        return new Lease(handle);
    }

    private synchronized void release(Handle handle) throws IOException {
        handle.users--;
        if (handle.forgotten && handle.users == 0) {
            handle.file.close();
        } else {
            closeIdle(idleMax);
        }
    }

    private void closeIdle(int most) throws IOException {
        if (handles.size() <= most) {
            return;
        }
        long idle =
                handles.values().stream().filter(handle -> handle.users == 0).count();
        Iterator<Handle> eldestFirst = handles.values().iterator();
        while (idle > most && eldestFirst.hasNext()) {
            Handle handle = eldestFirst.next();
            if (handle.users == 0) {
                eldestFirst.remove();
                handle.file.close();
                idle--;
            }
        }
    }

    /** The name is gone, not yet durably. Fails with {@link java.nio.file.NoSuchFileException} if it was already. */
    void delete(long segment) throws IOException {
        try {
            files.delete(name(segment));
        } finally {
            // not earlier: a reader could open it again in between and keep its space from coming back
            forget(segment);
        }
    }

    private synchronized void forget(long segment) throws IOException {
        Handle handle = handles.remove(segment);
        if (handle != null) {
            handle.forgotten = true;
            if (handle.users == 0) {
                handle.file.close();
            }
        }
    }

    /** Takes the file out of the numbered ones, durably; nothing reads it any more, but somebody may look at it. */
    void setAside(long segment) throws IOException {
        forget(segment);
        files.rename(name(segment), name(segment) + ".damaged");
        files.syncDirectory();
    }

    void syncDirectory() throws IOException {
        files.syncDirectory();
    }

    /** What is in use is closed by its last user. */
    @Override
    public synchronized void close() throws IOException {
        closed = true;
        for (long segment : List.copyOf(handles.keySet())) {
            forget(segment);
        }
    }
}
