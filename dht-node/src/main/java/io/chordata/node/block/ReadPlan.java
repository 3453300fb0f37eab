package io.chordata.node.block;

import io.chordata.node.core.BlockRef;
import io.chordata.node.core.Partitioning;
import java.util.List;

/** Walks over slices of bodies in pieces that each lie within one block. */
final class ReadPlan {
    private final Partitioning partitioning;
    private final List<BodySlice> slices;
    private int current;
    private long done;

    /** {@code length} bytes of a block from {@code offset} on; {@code done} were before it in its slice. */
    record Piece(BlockRef block, int offset, int length, int slice, long done) {}

    ReadPlan(Partitioning partitioning, List<BodySlice> slices) {
        this.partitioning = partitioning;
        this.slices = slices.stream().filter(slice -> slice.length() > 0).toList();
    }

    boolean isFinished() {
        return current == slices.size();
    }

    /** How long the next piece may be: to the end of its slice or block. */
    int longest() {
        BodySlice slice = slices.get(current);
        int blockBytes = slice.body().blockBytes();
        long toBlockEnd = blockBytes - (slice.offset() + done) % blockBytes;
        return (int) Math.min(toBlockEnd, slice.length() - done);
    }

    /** The next piece, of {@code length} bytes, at most {@link #longest}. */
    Piece next(int length) {
        BodySlice slice = slices.get(current);
        long position = slice.offset() + done;
        int blockBytes = slice.body().blockBytes();
        BlockRef block = BlockRef.of(partitioning, slice.body().id(), (int) (position / blockBytes));
        Piece piece = new Piece(block, (int) (position % blockBytes), length, current, done);
        done += length;
        if (done == slice.length()) {
            current++;
            done = 0;
        }
        return piece;
    }

    /** Makes {@code piece}, and all behind it, come once more. */
    void backTo(Piece piece) {
        current = piece.slice();
        done = piece.done();
    }
}
