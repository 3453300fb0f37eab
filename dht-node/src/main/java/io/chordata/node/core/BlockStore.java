package io.chordata.node.core;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The port to a node's blocks: immutable pieces of object bodies, up to {@link #MAX_BLOCK_BYTES} each, checked on every
 * read. Futures complete on the caller's context.
 */
public interface BlockStore extends AutoCloseable {
    int MAX_BLOCK_BYTES = 16 << 20;

    /**
     * Completes when the block is synced and will be found again after a crash. Writing a block that is there already
     * replaces it. Fails with {@link StoreFullException}, with {@link StoreBusyException} when more waits to be written
     * than the store may hold in memory (nothing was or will be written), or with {@link StoreFailedException}. The
     * buffer must not be changed until then.
     *
     * @param body 1 to {@link #MAX_BLOCK_BYTES} bytes
     */
    Future<Void> write(BlockRef block, BlockOwner owner, Buffer body);

    /**
     * {@code length} bytes from {@code offset} on, verified. Fails with {@link BlockMissingException}, with
     * {@link BlockCorruptException} (the copy is set aside and counted, never served; so does every later read until
     * the block is written again or dropped), with {@link StoreFailedException}, or with
     * {@link IndexOutOfBoundsException} if the block is shorter.
     */
    Future<Buffer> read(BlockRef block, int offset, int length);

    /**
     * Removes the body's blocks in this partition, those whose writes were asked for earlier and are not yet answered
     * included; completes when that will survive a crash. None there: fine. Goes on when the disk is full.
     */
    Future<Void> drop(PartitionId partition, BodyId body);

    /**
     * Up to {@code max} blocks in order of (partition, body, index), those after {@code after}; null starts anew. Blocks that
     * are set aside are not among them.
     */
    Future<List<StoredBlock>> list(@Nullable BlockRef after, int max);

    /** As {@link #list}, of the blocks that were found corrupt and are neither written again nor dropped since. */
    Future<List<BlockRef>> listSetAside(@Nullable BlockRef after, int max);

    Stats stats();

    @Override
    void close();

    /** A block as the index knows it. */
    record StoredBlock(BlockRef block, BlockOwner owner, int length) {}

    /**
     * @param capacityBytes of the file system
     * @param freeBytes of the file system
     * @param corruptBlocks found since start
     */
    record Stats(
            long blocks,
            long liveBytes,
            long segmentBytes,
            long segments,
            long capacityBytes,
            long freeBytes,
            long corruptBlocks,
            long compactedBytes) {}
}
