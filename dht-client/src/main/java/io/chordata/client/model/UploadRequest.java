package io.chordata.client.model;

import org.jspecify.annotations.Nullable;

/**
 * An object to send in parts, several at a time. What fits into one part is sent as one put.
 *
 * @param partBytes of each part, 5 MiB to 5 GiB; larger needs fewer requests, smaller repeats less when one fails. Of a
 *     stream, up to {@code parallel + 1} parts are in memory, and their size doubles with each 1,000 parts, up to 1 GiB
 * @param parallel how many parts are under way at a time
 * @param uploadId of an upload to go on with, whose parts are checked and kept; null for a new one
 * @param keepOnFailure whether what was sent stays for another try; else a failed upload is aborted
 */
public record UploadRequest(
        String bucket,
        String key,
        Content content,
        ObjectMetadata metadata,
        Conditions conditions,
        long partBytes,
        int parallel,
        @Nullable String uploadId,
        boolean keepOnFailure) {
    private static final long MIN_PART_BYTES = 5L << 20;
    private static final long MAX_PART_BYTES = 5L << 30;
    private static final long PART_BYTES = 8L << 20;
    private static final int PARALLEL = 4;

    public UploadRequest {
        if (partBytes < MIN_PART_BYTES || partBytes > MAX_PART_BYTES) {
            throw new IllegalArgumentException("a part has 5 MiB to 5 GiB, not " + partBytes + " bytes");
        }
        if (parallel < 1) {
            throw new IllegalArgumentException("at least one part at a time");
        }
        if (uploadId != null && !content.isSliceable()) {
            throw new IllegalArgumentException("only bytes and files can be gone on with");
        }
    }

    public static UploadRequest of(String bucket, String key, Content content) {
        return new UploadRequest(
                bucket, key, content, ObjectMetadata.NONE, Conditions.NONE, PART_BYTES, PARALLEL, null, false);
    }

    public UploadRequest withMetadata(ObjectMetadata value) {
        return new UploadRequest(bucket, key, content, value, conditions, partBytes, parallel, uploadId, keepOnFailure);
    }

    public UploadRequest withConditions(Conditions value) {
        return new UploadRequest(bucket, key, content, metadata, value, partBytes, parallel, uploadId, keepOnFailure);
    }

    public UploadRequest withParts(long bytes, int atATime) {
        return new UploadRequest(bucket, key, content, metadata, conditions, bytes, atATime, uploadId, keepOnFailure);
    }

    /** Goes on with an upload that was kept; its metadata is what it was begun with. */
    public UploadRequest resuming(String id) {
        return new UploadRequest(bucket, key, content, metadata, conditions, partBytes, parallel, id, true);
    }

    public UploadRequest keepingOnFailure() {
        return new UploadRequest(bucket, key, content, metadata, conditions, partBytes, parallel, uploadId, true);
    }
}
