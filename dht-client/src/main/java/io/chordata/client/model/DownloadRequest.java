package io.chordata.client.model;

import java.nio.file.Path;

/**
 * An object to keep as a file, in ranges of one ETag, several at a time. What fits into one range is one get. The bytes are
 * collected beside the file, under a name of their own that ends in {@link #SUFFIX}; the file is replaced in one step once
 * they are whole, checked and, unless that is left out, synced. What a failed try leaves, the next one goes on with.
 *
 * @param file in a directory that is there
 * @param size as a listing said; -1 if nobody knows, which costs a request
 * @param partBytes of each range
 * @param parallel how many ranges are under way at a time
 * @param synced whether the file is on the disk, whatever happens, before the download is done
 */
public record DownloadRequest(
        String bucket, String key, Path file, long size, long partBytes, int parallel, boolean synced) {
    /** Of the names under which bytes are collected. */
    public static final String SUFFIX = ".chordata-part";

    private static final long PART_BYTES = 16L << 20;
    private static final int PARALLEL = 4;

    public DownloadRequest {
        if (partBytes < 1 || parallel < 1 || size < -1) {
            throw new IllegalArgumentException("at least one byte, and one range at a time");
        }
    }

    public static DownloadRequest of(String bucket, String key, Path file) {
        return new DownloadRequest(bucket, key, file, -1, PART_BYTES, PARALLEL, true);
    }

    public DownloadRequest withSize(long value) {
        return new DownloadRequest(bucket, key, file, value, partBytes, parallel, synced);
    }

    public DownloadRequest withParts(long bytes, int atATime) {
        return new DownloadRequest(bucket, key, file, size, bytes, atATime, synced);
    }

    /** Far faster for many small files, if whoever asks finds out after a power cut that one is shorter than its object. */
    public DownloadRequest withoutSync() {
        return new DownloadRequest(bucket, key, file, size, partBytes, parallel, false);
    }
}
