package io.chordata.node.partition.raft;

/**
 * Times and bounds of a group.
 *
 * @param heartbeatMillis between two heartbeats of a leader. Longer: less traffic; shorter: lost messages are noticed sooner
 * @param electionMinMillis how long a follower that hears nothing waits at least before it campaigns, and how long a leader
 *     that hears no majority goes on. Longer: slower replacement of a silent leader; shorter: elections by mere slowness
 * @param electionMaxMillis the longest that a follower waits; each wait is drawn anew. Larger: fewer split votes
 * @param lostLeaderMillis the longest wait once the connection to the leader is lost. Larger: fewer split votes, as messages and
 *     ticks lie between two who campaign at once
 * @param maxAppendEntries in one message
 * @param maxAppendBytes of entries in one message, unless a single one is larger. Larger: fewer messages to catch up
 * @param maxInflightAppends unanswered to one follower. Larger hides longer round trips, and costs memory there
 * @param maxInflightBytes of entries in them
 * @param maxMemoryBytes of entries kept in memory for followers once they are synced and applied. Larger: a follower that
 *     lags a little needs no disk reads
 * @param maxReadRounds of confirmation under way at once. Larger: less waiting for the round before; smaller: fewer messages
 * @param supportedLevel the highest behaviour level that this version can apply
 */
public record RaftOptions(
        long heartbeatMillis,
        long electionMinMillis,
        long electionMaxMillis,
        long lostLeaderMillis,
        int maxAppendEntries,
        long maxAppendBytes,
        int maxInflightAppends,
        long maxInflightBytes,
        long maxMemoryBytes,
        int maxReadRounds,
        int supportedLevel) {
    public static final RaftOptions DEFAULT =
            new RaftOptions(150, 900, 1800, 150, 256, 1L << 20, 32, 4L << 20, 256L << 10, 4, LogEntry.CURRENT_LEVEL);

    /** Those of a version that can apply up to that level. */
    public RaftOptions atLevel(int level) {
        return new RaftOptions(
                heartbeatMillis,
                electionMinMillis,
                electionMaxMillis,
                lostLeaderMillis,
                maxAppendEntries,
                maxAppendBytes,
                maxInflightAppends,
                maxInflightBytes,
                maxMemoryBytes,
                maxReadRounds,
                level);
    }

    public RaftOptions {
        atLeast("heartbeatMillis", heartbeatMillis, 1);
        atLeast("electionMinMillis", electionMinMillis, 2 * heartbeatMillis);
        atLeast("electionMaxMillis", electionMaxMillis, electionMinMillis + 1);
        atLeast("lostLeaderMillis", lostLeaderMillis, 1);
        atLeast("maxAppendEntries", maxAppendEntries, 1);
        atLeast("maxAppendBytes", maxAppendBytes, 1);
        atLeast("maxInflightAppends", maxInflightAppends, 1);
        atLeast("maxInflightBytes", maxInflightBytes, maxAppendBytes);
        atLeast("maxMemoryBytes", maxMemoryBytes, 0);
        atLeast("maxReadRounds", maxReadRounds, 1);
        atLeast("supportedLevel", supportedLevel, 1);
    }

    private static void atLeast(String name, long value, long minimum) {
        if (value < minimum) {
            throw new IllegalArgumentException(name + " must be at least " + minimum + ", got " + value);
        }
    }
}
