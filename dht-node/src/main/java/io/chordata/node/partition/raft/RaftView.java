package io.chordata.node.partition.raft;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a replica stands.
 *
 * @param generation of the group, to which its log belongs
 * @param leader as far as it knows
 * @param followers what it knows of the other members as their leader; empty unless it is
 */
public record RaftView(
        Member self,
        RaftRole role,
        long generation,
        long term,
        @Nullable Member leader,
        long lastIndex,
        long persistedIndex,
        long commitIndex,
        Configuration configuration,
        List<Follower> followers) {
    private static final long TIMEOUTS_UNTIL_MUTE = 4;

    /**
     * @param match up to where its log is known to be the leader's
     * @param isReplicating it follows by log; false while that is found out, or while it gets a snapshot
     * @param hasAnswered whether anything was heard of it lately, since this leader was elected or added it
     */
    public record Follower(Member member, long match, boolean isReplicating, boolean hasAnswered) {}

    static RaftView of(RaftState state, @Nullable Leadership leadership) {
        long lateMillis = TIMEOUTS_UNTIL_MUTE * state.options.electionMaxMillis();
        List<Follower> followers = new ArrayList<>();
        if (leadership != null) {
            for (Progress known : leadership.progress().values()) {
                boolean replicating = known.state() == Progress.State.REPLICATE;
                boolean answered = known.level() > 0 && known.isHeardSince(state.nowMillis - lateMillis);
                followers.add(new Follower(known.member(), known.match(), replicating, answered));
            }
        }
        return new RaftView(
                state.self,
                state.role(),
                state.hardState().generation(),
                state.term(),
                state.leader(),
                state.log.last(),
                state.log.persisted(),
                state.log.commit(),
                state.configuration(),
                List.copyOf(followers));
    }
}
