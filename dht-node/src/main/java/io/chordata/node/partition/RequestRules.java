package io.chordata.node.partition;

/**
 * The decisions on which it rests that requests happen once, each by itself, so that a test can take one out and show that
 * it is missed. All times are log time in milliseconds.
 *
 * <p>An attempt is applied no later than a window after its request's time. One that is applied looks for answers given
 * since a window before that time, and all of these are still there: they are kept for two windows. So whatever an attempt
 * finds, every later attempt of the same request finds, too, or it is refused as expired; and what a client asks again
 * within a window is found under another coordinator's time as well. Where log time leaps, because a leader's clock was set,
 * the answers of before the leap are kept as if one window had passed.
 */
interface RequestRules {
    RequestRules ONCE = new RequestRules() {};

    int LEAP_WINDOWS = 10;

    default long windowMillis() {
        return 60_000;
    }

    /** Whether no attempt is applied any more. */
    default boolean isExpired(long requestMillis, long logMillis) {
        return logMillis - requestMillis > windowMillis();
    }

    /** Whether the request's time is so far ahead that it would expire after its answer is gone. */
    default boolean isAhead(long requestMillis, long logMillis) {
        return requestMillis - logMillis > windowMillis();
    }

    /** From when on an answer may be one to this request. */
    default long soughtSince(long requestMillis) {
        return requestMillis - windowMillis();
    }

    /** From when on answers are kept. */
    default long keptSince(long logMillis) {
        return logMillis - 2 * windowMillis();
    }

    /**
     * Whether log time went on by so much between two requests that a clock may have been set meanwhile.
     *
     * @param windows between the two
     */
    default boolean isLeap(long windows) {
        return windows > LEAP_WINDOWS;
    }

    /** Whether answers are kept at all. */
    default boolean isKept() {
        return true;
    }

    /**
     * Whether a partition can keep no further answer. None goes before its time, so the request must be refused. The bound is
     * what a thousand requests a second leave, and above what is left where log time moves on by a millisecond an entry.
     */
    default boolean isFull(long kept) {
        return kept >= 200_000;
    }
}
