package io.chordata.node.core;

import io.chordata.node.core.RecordStore.Cursor;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import org.jspecify.annotations.Nullable;

/** What can be read of records: of the {@link RecordStore} as it is now, or of a snapshot. From any thread. */
public interface RecordReader {
    /**
     * @return the value, or null when the key has none
     * @throws ColdReadException if {@code tier} is MEMORY and the answer is not known there
     * @throws StoreFailedException if the disk fails or a checksum does not match
     */
    byte @Nullable [] get(Family family, byte[] key, ReadTier tier);

    /**
     * A consistent view of the keys in [{@code from}, {@code to}), positioned before the first. Blocks: for workers.
     *
     * @param to null for "to the end of the family"
     */
    Cursor scan(Family family, byte[] from, byte @Nullable [] to);
}
