package io.chordata.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object as listings show it.
 *
 * @param eTag without quotes
 */
public record ObjectSummary(
        String key, long size, String eTag, @Nullable Instant lastModified, String storageClass) {}
