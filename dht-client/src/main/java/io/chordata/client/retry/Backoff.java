package io.chordata.client.retry;

/**
 * How long to wait before a retry: anything up to a bound that doubles with each, so that clients which failed together do
 * not come back together ("full jitter").
 *
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And
 *     Jitter</a>
 */
public record Backoff(long baseMillis, long capMillis) {
    private static final int MAX_DOUBLINGS = 30;

    public Backoff {
        if (baseMillis < 0 || capMillis < baseMillis) {
            throw new IllegalArgumentException("no bounds of a wait: " + baseMillis + " to " + capMillis + " ms");
        }
    }

    /**
     * @param retry from 0
     * @param dice 0 to below 1
     */
    public long delayMillis(int retry, double dice) {
        long bound = Math.min(capMillis, baseMillis << Math.min(retry, MAX_DOUBLINGS));
        return (long) (dice * bound);
    }
}
