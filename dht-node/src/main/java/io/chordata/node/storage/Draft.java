package io.chordata.node.storage;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/**
 * A block to be appended.
 *
 * @param body its readable bytes are the body
 * @param chunkChecksums of the body; those it came with when it is copied, so that nothing can spoil it unseen
 */
record Draft(BlockRef block, BlockOwner owner, long createdMillis, ByteBuf body, int[] chunkChecksums) {
    static Draft of(BlockRef block, BlockOwner owner, long createdMillis, Buffer body) {
        ByteBuf bytes = ((BufferInternal) body).getByteBuf();
        return new Draft(block, owner, createdMillis, bytes, Checksums.ofChunks(bytes));
    }

    int bodyBytes() {
        return body.readableBytes();
    }

    int recordBytes() {
        return RecordHeader.headerBytes(owner.key().length, bodyBytes()) + bodyBytes();
    }
}
