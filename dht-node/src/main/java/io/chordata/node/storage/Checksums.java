package io.chordata.node.storage;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC32C of bodies, in chunks, and of headers that hold their own checksum. */
final class Checksums {
    static final int CHUNK_BYTES = 64 << 10;

    private Checksums() {}

    static int chunks(int bodyBytes) {
        return (bodyBytes + CHUNK_BYTES - 1) / CHUNK_BYTES;
    }

    /** Of each chunk of the body; the last may be shorter. */
    static int[] ofChunks(ByteBuf body) {
        int length = body.readableBytes();
        int[] checksums = new int[chunks(length)];
        for (int chunk = 0; chunk < checksums.length; chunk++) {
            int from = chunk * CHUNK_BYTES;
            checksums[chunk] = of(body, body.readerIndex() + from, Math.min(CHUNK_BYTES, length - from));
        }
        return checksums;
    }

    private static int of(ByteBuf bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        for (ByteBuffer piece : bytes.nioBuffers(from, length)) {
            crc.update(piece);
        }
        return (int) crc.getValue();
    }

    static int of(ByteBuffer bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, length));
        return (int) crc.getValue();
    }

    /** Of {@code length} bytes, leaving out the four at {@code gap} (counted from {@code from}). */
    static int crcWithout(ByteBuffer bytes, int from, int length, int gap) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, gap));
        crc.update(bytes.slice(from + gap + Integer.BYTES, length - gap - Integer.BYTES));
        return (int) crc.getValue();
    }
}
