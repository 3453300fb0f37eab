package io.chordata.node.cluster;

import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectException;
import org.jspecify.annotations.Nullable;

/**
 * What a client gets for a request.
 *
 * @param value of a success; null otherwise, and where there is nothing to say
 * @param error what the node refused it with; null if it did not
 * @param isLost no answer came in time, or the connection broke: whether it happened is not known
 * @param detail for people
 */
record Reply<T>(@Nullable T value, @Nullable ObjectError error, boolean isLost, String detail) {
    static <T> Reply<T> of(@Nullable T value) {
        return new Reply<>(value, null, false, "");
    }

    static <T> Reply<T> lost() {
        return new Reply<>(null, null, true, "no answer");
    }

    /** Nobody took the request, so it did not happen. */
    static <T> Reply<T> unavailable() {
        return new Reply<>(null, ObjectError.UNAVAILABLE, false, "nobody takes requests there");
    }

    static <T> Reply<T> failed(ObjectException failure) {
        return new Reply<>(null, failure.error(), false, String.valueOf(failure.getMessage()));
    }

    boolean isSuccess() {
        return error == null && !isLost;
    }

    boolean is(ObjectError other) {
        return error == other;
    }

    /** As clients do who keep to S3: on a 5xx or no answer. */
    boolean isWorthRetrying() {
        return isLost
                || error == ObjectError.UNAVAILABLE
                || error == ObjectError.UNKNOWN_OUTCOME
                || error == ObjectError.TOO_BUSY
                || error == ObjectError.DISK_FULL
                || error == ObjectError.BUCKET_BUSY
                || error == ObjectError.UNREADABLE;
    }

    /** Whether a write may have happened, or may yet. */
    boolean isInDoubt() {
        return isLost || error == ObjectError.UNKNOWN_OUTCOME;
    }
}
