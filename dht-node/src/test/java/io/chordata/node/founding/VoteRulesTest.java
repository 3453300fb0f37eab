package io.chordata.node.founding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.Vote;
import org.junit.jupiter.api.Test;

class VoteRulesTest {
    private static final NodeId OWN = new NodeId(new Uint128(0, 1));
    private static final NodeId ANN = new NodeId(new Uint128(0, 2));
    private static final NodeId BOB = new NodeId(new Uint128(0, 3));
    private static final ClusterId SMALL = new ClusterId(new Uint128(0, 10));
    private static final ClusterId MIDDLE = new ClusterId(new Uint128(0, 20));
    private static final ClusterId LARGE = new ClusterId(new Uint128(0, 30));

    private final VoteRules rules = VoteRules.ALL;

    private static Question intent(ClusterId cluster, NodeId founder, long number) {
        return new Question(number, new Vote(cluster, founder, number));
    }

    private static Ballot promised(ClusterId cluster, NodeId founder, long number) {
        return new Ballot(OWN, 5, new Vote(cluster, founder, number));
    }

    @Test
    void blankBallot_askedForAPromise_promises() {
        assertThat(rules.after(Ballot.blank(OWN), ANN, intent(LARGE, ANN, 7)))
                .isEqualTo(new Ballot(OWN, 1, new Vote(LARGE, ANN, 7)));
    }

    @Test
    void ballot_toldOfAVoteThatIsNotTheAskersIntent_stays() {
        Ballot blank = Ballot.blank(OWN);

        assertThat(rules.after(blank, ANN, new Question(0, null))).isSameAs(blank);
        assertThat(rules.after(blank, ANN, intent(LARGE, BOB, 7))).isSameAs(blank);
        assertThat(rules.after(blank, OWN, intent(LARGE, OWN, 7))).isSameAs(blank);
    }

    @Test
    void promise_askedForAgain_staysAsItIs() {
        Ballot promise = promised(LARGE, ANN, 7);

        assertThat(rules.after(promise, ANN, intent(LARGE, ANN, 7))).isSameAs(promise);
    }

    @Test
    void promise_askedForByAnother_staysHoweverSmallThatIntentIs() {
        Ballot promise = promised(LARGE, ANN, 7);

        assertThat(rules.after(promise, BOB, intent(SMALL, BOB, 9))).isSameAs(promise);
    }

    @Test
    void promise_ofWhichTheFounderSaysOnALaterBallotThatItGaveUp_endsOrGoesOver() {
        Ballot promise = promised(LARGE, ANN, 7);

        assertThat(rules.after(promise, ANN, new Question(8, null))).isEqualTo(new Ballot(OWN, 6, null));
        assertThat(rules.after(promise, ANN, intent(SMALL, BOB, 8))).isEqualTo(new Ballot(OWN, 6, null));
        assertThat(rules.after(promise, ANN, intent(MIDDLE, ANN, 9)))
                .isEqualTo(new Ballot(OWN, 6, new Vote(MIDDLE, ANN, 9)));
    }

    @Test
    void promise_ofWhichTheFounderSaysSomethingOnAnEarlierBallot_stays() {
        Ballot promise = promised(LARGE, ANN, 7);

        for (long number = 1; number <= 7; number++) {
            assertThat(rules.after(promise, ANN, new Question(number, null))).isSameAs(promise);
        }
        assertThat(rules.after(promise, ANN, intent(SMALL, ANN, 3))).isSameAs(promise);
        assertThat(rules.after(promise, BOB, new Question(99, null))).isSameAs(promise);
    }

    @Test
    void intent_againstASmallerOne_givesWay_andAgainstALargerOne_stays() {
        Ballot intent = Ballot.blank(OWN).intending(MIDDLE);

        assertThat(rules.after(intent, ANN, intent(SMALL, ANN, 4)))
                .isEqualTo(new Ballot(OWN, 2, new Vote(SMALL, ANN, 4)));
        assertThat(rules.after(intent, ANN, intent(LARGE, ANN, 4))).isSameAs(intent);
    }

    @Test
    void ballots_thatCannotBe_areRefused() {
        assertThatThrownBy(() -> new Vote(ClusterId.NONE, ANN, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Vote(SMALL, ANN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ballot(OWN, -1, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ballot(OWN, 0, new Vote(SMALL, ANN, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Ballot(OWN, 2, new Vote(SMALL, OWN, 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Question(0, new Vote(SMALL, ANN, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Question(-1, null)).isInstanceOf(IllegalArgumentException.class);
    }
}
