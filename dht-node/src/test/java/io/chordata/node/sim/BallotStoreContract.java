package io.chordata.node.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.BallotStore;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.Vote;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link BallotStore} must do. */
public abstract class BallotStoreContract {
    private static final NodeId NODE = new NodeId(new Uint128(-1, 7));
    private static final NodeId OTHER = new NodeId(new Uint128(2, -8));
    private static final ClusterId CLUSTER = new ClusterId(new Uint128(3, 9));

    /** On the same disk each time, as after a restart. */
    protected abstract BallotStore open();

    @Test
    void store_thatIsNew_hasNoBallot() {
        assertThat(open().load()).isNull();
    }

    @Test
    void ballot_saved_isThereAfterARestart() {
        Ballot promise = new Ballot(NODE, 4, new Vote(CLUSTER, OTHER, Long.MAX_VALUE / 10));
        for (Ballot ballot :
                new Ballot[] {Ballot.blank(NODE), Ballot.blank(NODE).intending(CLUSTER), promise}) {
            open().save(ballot);
            assertThat(open().load()).isEqualTo(ballot);
        }
    }

    @Test
    void ballot_savedOverAnother_takesItsPlace() {
        BallotStore store = open();
        store.save(Ballot.blank(NODE).intending(CLUSTER));
        store.save(Ballot.blank(NODE).intending(CLUSTER).voting(null));

        assertThat(store.load()).isEqualTo(new Ballot(NODE, 2, null));
        assertThat(open().load()).isEqualTo(new Ballot(NODE, 2, null));
    }
}
