package io.chordata.node.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The port to one directory of files. What was written is durable after {@link OpenFile#sync}, and the names (created,
 * renamed, deleted) after {@link #syncDirectory}; until then a power loss may keep any part of it. A file that is deleted
 * stays readable for those who have it open. Every call may block; {@link DiskFullException} when there is no room.
 */
public interface Files {
    /** All names, in order. */
    List<String> list() throws IOException;

    /** A new, empty file. Fails if the name is taken. */
    OpenFile create(String name) throws IOException;

    /** Fails with {@link java.nio.file.NoSuchFileException} if there is none. */
    OpenFile open(String name) throws IOException;

    /** Replaces what has the new name. */
    void rename(String from, String to) throws IOException;

    /** Fails with {@link java.nio.file.NoSuchFileException} if there is none. */
    void delete(String name) throws IOException;

    void syncDirectory() throws IOException;

    Space space() throws IOException;

    /** Of the file system. */
    record Space(long capacityBytes, long freeBytes) {}

    /** A file open for reading and writing at positions. Reads may run beside each other and beside a write. */
    interface OpenFile extends AutoCloseable {
        long size() throws IOException;

        /**
         * Writes at least one byte of {@code from}, but perhaps not all; beyond the end the file grows.
         *
         * @return how many
         */
        int write(ByteBuffer from, long position) throws IOException;

        /**
         * Reads at least one byte into {@code into}, but perhaps fewer than it has room for.
         *
         * @return how many, or -1 at the end of the file
         */
        int read(ByteBuffer into, long position) throws IOException;

        void truncate(long size) throws IOException;

        /** What was written and the size become durable. After a failure nobody knows what is. */
        void sync() throws IOException;

        /** Fails if its name does not lead to it any more: then it is lost when it is closed. */
        void checkPlace() throws IOException;

        @Override
        void close() throws IOException;
    }
}
