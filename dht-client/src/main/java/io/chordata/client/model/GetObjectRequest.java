package io.chordata.client.model;

import org.jspecify.annotations.Nullable;

/** @param range null for all bytes */
public record GetObjectRequest(
        String bucket, String key, @Nullable ByteRange range, Conditions conditions) {
    public static GetObjectRequest of(String bucket, String key) {
        return new GetObjectRequest(bucket, key, null, Conditions.NONE);
    }

    public GetObjectRequest withRange(ByteRange value) {
        return new GetObjectRequest(bucket, key, value, conditions);
    }

    public GetObjectRequest withConditions(Conditions value) {
        return new GetObjectRequest(bucket, key, range, value);
    }
}
