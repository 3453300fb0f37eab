package io.chordata.node.block;

import io.chordata.node.core.BlockMissingException;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Blocks in memory that come and go when the simulated workers get to it, with failures on order. */
final class FakeBlocks implements BlockStore {
    final Map<BlockRef, Buffer> blocks = new HashMap<>();
    IntPredicate writeFails = number -> false;
    IntPredicate readFails = number -> false;
    RuntimeException failure = new IllegalStateException("ordered by the test");

    @Nullable
    WeakReference<Buffer> lastWritten;

    int writes;
    int reads;
    long bytesUnderWay;
    long mostBytesUnderWay;
    int largestRead;
    boolean stuck;

    private final Loops loops;

    FakeBlocks(Loops loops) {
        this.loops = loops;
    }

    @Override
    public Future<Void> write(BlockRef block, BlockOwner owner, Buffer body) {
        int number = writes++;
        lastWritten = new WeakReference<>(body);
        bytesUnderWay += body.length();
        mostBytesUnderWay = Math.max(mostBytesUnderWay, bytesUnderWay);
        if (stuck) {
            return Promise.<Void>promise().future();
        }
        return later(() -> {
            bytesUnderWay -= body.length();
            if (writeFails.test(number)) {
                throw failure;
            }
            blocks.put(block, body.copy());
            return null;
        });
    }

    @Override
    public Future<Buffer> read(BlockRef block, int offset, int length) {
        int number = reads++;
        largestRead = Math.max(largestRead, length);
        return later(() -> {
            if (readFails.test(number)) {
                throw failure;
            }
            Buffer body = blocks.get(block);
            if (body == null) {
                throw new BlockMissingException(block.toString());
            }
            return body.getBuffer(offset, offset + length);
        });
    }

    @Override
    public Future<Void> drop(PartitionId partition, BodyId body) {
        return later(() -> {
            blocks.keySet()
                    .removeIf(block ->
                            block.partition().equals(partition) && block.body().equals(body));
            return null;
        });
    }

    private <T> Future<T> later(Callable<T> work) {
        return loops.current().executeBlocking(work);
    }

    @Override
    public Future<List<StoredBlock>> list(@Nullable BlockRef after, int max) {
        throw new UnsupportedOperationException("not listed here");
    }

    @Override
    public Future<List<BlockRef>> listSetAside(@Nullable BlockRef after, int max) {
        throw new UnsupportedOperationException("not listed here");
    }

    @Override
    public Stats stats() {
        throw new UnsupportedOperationException("not counted here");
    }

    @Override
    public void close() {}
}
