package io.chordata.node.storage;

import java.nio.ByteBuffer;

/** Direct buffers between heap and files, one of each kind for a thread. Whoever takes one is done with the last. */
final class Staging {
    static final int WRITE_BYTES = 1 << 20;

    /** Small enough to stay in the processor's cache between reading, checking and copying. */
    static final int READ_BYTES = 4 * Checksums.CHUNK_BYTES;

    private static final ThreadLocal<ByteBuffer> WRITES = allocated(WRITE_BYTES);
    private static final ThreadLocal<ByteBuffer> READS = allocated(READ_BYTES);

    private Staging() {}

    private static ThreadLocal<ByteBuffer> allocated(int bytes) {
        return ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(bytes));
    }

    static ByteBuffer forWrites() {
        return WRITES.get().clear();
    }

    /** With room for {@code count} bytes, at most {@link #READ_BYTES}. */
    static ByteBuffer forReads(int count) {
        return READS.get().clear().limit(count);
    }
}
