package io.chordata.node.storage;

import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordBatch.Delete;
import io.chordata.node.core.RecordBatch.DeleteRange;
import io.chordata.node.core.RecordBatch.Put;
import io.chordata.node.core.RecordStore.Family;
import java.util.Arrays;
import java.util.Map;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/** Copies the changes of batches into a RocksDB batch, in order. */
final class RocksBatches {
    private RocksBatches() {}

    static void append(RecordBatch batch, WriteBatch target, Map<Family, ColumnFamilyHandle> handles)
            throws RocksDBException {
        try {
            batch.forEach(new Appender(target, handles));
        } catch (Refused e) {
            throw e.cause;
        }
    }

    private record Appender(WriteBatch target, Map<Family, ColumnFamilyHandle> handles) implements RecordBatch.Visitor {
        @Override
        public void put(Put put) {
            appending(() -> target.put(handleOf(put), put.key(), put.value()));
        }

        @Override
        public void delete(Delete delete) {
            appending(() -> target.delete(handleOf(delete), delete.key()));
        }

        @Override
        public void deleteRange(DeleteRange range) {
            // RocksDB calls a range that ends before it begins an error, and an empty one costs every later read.
            if (Arrays.compareUnsigned(range.from(), range.to()) < 0) {
                appending(() -> target.deleteRange(handleOf(range), range.from(), range.to()));
            }
        }

        private ColumnFamilyHandle handleOf(RecordBatch.Change change) {
            ColumnFamilyHandle handle = handles.get(change.family());
            if (handle == null) {
                throw new IllegalArgumentException(change.family() + " is not a family of this database");
            }
            return handle;
        }

        private static void appending(Step step) {
            try {
                step.run();
            } catch (RocksDBException e) {
                throw new Refused(e);
            }
        }
    }

    private interface Step {
        void run() throws RocksDBException;
    }

    /** Carries the checked exception out of the visitor. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final RocksDBException cause;

        Refused(RocksDBException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
