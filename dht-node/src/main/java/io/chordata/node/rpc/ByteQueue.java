package io.chordata.node.rpc;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Bytes that came and were not used yet. Grows with what came, never with what a peer announces. */
final class ByteQueue {
    private static final byte[] NONE = {};
    private static final int GROWTH_BYTES_MAX = 1 << 20;

    private byte[] bytes = NONE;
    private int begin;
    private int end;

    int size() {
        return end - begin;
    }

    void add(Buffer chunk) {
        int length = chunk.length();
        if (end + length > bytes.length) {
            makeRoom(length);
        }
        chunk.getBytes(0, length, bytes, end);
        end += length;
    }

    void add(byte[] chunk) {
        if (end + chunk.length > bytes.length) {
            makeRoom(chunk.length);
        }
        System.arraycopy(chunk, 0, bytes, end, chunk.length);
        end += chunk.length;
    }

    private void makeRoom(int length) {
        int needed = size() + length;
        byte[] target = needed <= bytes.length / 2
                ? bytes
                : new byte[Math.max(needed, Math.min(2 * size(), size() + GROWTH_BYTES_MAX))];
        System.arraycopy(bytes, begin, target, 0, size());
        end = size();
        begin = 0;
        bytes = target;
    }

    /** The number that the first 4 bytes are; there must be as many. */
    int peekInt() {
        return (bytes[begin] & 0xff) << 24
                | (bytes[begin + 1] & 0xff) << 16
                | (bytes[begin + 2] & 0xff) << 8
                | bytes[begin + 3] & 0xff;
    }

    byte[] take(int length) {
        byte[] taken = Arrays.copyOfRange(bytes, begin, begin + length);
        skip(length);
        return taken;
    }

    /** For reading {@link #size} bytes from {@link #offset} on, until the next change. */
    byte[] array() {
        return bytes;
    }

    int offset() {
        return begin;
    }

    void skip(int length) {
        begin += length;
        if (begin == end) {
            release();
        }
    }

    /** A quiet connection holds no memory. */
    private void release() {
        bytes = NONE;
        begin = 0;
        end = 0;
    }
}
