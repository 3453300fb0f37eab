package io.chordata.client.model;

/** An upload in parts that was begun and neither completed nor aborted. */
public record MultipartUpload(String bucket, String key, String uploadId) {}
