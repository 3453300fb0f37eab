package io.chordata.node.block;

import io.chordata.node.core.BlockStore;

/**
 * How bodies are cut and how much of them is in memory at once.
 *
 * @param blockBytes size of the blocks of new bodies. Larger: fewer index rows and syncs; smaller: less memory for each
 *     body under way, and ranges that waste less
 * @param inFlightBlocks blocks of one body that may be on their way to the disk while the next is gathered. More hides
 *     the latency of syncs; each holds a block in memory
 * @param writeBufferBytes bound for all bodies being written. Larger lets more uploads run at full speed at once;
 *     smaller makes them take turns, first come first served
 * @param readBytes largest piece read at once. Larger: fewer trips to the store; smaller: an earlier first byte
 * @param readAheadPieces pieces of one body that are read before they are asked for. More hides the latency of the
 *     disk; each holds a piece in memory
 * @param readBufferBytes bound for all bodies being read, until their connections have taken the bytes. Larger serves
 *     more slow readers at once. Beyond a quarter of it pieces are small, beyond all of it readers
 *     take turns
 */
public record BodyOptions(
        int blockBytes,
        int inFlightBlocks,
        long writeBufferBytes,
        int readBytes,
        int readAheadPieces,
        long readBufferBytes) {
    /** What a reader gets where there is no plenty: what the store verifies at once. */
    static final int SMALLEST_READ_BYTES = 64 << 10;

    private static final int USUAL_BLOCK_BYTES = 1 << 20;
    /** An array of half a region of G1, which is 1 MiB in small heaps, would take a whole one. */
    private static final int USUAL_READ_BYTES = 256 << 10;

    private static final int SMALLEST_BLOCK_BYTES = 4 << 10;

    public BodyOptions {
        require(
                blockBytes >= SMALLEST_BLOCK_BYTES && blockBytes <= BlockStore.MAX_BLOCK_BYTES,
                "blockBytes must be " + SMALLEST_BLOCK_BYTES + " to " + BlockStore.MAX_BLOCK_BYTES,
                blockBytes);
        require(inFlightBlocks >= 1, "inFlightBlocks must be at least 1", inFlightBlocks);
        require(writeBufferBytes >= blockBytes, "writeBufferBytes must hold a block", writeBufferBytes);
        require(
                readBytes >= SMALLEST_READ_BYTES && readBytes <= BlockStore.MAX_BLOCK_BYTES,
                "readBytes must be " + SMALLEST_READ_BYTES + " to " + BlockStore.MAX_BLOCK_BYTES,
                readBytes);
        require(readAheadPieces >= 1, "readAheadPieces must be at least 1", readAheadPieces);
        require(readBufferBytes >= readBytes, "readBufferBytes must hold a piece", readBufferBytes);
    }

    /** A quarter of the heap for writing, a quarter for reading, of which the connections' part is outside the heap. */
    public static BodyOptions forHeap(long heapBytes) {
        return new BodyOptions(
                USUAL_BLOCK_BYTES,
                4,
                Math.max(8L * USUAL_BLOCK_BYTES, heapBytes / 4),
                USUAL_READ_BYTES,
                4,
                Math.max(16L * USUAL_READ_BYTES, heapBytes / 4));
    }

    private static void require(boolean condition, String rule, long value) {
        if (!condition) {
            throw new IllegalArgumentException(rule + ", got " + value);
        }
    }
}
