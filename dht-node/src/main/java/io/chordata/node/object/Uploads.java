package io.chordata.node.object;

import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Payload;
import io.chordata.node.core.UploadId;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the multipart operations. Futures complete on the caller's loop and fail with {@link ObjectException}. */
public final class Uploads {
    public static final int MAX_PARTS = 10_000;
    public static final long MIN_PART_BYTES = 5L << 20;
    public static final long MAX_PART_BYTES = 5L << 30;

    public Future<UploadId> create(CreateRequest request) {
        throw new UnsupportedOperationException();
    }

    /** @param checksumType null together with {@code checksum} */
    public record CreateRequest(
            String bucket,
            ObjectKey key,
            ObjectMetadata metadata,
            @Nullable ChecksumAlgorithm checksum,
            StoredChecksum.@Nullable Type checksumType) {}

    /** Which upload. */
    public record UploadName(String bucket, ObjectKey key, UploadId id) {}

    /** Stores a part; an earlier one of that number is replaced. Fails with NO_SUCH_UPLOAD or INVALID_REQUEST. */
    public Future<StoredPart> putPart(
            UploadName upload, int number, @Nullable ChecksumAlgorithm checksum, Payload payload) {
        throw new UnsupportedOperationException();
    }

    /** The upload as it was created: its checksum algorithm and type tell what its parts carry. */
    public Future<UploadInfo> find(UploadName upload) {
        throw new UnsupportedOperationException();
    }

    /** Stores a part from an object's bytes; {@code choose} picks them, or refuses by throwing. */
    public Future<StoredPart> copyPart(
            UploadName upload,
            int number,
            String sourceBucket,
            ObjectKey sourceKey,
            Function<StoredObject, ByteRange> choose) {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes the object from the parts named. Repeated with the same parts it gives the first answer again.
     *
     * <p>Fails with INVALID_PART (unknown or another ETag), INVALID_PART_ORDER, ENTITY_TOO_SMALL (any but the last under 5
     * MiB), BAD_DIGEST (a checksum given is not the parts'), PRECONDITION_FAILED, NO_SUCH_KEY, NO_SUCH_UPLOAD.
     */
    public Future<StoredObject> complete(CompleteRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param checksum the whole object's, as the client expects it, or null
     * @param size the whole object's ({@code x-amz-mp-object-size}), or -1
     */
    public record CompleteRequest(
            UploadName upload,
            List<CompletedPart> parts,
            WriteConditions conditions,
            @Nullable StoredChecksum checksum,
            long size) {}

    /**
     * @param eTag without quotes
     * @param checksum as the client gives it, or null
     */
    public record CompletedPart(
            int number, String eTag, @Nullable StoredChecksum checksum) {}

    /** Drops the upload and its parts. Fails with NO_SUCH_UPLOAD. */
    public Future<Void> abort(UploadName upload) {
        throw new UnsupportedOperationException();
    }

    /** Up to {@code max} (1 to 1,000) parts with numbers above {@code afterNumber}, in order. */
    public Future<PartPage> listParts(UploadName upload, int afterNumber, int max) {
        throw new UnsupportedOperationException();
    }

    public record PartPage(UploadInfo upload, List<StoredPart> parts, boolean truncated) {}

    /** Uploads in order of key, then of creation. */
    public Future<UploadPage> list(UploadListRequest request) {
        throw new UnsupportedOperationException();
    }

    /**
     * @param delimiter empty for none
     * @param keyMarker empty to begin
     * @param uploadIdMarker null unless {@code keyMarker} names a key of which later uploads are wanted
     */
    public record UploadListRequest(
            String bucket,
            String prefix,
            String delimiter,
            String keyMarker,
            @Nullable UploadId uploadIdMarker,
            int max) {}

    public record UploadInfo(
            ObjectKey key,
            UploadId id,
            long createdMillis,
            @Nullable ChecksumAlgorithm checksum,
            StoredChecksum.@Nullable Type checksumType) {}

    /** @param nextUploadIdMarker null if nothing follows or the page ends with a common prefix */
    public record UploadPage(
            List<UploadInfo> uploads,
            List<String> commonPrefixes,
            boolean truncated,
            String nextKeyMarker,
            @Nullable UploadId nextUploadIdMarker) {}
}
