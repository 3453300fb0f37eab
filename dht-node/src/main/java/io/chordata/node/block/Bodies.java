package io.chordata.node.block;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Loops;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RandomSource;
import io.vertx.core.Future;
import java.util.List;

/** Writes bodies into blocks and reads them back. One for the process; futures complete on the caller's loop. */
public final class Bodies {
    private final BodyOptions options;
    private final Partitioning partitioning;
    private final Blocks store;
    private final Loops loops;
    private final RandomSource random;
    private final BufferBudget writeBudget;
    private final BufferBudget readBudget;

    public Bodies(BodyOptions options, Partitioning partitioning, Blocks store, Loops loops, RandomSource random) {
        this.options = options;
        this.partitioning = partitioning;
        this.store = store;
        this.loops = loops;
        this.random = random;
        this.writeBudget = new BufferBudget(options.writeBufferBytes());
        this.readBudget = new BufferBudget(options.readBufferBytes());
    }

    /**
     * Reads the payload to its end, verifies it and stores it. Completes when every block is synced. On any failure
     * nothing stays behind (what was written is dropped), the payload's stream is left paused and without handlers, and
     * the future has the cause.
     *
     * @param inlineLimit bodies up to this many bytes are returned rather than stored; -1 stores all but the empty one
     */
    public Future<WrittenBody> write(BlockOwner owner, Payload payload, int inlineLimit) {
        BodyWriter.Target target = new BodyWriter.Target(loops.current(), options, writeBudget, partitioning, store);
        return new BodyWriter(target, BodyId.random(random), owner, payload, inlineLimit).write();
    }

    /**
     * Completes when the first bytes are there, with a paused stream of all slices in order, each verified, reading ahead
     * within bounds; waits while other readers hold all of the read buffer. Fails with
     * {@link io.chordata.node.core.BlockMissingException} or {@link io.chordata.node.core.BlockCorruptException}; after the
     * first bytes it is the stream that fails. The stream is to be read to its end or closed.
     */
    public Future<BodyStream> read(List<BodySlice> slices) {
        return new BodyReader(loops.current(), store, options, readBudget, new ReadPlan(partitioning, slices)).open();
    }

    /** Removes all blocks of a body that nothing refers to. */
    public Future<Void> drop(BodyRef body) {
        return new BodyDrop(store, partitioning).blocks(body.id(), body.blocks());
    }

    /** Bytes of the write buffer that no body holds. */
    public long freeWriteBytes() {
        return writeBudget.freeBytes();
    }

    /** Bytes of the read buffer that no body holds. */
    public long freeReadBytes() {
        return readBudget.freeBytes();
    }
}
