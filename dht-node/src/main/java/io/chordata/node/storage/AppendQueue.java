package io.chordata.node.storage;

import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.StoreFailedException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the appender: writes, drops and single steps of maintenance. Writes are taken many at a time, and so are
 * drops; either may overtake the other, but never one of the same body. For any thread.
 */
final class AppendQueue {
    /** Keeps a commit of tiny blocks, and a batch of their rows, small. */
    private static final int GROUP_MAX = 1024;

    private final long bytesMax;
    private final List<Operation> waiting = new LinkedList<>();
    private final List<Step> steps = new LinkedList<>();
    private long bytes;
    private @Nullable StoreFailedException refusal;

    /** A write or a drop. */
    sealed interface Operation {
        BodyAt body();

        Promise<Void> promise();
    }

    record BodyAt(PartitionId partition, BodyId body) {}

    record Write(BlockRef block, BlockOwner owner, Buffer bytes, long createdMillis, Promise<Void> promise)
            implements Operation {
        @Override
        public BodyAt body() {
            return new BodyAt(block.partition(), block.body());
        }
    }

    record Drop(BodyAt body, Promise<Void> promise) implements Operation {}

    /** Something that needs the appender for itself until its future completes. */
    record Step(Supplier<Future<Void>> work, Promise<Void> promise) {}

    AppendQueue(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Fails the write at once if the queue is full; a single write always fits. */
    synchronized void add(Write write) {
        int length = write.bytes.length();
        if (refusal != null) {
            write.promise.fail(refusal);
        } else if (bytes > 0 && bytes + length > bytesMax) {
            write.promise.fail(new StoreBusyException(
                    bytes + " bytes wait to be written to blocks/, the most is " + bytesMax + "; try again later"));
        } else {
            bytes += length;
            waiting.add(write);
        }
    }

    synchronized void add(Drop drop) {
        if (refusal != null) {
            drop.promise.fail(refusal);
        } else {
            waiting.add(drop);
        }
    }

    synchronized void add(Step step) {
        if (refusal != null) {
            step.promise.fail(refusal);
        } else {
            steps.add(step);
        }
    }

    /** The writes that may be next, oldest first, up to {@code maxBytes} but at least one if there is any. */
    synchronized List<Write> takeWrites(long maxBytes) {
        List<Write> taken = new ArrayList<>();
        Set<BodyAt> passed = new HashSet<>();
        long takenBytes = 0;
        for (Iterator<Operation> oldest = waiting.iterator(); oldest.hasNext(); ) {
            Operation operation = oldest.next();
            if (!(operation instanceof Write write)) {
                passed.add(operation.body());
                continue;
            }
            boolean full =
                    taken.size() == GROUP_MAX || !taken.isEmpty() && takenBytes + write.bytes.length() > maxBytes;
            if (full || passed.contains(write.body())) {
                break;
            }
            takenBytes += write.bytes.length();
            taken.add(write);
            oldest.remove();
        }
        return taken;
    }

    /** The writes are done, one way or the other: their room is free. */
    synchronized void release(List<Write> writes) {
        writes.forEach(write -> bytes -= write.bytes.length());
    }

    synchronized List<Drop> takeDrops() {
        List<Drop> taken = new ArrayList<>();
        Set<BodyAt> passed = new HashSet<>();
        for (Iterator<Operation> oldest = waiting.iterator(); oldest.hasNext() && taken.size() < GROUP_MAX; ) {
            Operation operation = oldest.next();
            if (!(operation instanceof Drop drop)) {
                passed.add(operation.body());
            } else if (passed.contains(drop.body)) {
                break;
            } else {
                taken.add(drop);
                oldest.remove();
            }
        }
        return taken;
    }

    synchronized @Nullable Step takeStep() {
        return steps.isEmpty() ? null : steps.remove(0);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty() && steps.isEmpty();
    }

    /** Everything that waits, and all that comes, fails. */
    synchronized void refuse(StoreFailedException cause) {
        if (refusal == null) {
            refusal = cause;
        }
        waiting.forEach(operation -> operation.promise().tryFail(cause));
        steps.forEach(step -> step.promise.tryFail(cause));
        waiting.clear();
        steps.clear();
        bytes = 0;
    }
}
