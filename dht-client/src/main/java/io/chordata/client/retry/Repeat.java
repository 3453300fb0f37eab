package io.chordata.client.retry;

/** Whether a request may be sent again when nobody knows if it was done. */
public enum Repeat {
    /** Twice is the same as once: reads, puts and deletes without conditions. */
    SAFE,

    /**
     * Twice can give another answer than once, such as 412 for one's own first attempt. An endpoint that knows a repeated
     * request by its {@code amz-sdk-invocation-id} gives the first answer again for a while; at others it is not repeated.
     */
    IF_KNOWN_AGAIN
}
