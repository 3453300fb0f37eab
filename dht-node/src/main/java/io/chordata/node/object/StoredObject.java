package io.chordata.node.object;

import org.jspecify.annotations.Nullable;

/**
 * An object's current version.
 *
 * @param versionId {@code null} as a text in buckets without versioning
 * @param eTag without quotes
 * @param modifiedMillis log time of its commit
 * @param parts how many parts it was uploaded in, 0 for a plain put
 */
public record StoredObject(
        ObjectKey key,
        String versionId,
        long size,
        String eTag,
        long modifiedMillis,
        ObjectMetadata metadata,
        @Nullable StoredChecksum checksum,
        int parts) {}
