package io.chordata.node.partition.raft;

import static io.chordata.node.partition.raft.LoneMachine.SECOND;
import static io.chordata.node.partition.raft.LoneMachine.SELF;
import static io.chordata.node.partition.raft.LoneMachine.THIRD;
import static io.chordata.node.partition.raft.LoneMachine.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RaftMessage.Append;
import io.chordata.node.partition.raft.RaftMessage.Heartbeat;
import io.chordata.node.partition.raft.RaftMessage.VoteAnswer;
import io.chordata.node.partition.raft.RaftMessage.VoteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The connection to the leader broke: who campaigns, and when. */
class LostLeaderTest {
    private static final long LOST = RaftOptions.DEFAULT.lostLeaderMillis();
    private static final VoteRequest PRE_VOTE = new VoteRequest(true, false, 0, 0);

    /** A follower of SECOND in a term in which it is the first in line to follow it, or is not. */
    private static LoneMachine follower(boolean first) {
        long term = 1;
        while (LoneMachine.THREE.placeInLine(SELF, SECOND, term) == 0 != first) {
            term++;
        }
        LoneMachine follower = LoneMachine.ofThree();
        follower.tick(50);
        follower.hear(SECOND, term, new Heartbeat(0, 0, 0));
        follower.sync();
        follower.said();
        return follower;
    }

    private static void lose(LoneMachine follower) {
        follower.group.onPeerLost(SECOND.node());
        follower.group.flush();
    }

    @Test
    void follower_firstInLine_campaignsAtOnce() {
        LoneMachine follower = follower(true);
        lose(follower);
        assertThat(follower.said()).containsOnly(PRE_VOTE);
    }

    @Test
    void follower_secondInLine_campaignsOnlyAfterTheFirstHadItsTime() {
        LoneMachine follower = follower(false);
        lose(follower);
        follower.letPass(LOST - 50);
        assertThat(follower.said()).isEmpty();
        follower.letPass(LOST + 50);
        assertThat(follower.said()).contains(PRE_VOTE);
    }

    /** Nodes notice at different times: who was refused as the leader was still heard need not ask again. */
    @Test
    void preVote_refusedBeforeTheLossWasNoticed_isGrantedThen() {
        LoneMachine follower = follower(true);
        follower.hear(THIRD, follower.group.term() + 1, PRE_VOTE);
        assertThat(follower.said()).isEmpty();
        lose(follower);
        assertThat(follower.said()).containsExactly(new VoteAnswer(true, true));
        assertThat(follower.group.view().role()).isEqualTo(RaftRole.FOLLOWER);
    }

    @Test
    void preVote_refusedLongBeforeTheLoss_isGrantedNoMore() {
        LoneMachine follower = follower(true);
        follower.hear(THIRD, follower.group.term() + 1, PRE_VOTE);
        for (int beat = 0; beat < 20; beat++) {
            follower.tick(50);
            follower.hear(SECOND, follower.group.term(), new Heartbeat(0, 0, 0));
        }
        follower.said();
        lose(follower);
        assertThat(follower.said()).containsOnly(PRE_VOTE);
    }

    /** It is no better candidate than the one that it just gave its word. */
    @Test
    void follower_thatGrantedAPreVote_waitsBeforeItCampaignsItself() {
        LoneMachine follower = follower(false);
        lose(follower);
        follower.letPass(LOST - 50);
        follower.hear(THIRD, follower.group.term() + 1, PRE_VOTE);
        assertThat(follower.said()).containsExactly(new VoteAnswer(true, true));
        follower.letPass(LOST - 50);
        assertThat(follower.said()).isEmpty();
    }

    /** The first in line cannot be elected: whoever knows that need not wait for its turn. */
    @Test
    void follower_whoseLogIsLongerThanTheCandidates_campaignsAtTheNextTick() {
        LoneMachine follower = follower(false);
        follower.hear(SECOND, follower.group.term(), new Append(0, 0, List.of(entry(1, follower.group.term())), 0));
        follower.sync();
        follower.said();
        lose(follower);
        follower.hear(THIRD, follower.group.term() + 1, PRE_VOTE);
        assertThat(follower.said()).containsExactly(new VoteAnswer(true, false));
        follower.tick(50);
        assertThat(follower.said()).contains(new VoteRequest(true, false, 1, follower.group.term()));
    }

    /** A node that is down is news again and again. */
    @Test
    void loss_toldAgain_doesNotTakeTheWordBack() {
        LoneMachine follower = follower(true);
        follower.hear(THIRD, follower.group.term() + 1, PRE_VOTE);
        lose(follower);
        follower.said();
        lose(follower);
        follower.letPass(LOST - 50);
        assertThat(follower.said()).isEmpty();
    }

    @Test
    void line_ofEachGroup_beginsWithAnother() {
        List<Integer> places = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            places.add(LoneMachine.THREE.placeInLine(SELF, SECOND, number));
        }
        assertThat(places.get(0)).isNotEqualTo(places.get(1)).isEqualTo(places.get(2));
        assertThat(places.get(1)).isEqualTo(places.get(3));
        TreeSet<Integer> all = new TreeSet<>();
        for (Member voter : List.of(SELF, THIRD)) {
            all.add(LoneMachine.THREE.placeInLine(voter, SECOND, 7));
        }
        assertThat(all).containsExactly(0, 1);
    }
}
