package io.chordata.node.partition.raft;

import java.util.List;

/**
 * What one replica of a group says to another.
 *
 * @param from with the tenure under which it speaks
 * @param to with the tenure under which it is known: under any other it does not listen
 * @param generation of the sender's hard state
 * @param term of the sender; for a request of a pre-vote, and for its grant, the term that the candidate would begin
 */
public record RaftMessage(Member from, Member to, long generation, long term, Body body) {

    /** What is said; each kind has its method in {@link Visitor}. */
    public sealed interface Body {
        void accept(RaftMessage message, Visitor visitor);

        /** Whether none but the leader of the term says so. */
        default boolean isLeaders() {
            return false;
        }
    }

    /** One method for each kind of message. */
    public interface Visitor {
        void onVoteRequest(RaftMessage message, VoteRequest request);

        void onVoteAnswer(RaftMessage message, VoteAnswer answer);

        void onAppend(RaftMessage message, Append append);

        void onAppendAnswer(RaftMessage message, AppendAnswer answer);

        void onHeartbeat(RaftMessage message, Heartbeat heartbeat);

        void onHeartbeatAnswer(RaftMessage message, HeartbeatAnswer answer);

        void onSnapshotOffer(RaftMessage message, SnapshotOffer offer);

        void onCampaignNow(RaftMessage message);
    }

    /**
     * @param preVote only asks whether it would get the vote (thesis, section 9.6)
     * @param transfer the leader itself wants it to campaign: that a leader was heard is no reason to refuse
     * @param lastIndex of the candidate's log
     * @param lastTerm of the entry there
     */
    public record VoteRequest(boolean preVote, boolean transfer, long lastIndex, long lastTerm) implements Body {
        @Override
        public void accept(RaftMessage message, Visitor visitor) {
            visitor.onVoteRequest(message, this);
        }
    }

    /** Answers a {@link VoteRequest}. A refusal carries the term of the voter. */
    public record VoteAnswer(boolean preVote, boolean granted) implements Body {
        @Override
        public void accept(RaftMessage message, Visitor visitor) {
            visitor.onVoteAnswer(message, this);
        }
    }

    /**
     * @param prevIndex of the entry before {@code entries}, which follow on each other
     * @param prevTerm of that entry
     * @param entries none: only asks whether the entry before is there
     * @param commit of the leader
     */
    public record Append(long prevIndex, long prevTerm, List<LogEntry> entries, long commit) implements Body {
        public Append {
            entries = List.copyOf(entries);
        }

        long lastIndex() {
            return prevIndex + entries.size();
        }

        @Override
        public boolean isLeaders() {
            return true;
        }

        @Override
        public void accept(RaftMessage message, Visitor visitor) {
            visitor.onAppend(message, this);
        }
    }

    /**
     * Answers an {@link Append}, or says that a snapshot is installed.
     *
     * @param accepted whether the entry before was there, and all is synced now
     * @param index accepted: up to where the log is the leader's; refused: {@code prevIndex} of what is refused
     * @param hintIndex refused: where the logs may meet, at or before {@code index}
     * @param hintTerm of the entry there
     * @param level the highest that the replica can apply
     */
    public record AppendAnswer(boolean accepted, long index, long hintIndex, long hintTerm, int level) implements Body {
        static AppendAnswer accepted(long index, int level) {
            return new AppendAnswer(true, index, 0, 0, level);
        }

        static AppendAnswer refused(long prevIndex, long hintIndex, long hintTerm, int level) {
            return new AppendAnswer(false, prevIndex, hintIndex, hintTerm, level);
        }

        @Override
        public void accept(RaftMessage message, Visitor visitor) {
            visitor.onAppendAnswer(message, this);
        }
    }

    /**
     * @param commit of the leader, as far as the receiver is known to have it
     * @param configuration index of the one that the leader goes by
     * @param round of confirmation that this belongs to
     */
    public record Heartbeat(long commit, long configuration, long round) implements Body {
        @Override
        public boolean isLeaders() {
            return true;
        }

        @Override
        public void accept(RaftMessage message, Visitor visitor) {
            visitor.onHeartbeat(message, this);
        }
    }

    /** Answers a {@link Heartbeat} and repeats what it said. */
    public record HeartbeatAnswer(long configuration, long round, int level) implements Body {
        @Override
        public void accept(RaftMessage message, Visitor visitor) {
            visitor.onHeartbeatAnswer(message, this);
        }
    }

    /**
     * The leader's log does not reach back to where the receiver's ends: it has the state ready, to be fetched.
     *
     * @param index up to where the state holds the log
     * @param indexTerm of the entry there
     */
    public record SnapshotOffer(long index, long indexTerm) implements Body {
        @Override
        public boolean isLeaders() {
            return true;
        }

        @Override
        public void accept(RaftMessage message, Visitor visitor) {
            visitor.onSnapshotOffer(message, this);
        }
    }

    /** The leader hands over: the receiver is to campaign at once (thesis, section 3.10). */
    public record CampaignNow() implements Body {
        @Override
        public boolean isLeaders() {
            return true;
        }

        @Override
        public void accept(RaftMessage message, Visitor visitor) {
            visitor.onCampaignNow(message);
        }
    }
}
