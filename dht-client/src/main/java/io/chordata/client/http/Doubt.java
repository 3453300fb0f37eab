package io.chordata.client.http;

import io.chordata.client.retry.Failure;
import java.util.concurrent.TimeUnit;

/**
 * Whether an earlier attempt of a request may have done it, so that the refusal of a later one does not tell. A cluster that
 * knows the request again gives the first answer again, but only for what it decides under the request's name, and only for
 * as long as it keeps answers.
 */
final class Doubt {
    /** A cluster seeks answers of the last minute by its nodes' clocks; the rest is for those that differ. */
    static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(50);

    private final ApiRequest request;
    private boolean isOpen;
    private long doneFromNanos;
    private long bodyNanos;

    Doubt(ApiRequest request) {
        this.request = request;
    }

    /**
     * An attempt left open whether it did it.
     *
     * @param doneFromNanos when it had sent its body: it cannot have done it before
     * @param bodyNanos how long that took
     */
    void open(long doneFromNanos, long bodyNanos) {
        if (!isOpen) {
            isOpen = true;
            this.doneFromNanos = doneFromNanos;
        }
        this.bodyNanos = bodyNanos;
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Whether a body that is sent again from then on is likely to arrive while the request is known. */
    boolean isKnownUntilSent(long fromNanos) {
        return !isOpen || fromNanos + bodyNanos - doneFromNanos <= KNOWN_NANOS;
    }

    /** Whether a refusal says of all attempts that they did nothing. */
    boolean isSettledBy(Failure refusal, boolean knownAgain, long nowNanos) {
        return !isOpen
                || (knownAgain && nowNanos - doneFromNanos <= KNOWN_NANOS && request.isDecidedOnce(refusal.code()));
    }
}
