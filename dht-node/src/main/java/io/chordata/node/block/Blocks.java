package io.chordata.node.block;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** The blocks of all bodies, wherever their copies are. Futures complete on the caller's loop. */
public interface Blocks {
    /**
     * Completes when the block is durable, and not before. Fails as {@link BlockStore#write} does, or with a
     * {@link io.chordata.node.partition.PartitionRefusedException}: then it may have been stored in places, until the body is
     * dropped. The buffer must not be changed, not even when the future is complete.
     */
    Future<Void> write(BlockRef block, BlockOwner owner, Buffer body);

    /** As {@link BlockStore#read}; a refusal where it is not known whether the block is there. */
    Future<Buffer> read(BlockRef block, int offset, int length);

    /** Removes the blocks of a body in one partition, for ever. */
    Future<Void> drop(PartitionId partition, BodyId body);

    /** Those of one node that has them all. */
    static Blocks of(BlockStore store) {
        return new Blocks() {
            @Override
            public Future<Void> write(BlockRef block, BlockOwner owner, Buffer body) {
                return store.write(block, owner, body);
            }

            @Override
            public Future<Buffer> read(BlockRef block, int offset, int length) {
                return store.read(block, offset, length);
            }

            @Override
            public Future<Void> drop(PartitionId partition, BodyId body) {
                return store.drop(partition, body);
            }
        };
    }
}
