package io.chordata.node.block;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.Partitioning;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Walks over slices of bodies in pieces that each lie within one block. */
final class ReadPlan {
    private final Partitioning partitioning;
    private final Queue<BodySlice> slices = new ArrayDeque<>();
    private long done;

    /** {@code length} bytes of a block from {@code offset} on. */
    record Piece(BlockRef block, int offset, int length) {}

    ReadPlan(Partitioning partitioning, List<BodySlice> slices) {
        this.partitioning = partitioning;
        slices.stream().filter(slice -> slice.length() > 0).forEach(this.slices::add);
    }

    boolean isFinished() {
        return slices.isEmpty();
    }

    /** How long the next piece may be: to the end of its slice or block. */
    int longest() {
        BodySlice slice = slices.element();
        int blockBytes = slice.body().blockBytes();
        long toBlockEnd = blockBytes - (slice.offset() + done) % blockBytes;
        return (int) Math.min(toBlockEnd, slice.length() - done);
    }

    /** The next piece, of {@code length} bytes, at most {@link #longest}. */
    Piece next(int length) {
        BodySlice slice = slices.element();
        long position = slice.offset() + done;
        int blockBytes = slice.body().blockBytes();
        BlockRef block = BlockRef.of(partitioning, slice.body().id(), (int) (position / blockBytes));
        done += length;
        if (done == slice.length()) {
            slices.remove();
            done = 0;
        }
        return new Piece(block, (int) (position % blockBytes), length);
    }
}
