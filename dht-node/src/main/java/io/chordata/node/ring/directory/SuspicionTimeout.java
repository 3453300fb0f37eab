package io.chordata.node.ring.directory;

/**
 * How long a suspected node has to object (Lifeguard, section IV-B): long while one node alone suspects it, as that one may
 * be the slow one, and the shorter the more others confirm.
 */
final class SuspicionTimeout {
    private final long minMillis;
    private final long maxMillis;
    private final int confirmationsWanted;

    private SuspicionTimeout(long minMillis, long maxMillis, int confirmationsWanted) {
        this.minMillis = minMillis;
        this.maxMillis = maxMillis;
        this.confirmationsWanted = confirmationsWanted;
    }

    /** In a cluster of {@code nodes}: an objection takes the logarithm of that to get around. */
    static SuspicionTimeout of(DirectoryOptions options, int nodes) {
        double spread = Math.max(1, Math.log10(Math.max(1, nodes)));
        long min = (long) (options.suspicionMultiplier() * spread * options.probePeriodMillis());
        int others = Math.max(0, nodes - 2);
        return new SuspicionTimeout(
                min, min * options.suspicionMaxFactor(), Math.min(options.suspicionConfirmations(), others));
    }

    long minMillis() {
        return minMillis;
    }

    int confirmationsWanted() {
        return confirmationsWanted;
    }

    /** From the first suspicion on, with so many others that have confirmed it. */
    long millis(int confirmations) {
        if (confirmations >= confirmationsWanted) {
            return minMillis;
        }
        double share = Math.log1p(confirmations) / Math.log1p(confirmationsWanted);
        return maxMillis - (long) (share * (maxMillis - minMillis));
    }
}
