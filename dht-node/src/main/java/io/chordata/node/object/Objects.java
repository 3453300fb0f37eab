package io.chordata.node.object;

import io.chordata.node.block.Payload;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the operations on single objects. Futures complete on the caller's loop and fail with {@link ObjectException}. */
public final class Objects {
    /** Fails with NO_SUCH_BUCKET or NO_SUCH_KEY. */
    public Future<StoredObject> head(String bucket, ObjectKey key) {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens the object for reading. {@code choose} sees the version that will be sent, says which bytes, and may refuse by
     * throwing (the future then fails with its exception); it is asked again if the version had to be read again.
     *
     * @param part the part to read, or 0 for the whole; the range is then relative to the part, whose size and place
     *     {@code choose} finds in {@link Choice}
     */
    public Future<OpenObject> open(String bucket, ObjectKey key, int part, Function<Choice, ByteRange> choose) {
        throw new UnsupportedOperationException();
    }

    /** What {@link #open} lets the caller choose from: {@code size} is that of the part if one was asked for. */
    public record Choice(
            StoredObject object, long size, @Nullable StoredChecksum partChecksum) {}

    /** Stores the payload under the key. Nothing is visible before the future completes, or if it fails. */
    public Future<StoredObject> put(PutRequest request, Payload payload) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param checksum which of the payload's checksums to keep, null for none
     */
    public record PutRequest(
            String bucket,
            ObjectKey key,
            ObjectMetadata metadata,
            WriteConditions conditions,
            io.chordata.node.block.@Nullable ChecksumAlgorithm checksum) {}

    /** Removes the object; a missing key is fine unless {@code conditions} ask for one. */
    public Future<Void> delete(String bucket, ObjectKey key, WriteConditions conditions) {
        throw new UnsupportedOperationException();
    }

    /**
     * Removes up to 1,000 objects.
     *
     * @return an outcome for each item, in the order given: null for removed, else why not
     */
    public Future<List<@Nullable ObjectException>> deleteAll(String bucket, List<DeleteItem> items) {
        throw new UnsupportedOperationException();
    }

    public record DeleteItem(ObjectKey key, WriteConditions conditions) {}

    /** Writes the source's bytes anew under the target's key. Source conditions are {@code sourceCheck}'s to refuse. */
    public Future<StoredObject> copy(CopyRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param metadata null to take the source's
     * @param checksum the algorithm of the copy's checksum; null to keep the source's
     * @param sourceCheck sees the version that is being copied; throws to refuse
     */
    public record CopyRequest(
            String sourceBucket,
            ObjectKey sourceKey,
            String bucket,
            ObjectKey key,
            @Nullable ObjectMetadata metadata,
            WriteConditions conditions,
            io.chordata.node.block.@Nullable ChecksumAlgorithm checksum,
            java.util.function.Consumer<StoredObject> sourceCheck) {}

    /** The parts of an object, for GetObjectAttributes and part reads. Empty for a plain put. */
    public Future<List<StoredPart>> parts(String bucket, ObjectKey key) {
        throw new UnsupportedOperationException();
    }
}
