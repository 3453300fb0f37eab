package io.chordata.client.model;

import org.jspecify.annotations.Nullable;

/**
 * A copy within one endpoint, of up to 5 GiB in one piece.
 *
 * @param sourceConditions on the object that is copied
 * @param metadata what the copy gets; null for what the source has
 * @param conditions on what is at the target
 */
public record CopyObjectRequest(
        String sourceBucket,
        String sourceKey,
        Conditions sourceConditions,
        String bucket,
        String key,
        @Nullable ObjectMetadata metadata,
        Conditions conditions) {
    public static CopyObjectRequest of(String sourceBucket, String sourceKey, String bucket, String key) {
        return new CopyObjectRequest(sourceBucket, sourceKey, Conditions.NONE, bucket, key, null, Conditions.NONE);
    }

    public CopyObjectRequest withSourceConditions(Conditions value) {
        return new CopyObjectRequest(sourceBucket, sourceKey, value, bucket, key, metadata, conditions);
    }

    public CopyObjectRequest withMetadata(ObjectMetadata value) {
        return new CopyObjectRequest(sourceBucket, sourceKey, sourceConditions, bucket, key, value, conditions);
    }

    public CopyObjectRequest withConditions(Conditions value) {
        return new CopyObjectRequest(sourceBucket, sourceKey, sourceConditions, bucket, key, metadata, value);
    }
}
