package io.chordata.client.model;

/** @param content of a known length, up to 5 GiB; what is longer, or of no known length, is for an upload in parts */
public record PutObjectRequest(
        String bucket, String key, Content content, ObjectMetadata metadata, Conditions conditions) {
    public static PutObjectRequest of(String bucket, String key, Content content) {
        return new PutObjectRequest(bucket, key, content, ObjectMetadata.NONE, Conditions.NONE);
    }

    public PutObjectRequest withMetadata(ObjectMetadata value) {
        return new PutObjectRequest(bucket, key, content, value, conditions);
    }

    public PutObjectRequest withConditions(Conditions value) {
        return new PutObjectRequest(bucket, key, content, metadata, value);
    }
}
