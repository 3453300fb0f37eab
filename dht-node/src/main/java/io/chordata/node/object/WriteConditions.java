package io.chordata.node.object;

import org.jspecify.annotations.Nullable;

/**
 * What must hold at the moment of the commit.
 *
 * @param ifMatch an ETag without quotes, or {@code *} for "exists"; null for no condition
 * @param ifNoneMatch true for {@code If-None-Match: *}: nothing there yet
 */
public record WriteConditions(@Nullable String ifMatch, boolean ifNoneMatch) {
    public static final WriteConditions NONE = new WriteConditions(null, false);
}
