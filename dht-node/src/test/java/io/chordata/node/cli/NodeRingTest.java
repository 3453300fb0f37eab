package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.admin.LookupView;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.LookupResult.Reason;
import io.chordata.node.ring.RingPhase;
import io.chordata.node.ring.RingUnavailableException;
import io.chordata.node.ring.status.LookupReport;
import io.chordata.node.ring.status.LookupReport.End;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.LookupReport.Stopped;
import io.chordata.node.ring.status.RingPicture;
import io.chordata.node.ring.status.RingWorld;
import io.chordata.node.ring.view.DownNodes;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimClock;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeRingTest {
    private static final int REPLICATION = 2;
    private static final long REPLACE_AFTER_MILLIS = 10_000;
    private static final RingId ID = new RingId(new Uint128(0x1234567890abcdefL, 0));

    private final RingWorld world = new RingWorld(20261126, 3, 2);
    private final OwnLookups own = new OwnLookups();
    private final NodeRing ring = new NodeRing();

    /** Knows three nodes, of which it is the first, and does not reach the others. */
    private final class OwnLookups extends RingWorld.TrueRing {
        LookupReport lookup = new Found(ID, RingWorld.id(1), List.of(new Hop(RingWorld.id(0), null, Source.SELF, 0)));
        int lookups;

        @Nullable
        RuntimeException failure;

        OwnLookups() {
            world.super(0);
        }

        @Override
        public Future<LookupReport> lookup(RingId id, boolean viaFingers) {
            lookups++;
            return failure == null ? Future.succeededFuture(lookup) : Future.failedFuture(failure);
        }
    }

    private static NodeId id(int number) {
        return RingWorld.id(number);
    }

    private void serve() {
        Placements placements = new Placements(
                world.loops,
                new SimClock(world.scheduler),
                RingWorld.PARTITIONING,
                REPLICATION,
                new DownNodes(REPLACE_AFTER_MILLIS));
        ring.serving(new NodeRing.Parts(world.ringOf(world.start(0), own), id(0), RingWorld.PARTITIONING, placements));
    }

    private <T> T await(Future<T> future) {
        return world.await(future);
    }

    private void assertProblem(Future<?> future, String detail) {
        assertThatThrownBy(() -> await(future))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(detail);
    }

    @Test
    void question_beforeTheNodeIsOnARing_saysWhyNot() {
        assertProblem(ring.ring(), "the node is starting");
        ring.notServing("the data directory is empty");
        assertProblem(ring.ring(id(0)), "is empty");
        assertProblem(ring.lookup(ID, null, false), "is empty");
    }

    @Test
    void ring_ofNodesThatNobodyReaches_namesThem() {
        serve();

        RingPicture picture = await(ring.ring());

        assertThat(picture.unanswered()).containsExactly(id(1), id(2));
        assertThat(picture.version()).isEqualTo(world.view().version());
    }

    @Test
    void node_thatIsNotKnown_isNamed() {
        serve();

        assertProblem(ring.ring(id(9)), "no node " + id(9));
        assertProblem(ring.lookup(ID, id(9), false), "no node " + id(9));
        assertThat(own.lookups).isZero();
    }

    @Test
    void lookup_thatFound_comesWithPartitionAndReplicas() {
        serve();
        List<NodeId> expected = Placement.of(world.view(), RingWorld.PARTITIONING, REPLICATION, Set.of())
                .replicas(ID);

        LookupView view = await(ring.lookup(ID, id(0), true));

        assertThat(view).isEqualTo(new LookupView(ID, ID, id(1), 0x12, expected, own.lookup.path()));
        assertThat(view.replicas()).hasSize(REPLICATION);
    }

    @Test
    void replicas_afterTheViewHasChanged_areThoseOfTheNewOne() {
        serve();
        await(ring.lookup(ID, null, false));
        world.forget(1);
        world.forget(2);
        assertThat(await(ring.lookup(ID, null, false)).replicas()).containsExactly(id(0));

        world.become(0, NodeState.DRAINING);
        assertThat(await(ring.lookup(ID, null, false)).replicas()).isEmpty();

        world.become(0, NodeState.ALIVE);
        world.set(world.node(0).withCandidates(List.of()));
        assertThat(await(ring.lookup(ID, null, false)).replicas()).isEmpty();
    }

    @Test
    void lookup_thatStopped_saysWhereAndWhy() {
        serve();
        own.lookup =
                new Stopped(Reason.NOBODY_CLOSER, new End(ID, id(1)), List.of(new Hop(id(0), null, Source.SELF, 0)));
        assertProblem(ring.lookup(ID, null, false), "at position " + ID + " of node " + id(1) + " after 1 hops");

        own.lookup = new Stopped(Reason.TOO_MANY_HOPS, null, List.of());
        assertProblem(ring.lookup(ID, null, false), "at its start");

        own.lookup = new Stopped(Reason.BUSY, null, List.of());
        assertProblem(ring.lookup(ID, null, false), "too many lookups");
    }

    @Test
    void lookup_fromANodeThatNobodyReaches_saysSo() {
        serve();

        assertProblem(ring.lookup(ID, id(1), false), "no answer from node-1:7000");
    }

    @Test
    void ring_tooLargeForOneAnswer_saysHowToAskForIt() {
        serve();
        RingWorld large = new RingWorld(1, 65, Position.PER_NODE_MAX);
        large.view().nodes().forEach(world::set);

        assertProblem(ring.ring(), "/v1/ring?node=ID");
    }

    @Test
    void lookup_ofANodeThatIsNotOnTheRing_isUnavailable() {
        serve();
        own.failure = new RingUnavailableException(RingPhase.SEEKING);

        assertProblem(ring.lookup(ID, null, false), "SEEKING");
    }
}
