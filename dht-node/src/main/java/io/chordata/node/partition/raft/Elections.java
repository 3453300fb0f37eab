package io.chordata.node.partition.raft;

import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftMessage.VoteRequest;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Campaigns and votes (Raft, section 5.2, with the thesis's pre-votes, section 9.6). A campaign begins with a pre-vote, which
 * changes nothing anywhere, so that a replica that was cut off does not unseat a leader when it comes back. Whoever heard the
 * leader lately refuses either, unless the leader hands over or its own connection to the leader broke.
 */
final class Elections {
    private final RaftState state;
    /** Who granted the vote that is being asked for. */
    private final TreeSet<Member> granted = new TreeSet<>();

    private boolean campaignAllowed = true;
    /** The latest pre-vote that was refused because the leader was heard, as somebody noticed earlier that it is dead. */
    private @Nullable RaftMessage held;

    private long heldMillis;
    /** The write that makes the own vote durable; it counts from then on. */
    private long ownVoteWrite;

    Elections(RaftState state) {
        this.state = state;
    }

    /** Not while this node's clock is far from its peers': log time would jump. */
    void allowCampaign(boolean allowed) {
        campaignAllowed = allowed;
    }

    /** Whether it may campaign at all: a voter that can apply what its log holds. */
    private boolean isEligible() {
        return campaignAllowed
                && state.log.mayBeNeededToVote(state.self)
                && state.log.lastLevel() <= state.options.supportedLevel();
    }

    void preCampaign() {
        if (!isEligible()) {
            state.expectLeader();
            return;
        }
        state.count(RaftEvent.PRE_CAMPAIGN);
        state.become(RaftRole.PRE_CANDIDATE, null);
        state.campaignAgainSoonIfLeaderLost();
        granted.clear();
        granted.add(state.self);
        if (isGranted()) {
            campaign(false);
            return;
        }
        ask(true, false, state.term() + 1);
    }

    /** @param transfer the leader wants it */
    void campaign(boolean transfer) {
        if (!isEligible()) {
            return;
        }
        state.count(RaftEvent.CAMPAIGN);
        state.enterTerm(state.term() + 1);
        state.voteFor(state.self);
        state.become(RaftRole.CANDIDATE, null);
        state.campaignAgainSoonIfLeaderLost();
        granted.clear();
        ownVoteWrite = state.writes.numberOfLatest();
        ask(false, transfer, state.term());
    }

    /** It is asked for a pre-vote and still hears the leader: perhaps it will notice in a moment that it does not. */
    void hold(RaftMessage message, VoteRequest request) {
        if (request.preVote()) {
            held = message;
            heldMillis = state.nowMillis;
        }
    }

    /** The connection to the leader broke. Who was quicker to notice is granted now what it asked for. */
    void onLeaderLost() {
        RaftMessage asked = held;
        held = null;
        boolean isLate = state.nowMillis - heldMillis >= state.options.electionMinMillis();
        if (asked != null && !isLate && asked.body() instanceof VoteRequest request && isGrantable(asked, request)) {
            state.sendInTerm(asked.from(), asked.term(), new VoteAnswer(true, true));
            state.letCampaign();
        } else if (state.isElectionDue()) {
            preCampaign();
        }
    }

    private void ask(boolean preVote, boolean transfer, long term) {
        VoteRequest request = new VoteRequest(preVote, transfer, state.log.last(), state.log.lastTerm());
        for (Member member : state.configuration().members()) {
            if (!member.equals(state.self) && state.configuration().isVoter(member)) {
                if (preVote) {
                    state.sendInTerm(member, term, request);
                } else {
                    state.sendDurably(member, request);
                }
            }
        }
    }

    void onRequest(RaftMessage message, VoteRequest request) {
        boolean grant = isGrantable(message, request);
        if (!grant) {
            state.send(message.from(), new VoteAnswer(request.preVote(), false));
        } else if (request.preVote()) {
            state.sendInTerm(message.from(), message.term(), new VoteAnswer(true, true));
            if (state.isLeaderLost()) {
                state.letCampaign();
            }
        } else {
            state.count(RaftEvent.VOTE_GRANTED);
            if (!message.from().equals(state.vote())) {
                state.voteFor(message.from());
            }
            state.expectLeader();
            state.sendDurably(message.from(), new VoteAnswer(false, true));
        }
    }

    private boolean isGrantable(RaftMessage message, VoteRequest request) {
        boolean later = request.preVote() && message.term() > state.term();
        if (!later && !(state.leader() == null && state.rules.isVoteFree(state.vote(), message.from()))) {
            state.count(RaftEvent.VOTE_REFUSED_ALREADY_GIVEN);
            return false;
        }
        RaftLog log = state.log;
        if (!state.rules.isUpToDate(request.lastTerm(), request.lastIndex(), log.lastTerm(), log.last())) {
            state.count(RaftEvent.VOTE_REFUSED_LOG_BEHIND);
            if (state.isLeaderLost()) {
                state.campaignNext();
            }
            return false;
        }
        return true;
    }

    /** @return whether it is elected */
    boolean onAnswer(RaftMessage message, VoteAnswer answer) {
        RaftRole asked = answer.preVote() ? RaftRole.PRE_CANDIDATE : RaftRole.CANDIDATE;
        long term = answer.preVote() ? state.term() + 1 : state.term();
        if (state.role() != asked || !answer.granted() || message.term() != term) {
            return false;
        }
        granted.add(message.from());
        return isGranted() && advance();
    }

    /** Writes up to {@code number} are synced. Returns whether it is elected. */
    boolean onPersisted(long number) {
        if (state.role() != RaftRole.CANDIDATE || number < ownVoteWrite) {
            return false;
        }
        granted.add(state.self);
        return isGranted();
    }

    private boolean advance() {
        if (state.role() == RaftRole.CANDIDATE) {
            return true;
        }
        campaign(false);
        return false;
    }

    private boolean isGranted() {
        return state.rules.isQuorum(state.configuration(), granted::contains);
    }
}
