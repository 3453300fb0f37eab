package io.chordata.node.s3;

import io.chordata.node.object.StoredObject;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Conditions of a read, or on the source of a copy. An ETag outranks a time: If-Unmodified-Since counts only without
 * If-Match, If-Modified-Since only without If-None-Match. A time that is no date is ignored.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2">RFC 9110, Precedence of Preconditions</a>
 */
record ReadConditions(
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable String ifModifiedSince,
        @Nullable String ifUnmodifiedSince) {
    /** What they say of an object. */
    enum Verdict {
        HOLD,
        NOT_MODIFIED,
        FAILED
    }

    /** @param prefix empty for a read, {@code x-amz-copy-source-} for the source of a copy */
    static ReadConditions of(S3Request request, String prefix) {
        return new ReadConditions(
                request.header(prefix + "if-match"),
                request.header(prefix + "if-none-match"),
                request.header(prefix + "if-modified-since"),
                request.header(prefix + "if-unmodified-since"));
    }

    Verdict judge(StoredObject object) {
        long modified = Math.floorDiv(object.modifiedMillis(), 1000L);
        if (ifMatch != null ? !ETags.matches(ifMatch, object.eTag()) : isAfter(modified, ifUnmodifiedSince)) {
            return Verdict.FAILED;
        }
        if (ifNoneMatch != null) {
            return ETags.matches(ifNoneMatch, object.eTag()) ? Verdict.NOT_MODIFIED : Verdict.HOLD;
        }
        return ifModifiedSince != null && isNotAfter(modified, ifModifiedSince) ? Verdict.NOT_MODIFIED : Verdict.HOLD;
    }

    /** For the source of a copy, where "not modified" is a failure like any other. */
    void requireHold(StoredObject object) {
        if (judge(object) != Verdict.HOLD) {
            throw S3Error.PRECONDITION_FAILED.plain();
        }
    }

    private static boolean isAfter(long modified, @Nullable String date) {
        OptionalLong seconds = date == null ? OptionalLong.empty() : HttpDates.parseSeconds(date);
        return seconds.isPresent() && modified > seconds.getAsLong();
    }

    private static boolean isNotAfter(long modified, String date) {
        OptionalLong seconds = HttpDates.parseSeconds(date);
        return seconds.isPresent() && modified <= seconds.getAsLong();
    }
}
