package io.chordata.node.block;

import io.chordata.node.core.BlockOwner;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.List;

/** Writes bodies into blocks and reads them back. One for the process; futures complete on the caller's loop. */
public final class Bodies {
    /**
     * Reads the payload to its end, verifies it and stores it. Completes when every block is synced. On any failure
     * nothing stays behind (what was written is dropped) and the future has the cause.
     *
     * @param inlineLimit bodies up to this many bytes are returned rather than stored; -1 stores all
     */
    public Future<WrittenBody> write(BlockOwner owner, Payload payload, int inlineLimit) {
        throw new UnsupportedOperationException();
    }

    /**
     * Completes when the first bytes are there, with a paused stream of all slices in order, each verified, reading ahead
     * within bounds. Fails with {@link io.chordata.node.core.BlockMissingException} or
     * {@link io.chordata.node.core.BlockCorruptException}; after the first bytes it is the stream that fails.
     */
    public Future<ReadStream<Buffer>> read(List<BodySlice> slices) {
        throw new UnsupportedOperationException();
    }

    /** Removes all blocks of a body that nothing refers to. */
    public Future<Void> drop(BodyRef body) {
        throw new UnsupportedOperationException();
    }
}
