package io.chordata.client.retry;

/** What comes after an attempt that failed. */
public enum Verdict {
    /** Another endpoint at once, or this one after a wait if there is no other. */
    MOVE_ON(1),
    /** The endpoint had trouble: wait. */
    BACK_OFF(5),
    /** The endpoint has too much to do: wait for longer. */
    THROTTLED(5),
    /** Refused. */
    FAIL(0),
    /** Not refused, and not to be repeated either. */
    FAIL_UNKNOWN(0);

    private final int cost;

    Verdict(int cost) {
        this.cost = cost;
    }

    /** In tokens of a {@link RetryBudget}. */
    public int cost() {
        return cost;
    }

    public boolean isRetry() {
        return this == MOVE_ON || this == BACK_OFF || this == THROTTLED;
    }
}
