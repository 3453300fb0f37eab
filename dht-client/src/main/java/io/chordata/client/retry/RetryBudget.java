package io.chordata.client.retry;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tokens that retries cost and successes earn, shared by all requests of a client: while most requests succeed each may be
 * repeated, but an endpoint that fails them all is not asked many times as often as it would be without retries. Safe for
 * many threads.
 */
public final class RetryBudget {
    private final int capacity;
    private final AtomicInteger tokens;

    /** Full at first. */
    public RetryBudget(int capacity) {
        if (capacity < 0) {
            throw new IllegalArgumentException("a budget is not negative: " + capacity);
        }
        this.capacity = capacity;
        this.tokens = new AtomicInteger(capacity);
    }

    /** Takes all of {@code cost}, or nothing and answers false. */
    public boolean take(int cost) {
        return tokens.getAndUpdate(left -> left < cost ? left : left - cost) >= cost;
    }

    /** What a request that succeeded paid for its last retry, or a token if it paid nothing. */
    public void giveBack(int earned) {
        tokens.updateAndGet(left -> Math.min(capacity, left + earned));
    }

    public int tokens() {
        return tokens.get();
    }
}
