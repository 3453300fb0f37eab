package io.chordata.client.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a request to be done; else it fails with 412, or with 304 for a read of what is not modified. Writes
 * know If-Match and {@code If-None-Match: *} only.
 *
 * @param ifMatch an ETag, or {@code *} for "exists"
 * @param ifNoneMatch an ETag, or {@code *} for "does not exist"
 */
public record Conditions(
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable Instant ifModifiedSince,
        @Nullable Instant ifUnmodifiedSince) {
    public static final Conditions NONE = new Conditions(null, null, null, null);

    /** For a write that must not replace anything. */
    public static Conditions ifAbsent() {
        return ifNoneMatch("*");
    }

    public static Conditions ifMatch(String eTag) {
        return new Conditions(eTag, null, null, null);
    }

    public static Conditions ifNoneMatch(String eTag) {
        return new Conditions(null, eTag, null, null);
    }

    public static Conditions ifModifiedSince(Instant time) {
        return new Conditions(null, null, time, null);
    }

    public static Conditions ifUnmodifiedSince(Instant time) {
        return new Conditions(null, null, null, time);
    }

    public boolean isNone() {
        return equals(NONE);
    }
}
