package io.chordata.client.model;

import org.jspecify.annotations.Nullable;

/**
 * What a put, a copy or a finished upload made.
 *
 * @param eTag without quotes
 * @param versionId null where there are no versions
 */
public record StoredObject(
        String bucket, String key, String eTag, @Nullable String versionId) {}
