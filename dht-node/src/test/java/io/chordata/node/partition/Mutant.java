package io.chordata.node.partition;

import io.chordata.node.core.BlockStore;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Loop;
import io.chordata.node.core.Loops;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Faults that the simulation must find, planted where the partitions meet their stores. */
enum Mutant {
    NONE,
    /** Commits entries that are on their way to the disk, but not synced. */
    ANSWER_BEFORE_SYNC {
        @Override
        RecordStore plant(RecordStore store, Loops loops) {
            return Intercepted.method(RecordStore.class, store, "write", arguments -> {
                RecordBatch batch = (RecordBatch) arguments[0];
                return arguments[1] == RecordStore.Durability.SYNCED
                        ? answerAtOnce(store.write(batch, RecordStore.Durability.ORDERED), loops)
                        : store.write(batch, (RecordStore.Durability) arguments[1]);
            });
        }
    },
    /** Deletes entries whose rows are not flushed. */
    TRUNCATE_WITHOUT_FLUSH {
        @Override
        RecordStore plant(RecordStore store, Loops loops) {
            return Intercepted.method(
                    RecordStore.class, store, "flush", arguments -> answerAtOnce(Future.succeededFuture(), loops));
        }
    },
    /** Writes the applied mark in a batch of its own, before the rows. */
    MARK_APART_FROM_ROWS {
        @Override
        RecordStore plant(RecordStore store, Loops loops) {
            return Intercepted.method(RecordStore.class, store, "write", arguments -> {
                RecordBatch batch = (RecordBatch) arguments[0];
                RecordStore.Durability durability = (RecordStore.Durability) arguments[1];
                return durability == RecordStore.Durability.REPLAYED
                        ? writeMarkFirst(store, batch)
                        : store.write(batch, durability);
            });
        }
    },
    /** Answers a query on a worker from the rows as they are at each read. */
    QUERY_WITHOUT_SNAPSHOT {
        @Override
        RecordStore plant(RecordStore store, Loops loops) {
            return Intercepted.method(
                    RecordStore.class,
                    store,
                    "snapshot",
                    arguments -> Intercepted.method(
                            RecordStore.Snapshot.class,
                            store.snapshot(),
                            "get",
                            get -> store.get(
                                    (RecordStore.Family) get[0], (byte[]) get[1], (RecordStore.ReadTier) get[2])));
        }
    },
    /** Answers a drop before the blocks are gone. */
    ANSWER_BEFORE_DROP {
        @Override
        BlockStore plant(BlockStore store, Loops loops) {
            return Intercepted.method(
                    BlockStore.class,
                    store,
                    "drop",
                    arguments -> answerAtOnce(store.drop((PartitionId) arguments[0], (BodyId) arguments[1]), loops));
        }
    };

    RecordStore plant(RecordStore store, Loops loops) {
        return store;
    }

    BlockStore plant(BlockStore store, Loops loops) {
        return store;
    }

    private static Future<Void> answerAtOnce(Future<Void> real, Loops loops) {
        if (real.failed()) {
            return real;
        }
        Promise<Void> promise = Promise.promise();
        Loop caller = loops.current();
        caller.execute(promise::complete);
        return promise.future();
    }

    private static Future<Void> writeMarkFirst(RecordStore store, RecordBatch batch) {
        RecordBatch mark = new RecordBatch();
        RecordBatch rows = new RecordBatch();
        batch.forEach(new RecordBatch.Visitor() {
            @Override
            public void put(RecordBatch.Put put) {
                boolean isMark = put.key().length == PartitionKeys.LOG_KEY_BYTES;
                (isMark ? mark : rows).put(put.family(), put.key(), put.value());
            }

            @Override
            public void delete(RecordBatch.Delete delete) {
                rows.delete(delete.family(), delete.key());
            }

            @Override
            public void deleteRange(RecordBatch.DeleteRange range) {
                rows.deleteRange(range.family(), range.from(), range.to());
            }
        });
        return store.write(mark, RecordStore.Durability.REPLAYED)
                .compose(marked -> store.write(rows, RecordStore.Durability.REPLAYED));
    }
}
