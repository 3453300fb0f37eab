package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.admin.LookupView;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.LookupResult.Reason;
import io.chordata.node.ring.RingPhase;
import io.chordata.node.ring.RingUnavailableException;
import io.chordata.node.ring.status.ClusterRing;
import io.chordata.node.ring.status.LookupReport;
import io.chordata.node.ring.status.LookupReport.End;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.LookupReport.Stopped;
import io.chordata.node.ring.status.OwnRing;
import io.chordata.node.ring.status.PositionReport;
import io.chordata.node.ring.status.RingPicture;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.DownNodes;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.ring.view.Position;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NodeRingTest {
    private static final int EVENTS_MAX = 100_000;
    private static final Partitioning PARTITIONING = Partitioning.DEFAULT;
    private static final int REPLICATION = 2;
    private static final long REPLACE_AFTER_MILLIS = 10_000;
    private static final RingId ID = new RingId(new Uint128(0x1234567890abcdefL, 0));

    private final SimScheduler scheduler = new SimScheduler(20261126);
    private final SimLoops loops = new SimLoops(scheduler, 2);
    private final FakeOwn own = new FakeOwn();
    private final NodeRing ring = new NodeRing();

    /** Knows three nodes, of which it is the first, and does not reach the others. */
    private static final class FakeOwn implements OwnRing {
        RingView view = RingView.EMPTY.change(List.of(record(1, 2), record(2, 2), record(3, 2)), List.of());
        LookupReport lookup = new Found(ID, id(2), List.of(new Hop(id(1), Source.SELF, 0)));
        int lookups;

        @Nullable
        RuntimeException failure;

        @Override
        public NodeId node() {
            return id(1);
        }

        @Override
        public RingView view() {
            return view;
        }

        @Override
        public Future<List<PositionReport>> positions(boolean withFingers) {
            return Future.succeededFuture(List.of());
        }

        @Override
        public Future<LookupReport> lookup(RingId id, boolean viaFingers) {
            lookups++;
            return failure == null ? Future.succeededFuture(lookup) : Future.failedFuture(failure);
        }
    }

    private static NodeId id(int number) {
        return new NodeId(new Uint128(7, number));
    }

    private static NodeRecord record(int number, int positions) {
        NodeAddress address = new NodeAddress("node-" + number, 7000);
        return new NodeRecord(
                new Contact(id(number), address, 1),
                "node-" + number,
                address,
                address,
                "a",
                Weight.ONE,
                "1.0",
                Collections.nCopies(positions, 0),
                NodeState.ALIVE,
                NodeState.ALIVE);
    }

    private Placements placements() {
        return new Placements(
                loops, new SimClock(scheduler), PARTITIONING, REPLICATION, new DownNodes(REPLACE_AFTER_MILLIS));
    }

    private void serve() {
        ClusterRing cluster = new ClusterRing(
                new ClusterRing.Ports(own, new NobodyElse(), loops, new SimTimers(scheduler, loops)),
                loops.ownerOf(new PartitionId(0)));
        ring.serving(new NodeRing.Parts(cluster, id(1), PARTITIONING, placements()));
    }

    private <T> T await(Future<T> future) {
        scheduler.runUntil(future::isComplete, EVENTS_MAX);
        if (future.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        return future.result();
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
        assertProblem(ring.ring(id(1)), "is empty");
        assertProblem(ring.lookup(ID, null, false), "is empty");
    }

    @Test
    void ring_ofNodesThatNobodyReaches_namesThem() {
        serve();

        RingPicture picture = await(ring.ring());

        assertThat(picture.unanswered()).containsExactly(id(2), id(3));
        assertThat(picture.version()).isEqualTo(own.view.version());
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
        List<NodeId> expected =
                Placement.of(own.view, PARTITIONING, REPLICATION, Set.of()).replicas(ID);

        LookupView view = await(ring.lookup(ID, id(1), true));

        assertThat(view).isEqualTo(new LookupView(ID, ID, id(2), 0x12, expected, own.lookup.path()));
        assertThat(view.replicas()).hasSize(REPLICATION);
    }

    @Test
    void replicas_afterTheViewHasChanged_areThoseOfTheNewOne() {
        serve();
        await(ring.lookup(ID, null, false));
        own.view = own.view.without(id(2)).without(id(3));
        assertThat(await(ring.lookup(ID, null, false)).replicas()).containsExactly(id(1));

        own.view = own.view.with(record(1, 2).withState(NodeState.DRAINING));
        assertThat(await(ring.lookup(ID, null, false)).replicas()).isEmpty();

        own.view = RingView.EMPTY.with(record(1, 0));
        assertThat(await(ring.lookup(ID, null, false)).replicas()).isEmpty();
    }

    @Test
    void lookup_thatStopped_saysWhereAndWhy() {
        serve();
        own.lookup = new Stopped(Reason.NOBODY_CLOSER, new End(ID, id(2)), List.of(new Hop(id(1), Source.SELF, 0)));
        assertProblem(ring.lookup(ID, null, false), "at position " + ID + " of node " + id(2) + " after 1 hops");

        own.lookup = new Stopped(Reason.TOO_MANY_HOPS, null, List.of());
        assertProblem(ring.lookup(ID, null, false), "at its start");

        own.lookup = new Stopped(Reason.BUSY, null, List.of());
        assertProblem(ring.lookup(ID, null, false), "too many lookups");
    }

    @Test
    void lookup_fromANodeThatNobodyReaches_saysSo() {
        serve();

        assertProblem(ring.lookup(ID, id(2), false), "no answer from node-2:7000");
    }

    @Test
    void ring_tooLargeForOneAnswer_saysHowToAskForIt() {
        serve();
        for (int number = 2; number <= 66; number++) {
            own.view = own.view.with(record(number, Position.PER_NODE_MAX));
        }

        assertProblem(ring.ring(), "/v1/ring?node=ID");
    }

    @Test
    void lookup_ofANodeThatIsNotOnTheRing_isUnavailable() {
        serve();
        own.failure = new RingUnavailableException(RingPhase.SEEKING);

        assertProblem(ring.lookup(ID, null, false), "SEEKING");
    }

    @Test
    void replicas_ofAPartition_leaveOutWhoIsDownForTooLong() {
        Placements placements = placements();
        PartitionId partition = new PartitionId(0);
        RingView whole = own.view;
        List<NodeId> both = await(placements.replicas(whole, partition));
        NodeRecord first = Objects.requireNonNull(whole.node(both.get(0)));
        RingView without = whole.with(first.withState(NodeState.DOWN));

        placements.look(without);
        scheduler.advance(TimeUnit.MILLISECONDS.toNanos(REPLACE_AFTER_MILLIS - 1));
        placements.look(without);
        assertThat(await(placements.replicas(without, partition))).isEqualTo(both);

        scheduler.advance(TimeUnit.MILLISECONDS.toNanos(1));
        placements.look(without);
        assertThat(await(placements.replicas(without, partition)))
                .hasSize(REPLICATION)
                .doesNotContain(first.node());

        placements.look(whole);
        placements.look(without);
        assertThat(await(placements.replicas(without, partition))).isEqualTo(both);
    }
}
