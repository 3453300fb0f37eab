package io.chordata.node.storage;

import io.chordata.node.core.Loop;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.StoreFailedException;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A batch on its way to disk, with the loop that waits for it. */
record PendingWrite(RecordBatch batch, Durability durability, Loop loop, Promise<Void> promise) {
    /** What a batch costs beside its keys and values, so that many empty ones count, too. */
    private static final int OVERHEAD_BYTES = 128;

    private static final Logger LOG = LoggerFactory.getLogger(PendingWrite.class);

    long bytes() {
        return batch.bytes() + OVERHEAD_BYTES;
    }

    /** Settles the promises on their loops, in order, with one task for each loop; null means success. */
    static void settle(List<PendingWrite> writes, @Nullable StoreFailedException failure) {
        Map<Loop, List<PendingWrite>> byLoop = new LinkedHashMap<>();
        for (PendingWrite write : writes) {
            byLoop.computeIfAbsent(write.loop, loop -> new ArrayList<>()).add(write);
        }
        byLoop.forEach((loop, ofLoop) -> execute(loop, () -> ofLoop.forEach(write -> write.settle(failure))));
    }

    /** On the write's own loop. */
    void settle(@Nullable StoreFailedException failure) {
        if (failure == null) {
            promise.complete();
        } else {
            promise.fail(failure);
        }
    }

    static void execute(Loop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("event=answer-dropped reason=\"the loop that waited for a write has ended\"");
        }
    }
}
