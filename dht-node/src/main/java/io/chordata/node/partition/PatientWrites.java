package io.chordata.node.partition;

import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.StoreBusyException;
import io.chordata.node.core.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Writes that have to happen, however busy the store is. Those that wait may overtake each other. */
final class PatientWrites {
    private static final long BUSY_RETRY_MILLIS = 5;

    private final RecordStore records;
    private final Timers timers;

    PatientWrites(RecordStore records, Timers timers) {
        this.records = records;
        this.timers = timers;
    }

    Future<Void> write(RecordBatch batch, Durability durability) {
        if (batch.isEmpty()) {
            return Future.succeededFuture();
        }
        return records.write(batch, durability)
                .recover(cause ->
                        cause instanceof StoreBusyException ? later(batch, durability) : Future.failedFuture(cause));
    }

    private Future<Void> later(RecordBatch batch, Durability durability) {
        Promise<Void> done = Promise.promise();
        timers.once(BUSY_RETRY_MILLIS, () -> write(batch, durability).onComplete(done));
        return done.future();
    }
}
