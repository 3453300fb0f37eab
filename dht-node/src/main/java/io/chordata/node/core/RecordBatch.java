package io.chordata.node.core;

import io.chordata.node.core.RecordStore.Family;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Changes that happen together or not at all, applied in the order given. */
public final class RecordBatch {
    private final List<Change> changes = new ArrayList<>();
    private long bytes;

    /** One change of a batch. */
    public sealed interface Change {
        Family family();

        void accept(Visitor visitor);
    }

    /** One method for each kind of change. */
    public interface Visitor {
        void put(Put put);

        void delete(Delete delete);

        void deleteRange(DeleteRange range);
    }

    public record Put(Family family, byte[] key, byte[] value) implements Change {
        @Override
        public void accept(Visitor visitor) {
            visitor.put(this);
        }
    }

    public record Delete(Family family, byte[] key) implements Change {
        @Override
        public void accept(Visitor visitor) {
            visitor.delete(this);
        }
    }

    /** Every key in [{@code from}, {@code to}). */
    public record DeleteRange(Family family, byte[] from, byte[] to) implements Change {
        @Override
        public void accept(Visitor visitor) {
            visitor.deleteRange(this);
        }
    }

    public RecordBatch put(Family family, byte[] key, byte[] value) {
        changes.add(new Put(family, key, value));
        bytes += key.length + value.length;
        return this;
    }

    public RecordBatch delete(Family family, byte[] key) {
        changes.add(new Delete(family, key));
        bytes += key.length;
        return this;
    }

    public RecordBatch deleteRange(Family family, byte[] from, byte[] to) {
        changes.add(new DeleteRange(family, from, to));
        bytes += from.length + to.length;
        return this;
    }

    /** A view. */
    public List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    /** Calls {@code visitor} for each change, in order. */
    public void forEach(Visitor visitor) {
        changes.forEach(change -> change.accept(visitor));
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Of keys and values together. */
    public long bytes() {
        return bytes;
    }
}
