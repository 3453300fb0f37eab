package io.chordata.node.object;

import org.jspecify.annotations.Nullable;

/**
 * A part of an upload or of a completed object.
 *
 * @param number 1 to 10,000
 * @param eTag without quotes
 */
public record StoredPart(
        int number,
        long size,
        String eTag,
        long modifiedMillis,
        @Nullable StoredChecksum checksum) {}
