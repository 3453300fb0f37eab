package io.chordata.client.model;

import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, version 2.
 *
 * @param delimiter empty for none; with one, keys that share what comes up to it after the prefix are shown as one
 * @param startAfter empty for the beginning
 * @param token where a page before ended; null for the first
 * @param maxKeys 1 to 1,000
 */
public record ListObjectsRequest(
        String bucket,
        String prefix,
        String delimiter,
        String startAfter,
        @Nullable String token,
        int maxKeys) {
    private static final int MAX_KEYS = 1000;

    public ListObjectsRequest {
        if (maxKeys < 1 || maxKeys > MAX_KEYS) {
            throw new IllegalArgumentException("a page has 1 to 1,000 keys, not " + maxKeys);
        }
    }

    public static ListObjectsRequest of(String bucket) {
        return new ListObjectsRequest(bucket, "", "", "", null, MAX_KEYS);
    }

    public ListObjectsRequest withPrefix(String value) {
        return new ListObjectsRequest(bucket, value, delimiter, startAfter, token, maxKeys);
    }

    public ListObjectsRequest withDelimiter(String value) {
        return new ListObjectsRequest(bucket, prefix, value, startAfter, token, maxKeys);
    }

    public ListObjectsRequest withStartAfter(String value) {
        return new ListObjectsRequest(bucket, prefix, delimiter, value, token, maxKeys);
    }

    public ListObjectsRequest withToken(@Nullable String value) {
        return new ListObjectsRequest(bucket, prefix, delimiter, startAfter, value, maxKeys);
    }

    public ListObjectsRequest withMaxKeys(int value) {
        return new ListObjectsRequest(bucket, prefix, delimiter, startAfter, token, value);
    }
}
