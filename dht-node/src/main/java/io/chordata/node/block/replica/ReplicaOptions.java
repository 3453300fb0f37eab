package io.chordata.node.block.replica;

import io.chordata.node.core.BlockStore;

/**
 * How blocks are copied between nodes.
 *
 * @param deadlineMillis after which a write or read is given up. Longer rides out elections and restarts, shorter tells clients
 *     sooner
 * @param retryMillis between attempts. Shorter finds a new leader or member sooner, longer asks less
 * @param callMillis how long one question to another node may take. Longer suits slow disks, shorter finds dead nodes sooner
 * @param pieceBytes how much of a block is sent at once. Larger: fewer messages; smaller: heartbeats on the same connection wait
 *     less
 * @param laneBytes pieces under way to one node. Larger hides more latency; smaller lets other messages pass sooner
 * @param receiveBytesMax blocks that arrive from other nodes and are not synced yet. Larger takes more at once; beyond, others
 *     are told to come later
 * @param fetchBytesMax blocks that this node fetches from others at a time. Larger restores redundancy sooner, smaller takes less
 *     memory; a block waits until it has room
 * @param backgroundBytesMax blocks that a majority has, on their way to the slowest. Larger leaves less to repair; smaller keeps new
 *     writes from waiting behind it
 * @param hedgeMinMillis a read never asks another member sooner
 * @param copyBytesPerSecond what repair and newcomers may fetch. Larger restores redundancy sooner, smaller spares requests
 */
public record ReplicaOptions(
        long deadlineMillis,
        long retryMillis,
        long callMillis,
        int pieceBytes,
        long laneBytes,
        long receiveBytesMax,
        long fetchBytesMax,
        long backgroundBytesMax,
        long hedgeMinMillis,
        long copyBytesPerSecond) {
    /** What a frame holds beside a piece fits the rest of the service's largest message. */
    private static final int PIECE_BYTES_MAX = 384 << 10;

    private static final int SMALLEST_PIECE_BYTES = 4 << 10;

    public ReplicaOptions {
        require("deadlineMillis", deadlineMillis, 1, 60_000);
        require("retryMillis", retryMillis, 1, deadlineMillis);
        require("callMillis", callMillis, 1, 600_000);
        require("pieceBytes", pieceBytes, SMALLEST_PIECE_BYTES, PIECE_BYTES_MAX);
        require("laneBytes", laneBytes, pieceBytes, 1L << 30);
        require("receiveBytesMax", receiveBytesMax, BlockStore.MAX_BLOCK_BYTES, 1L << 40);
        require("fetchBytesMax", fetchBytesMax, BlockStore.MAX_BLOCK_BYTES, 1L << 40);
        require("backgroundBytesMax", backgroundBytesMax, 0, 1L << 40);
        require("hedgeMinMillis", hedgeMinMillis, 1, deadlineMillis);
        require("copyBytesPerSecond", copyBytesPerSecond, pieceBytes, 1L << 40);
    }

    /** An eighth of the heap for what arrives, a sixteenth for what is fetched. */
    public static ReplicaOptions forHeap(long heapBytes) {
        long eighth = Math.max(32L << 20, heapBytes / 8);
        return new ReplicaOptions(4_500, 100, 4_000, 256 << 10, 1 << 20, eighth, eighth / 2, 16L << 20, 10, 100L << 20);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", got " + value);
        }
    }
}
