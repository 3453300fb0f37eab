package io.chordata.node.core;

import org.jspecify.annotations.Nullable;

/**
 * Who refers to a block, as its header says: enough to ask the index whether the body is still wanted.
 *
 * @param key 1 to 1,024 bytes
 * @param upload the multipart upload, or null for a plain put
 * @param part the part's number, 0 for a plain put
 * @param startedMillis when the body was begun, not before the log time of then
 */
public record BlockOwner(
        BucketId bucket, byte[] key, @Nullable UploadId upload, int part, long startedMillis) {}
