package io.chordata.node.ring.directory;

/**
 * How the directory watches and gossips.
 *
 * @param probePeriodMillis how often a node probes another. Shorter finds crashes sooner, longer costs less
 * @param probeTimeoutMillis when others are asked to probe, too: well above a round trip. Shorter finds crashes sooner,
 *     longer sends fewer messages where the network is slow; at most half of the period
 * @param indirectProbes how many others are asked. More bear more loss, fewer send fewer messages
 * @param suspicionMultiplier periods that a suspect has to object, times log10 of the nodes, when others confirm. Larger
 *     declares fewer slow nodes down, smaller finds crashes sooner
 * @param suspicionMaxFactor how many times longer it has when nobody confirms
 * @param suspicionConfirmations how many must confirm until the time is shortest
 * @param gossipPeriodMillis how often news goes to one more node, while there is any. Shorter spreads faster
 * @param gossipMultiplier how many times each piece of news is sent, times the natural logarithm of the nodes. Larger
 *     reaches all more surely, smaller costs less
 * @param gossipBytesMax how much news one message takes along. Larger spreads much news faster, smaller keeps messages small
 * @param exchangePeriodMillis how often the whole table is compared with another node's. Shorter mends what gossip missed
 *     sooner, longer costs less
 * @param exchangeBytesMax the size of one piece of that comparison
 * @param reconnectPeriodMillis how often a node that is down is tried. Shorter heals network partitions sooner
 * @param imagePeriodMillis how often the table goes to disk, at most
 * @param forgetAfterMillis when a node that is down and never held data is forgotten. Longer finds it again after longer
 * @param nodesMax how many nodes the table takes, decommissioned ones included. About 1 KiB of memory each
 */
public record DirectoryOptions(
        long probePeriodMillis,
        long probeTimeoutMillis,
        int indirectProbes,
        int suspicionMultiplier,
        int suspicionMaxFactor,
        int suspicionConfirmations,
        long gossipPeriodMillis,
        int gossipMultiplier,
        int gossipBytesMax,
        long exchangePeriodMillis,
        int exchangeBytesMax,
        long reconnectPeriodMillis,
        long imagePeriodMillis,
        long forgetAfterMillis,
        int nodesMax) {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;

    public static final DirectoryOptions DEFAULT = new DirectoryOptions(
            1_000, 500, 3, 4, 6, 3, 250, 3, 8 << 10, 30_000, 32 << 10, 5_000, 5_000, 7 * DAY_MILLIS, 20_000);

    public DirectoryOptions {
        require("probePeriodMillis", probePeriodMillis, 10, HOUR_MILLIS);
        require("probeTimeoutMillis", probeTimeoutMillis, 5, probePeriodMillis / 2);
        require("indirectProbes", indirectProbes, 0, 16);
        require("suspicionMultiplier", suspicionMultiplier, 1, 100);
        require("suspicionMaxFactor", suspicionMaxFactor, 1, 100);
        require("suspicionConfirmations", suspicionConfirmations, 0, 16);
        require("gossipPeriodMillis", gossipPeriodMillis, 10, HOUR_MILLIS);
        require("gossipMultiplier", gossipMultiplier, 1, 100);
        require("gossipBytesMax", gossipBytesMax, 8 << 10, 64 << 10);
        require("exchangePeriodMillis", exchangePeriodMillis, 100, DAY_MILLIS);
        require("exchangeBytesMax", exchangeBytesMax, 8 << 10, 64 << 10);
        require("reconnectPeriodMillis", reconnectPeriodMillis, 100, DAY_MILLIS);
        require("imagePeriodMillis", imagePeriodMillis, 10, HOUR_MILLIS);
        require("forgetAfterMillis", forgetAfterMillis, 1_000, 3_650 * DAY_MILLIS);
        require("nodesMax", nodesMax, 2, 100_000);
    }

    private static void require(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ", got " + value);
        }
    }
}
