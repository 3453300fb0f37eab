package io.chordata.node.ring.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.PeerRefusedException;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Receiver;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.status.FlowReport.Kind;
import io.chordata.node.ring.status.FlowReport.Link;
import io.chordata.node.ring.status.FlowReport.Requests;
import io.chordata.node.ring.status.FlowsPicture.LinkFlow;
import io.chordata.node.ring.status.FlowsPicture.NodeFlow;
import io.chordata.node.ring.status.FlowsPicture.OperationFlow;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.PartitionsPicture.Holder;
import io.chordata.node.ring.status.RingPicture.FingerPicture;
import io.chordata.node.ring.status.RingPicture.Neighbours;
import io.chordata.node.ring.status.RingPicture.PositionPicture;
import io.chordata.node.ring.status.RingWorld.TrueRing;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimPeers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClusterRingTest {
    private static final long SEED = 20261126;

    private final RingWorld world = new RingWorld(SEED, 5, 3);

    /** Takes the question, and leaves the answer to the test. */
    private static final class Silent implements Receiver {
        final List<Promise<Buffer>> asked = new ArrayList<>();

        @Override
        public void onMessage(NodeId from, Buffer message) {}

        @Override
        public Future<Buffer> onCall(NodeId from, Buffer request) {
            Promise<Buffer> promise = Promise.promise();
            asked.add(promise);
            return promise.future();
        }
    }

    @Test
    void flows_ofAllNodes_areAddedUpAndOneThatIsSilentIsNamed() {
        TrueRing own = world.new TrueRing(0);
        own.flows = flows(10_000, 20, Map.of(8, 99L), new Link(RingWorld.id(1), Kind.REPLICATION, 10_000));
        TrueRing other = world.new TrueRing(1);
        other.flows = flows(5_000, 5, Map.of(80, 1L), new Link(RingWorld.id(0), Kind.MOVEMENT, 50_000));
        world.serve(1, other);
        world.serve(2, world.new TrueRing(2));
        world.serve(3, world.new TrueRing(3));
        world.become(4, NodeState.DOWN);

        FlowsPicture picture = world.await(world.ringOf(world.start(0), own).flows());

        assertThat(picture.nodes()).hasSize(4);
        assertThat(picture.nodes().get(1)).isEqualTo(new NodeFlow(RingWorld.id(1), 1, 0, 0, 0, 4_607));
        assertThat(picture.operations())
                .as("a quantile of all requests, not a mean of quantiles")
                .containsExactly(new OperationFlow("GetObject", 99 / 10.0 + 1 / 5.0, 8, 8));
        assertThat(picture.links())
                .containsExactly(
                        new LinkFlow(RingWorld.id(0), RingWorld.id(1), Kind.MOVEMENT, 10_000),
                        new LinkFlow(RingWorld.id(0), RingWorld.id(1), Kind.REPLICATION, 1_000));
        assertThat(picture.unanswered()).containsExactly(RingWorld.id(4));
    }

    private static FlowReport flows(long millis, long requests, Map<Integer, Long> cells, Link link) {
        LatencyCounts counts = new LatencyCounts(new TreeMap<>(cells));
        return new FlowReport(
                millis, new Requests(requests, 0, 0, 0, new TreeMap<>(Map.of("GetObject", counts))), List.of(link));
    }

    @Test
    void flows_askedByMany_areAskedForOnceASecond() {
        TrueRing other = world.new TrueRing(1);
        world.serve(1, other);
        ClusterRing ring = startAllBut(1);

        world.await(Future.all(ring.flows(), ring.flows(), ring.flows()));

        assertThat(other.asked()).isEqualTo(1);
    }

    @Test
    void links_ofMany_areTheHeaviest() {
        FlowsBuilder builder = new FlowsBuilder();
        for (int number = 0; number < 5; number++) {
            int node = number;
            builder.add(
                    RingWorld.id(node),
                    new FlowReport(
                            1_000,
                            FlowReport.NOTHING.requests(),
                            IntStream.range(0, FlowReport.LINKS_MAX)
                                    .mapToObj(i -> new Link(RingWorld.id(i), Kind.REPAIR, 10L * i + node))
                                    .toList()));
        }
        FlowsPicture picture = builder.picture(List.of());

        int left = 5 * FlowReport.LINKS_MAX - FlowsBuilder.LINKS_MAX;
        assertThat(picture.linksLeftOut()).isEqualTo(left);
        assertThat(picture.links()).hasSize(FlowsBuilder.LINKS_MAX);
        assertThat(picture.links().get(0).bytes()).isEqualTo(10.0 * (FlowReport.LINKS_MAX - 1) + 4);
        assertThat(picture.links().get(FlowsBuilder.LINKS_MAX - 1).bytes()).isEqualTo(10.0 * (left / 5));
    }

    private ClusterRing startAll() {
        return startAllBut(-1);
    }

    private ClusterRing startAllBut(int left) {
        for (int number = 1; number < world.view().nodeCount(); number++) {
            if (number != left) {
                world.serve(number, world.new TrueRing(number));
            }
        }
        return world.ringOf(0);
    }

    private RingId successorOf(RingId point) {
        return Objects.requireNonNull(world.view().successor(point)).id();
    }

    private void assertTrue(RingPicture picture, int... untold) {
        List<NodeId> silent = Arrays.stream(untold).mapToObj(RingWorld::id).toList();
        assertThat(picture.unanswered()).isEqualTo(silent);
        assertThat(picture.positions()).hasSize(world.view().positionCount());
        assertThat(picture.positions()).isSortedAccordingTo((a, b) -> a.id().compareTo(b.id()));
        for (PositionPicture position : picture.positions()) {
            Position known = Objects.requireNonNull(world.view().successor(position.id()));
            assertThat(known.id()).isEqualTo(position.id());
            assertThat(known.owner().node()).isEqualTo(position.node());
            Neighbours neighbours = position.neighbours();
            assertThat(neighbours == null).isEqualTo(silent.contains(position.node()));
            if (neighbours != null) {
                assertThat(successorOf(position.id().plus(new Uint128(0, 1))))
                        .isEqualTo(neighbours.successors().get(0));
                assertThat(successorOf(neighbours.predecessor().plus(new Uint128(0, 1))))
                        .isEqualTo(position.id());
            }
        }
    }

    @Test
    void ring_ofNodesThatAllAnswer_isWhole() {
        ClusterRing ring = startAll();

        RingPicture picture = world.await(ring.whole());

        assertTrue(picture);
        assertThat(picture.version()).isEqualTo(world.view().version());
        assertThat(picture.fingers()).isNull();
    }

    @Test
    void ring_ofOneNode_isItsOwn() {
        RingWorld one = new RingWorld(SEED, 1, 1);

        RingPicture picture = one.await(one.ringOf(0).whole());

        assertThat(picture.positions()).hasSize(1);
        assertThat(picture.unanswered()).isEmpty();
    }

    @Test
    void node_thatIsDead_isListedWithoutNeighboursAndNamed() {
        ClusterRing ring = startAllBut(3);

        assertTrue(world.await(ring.whole()), 3);
    }

    @Test
    void node_thatIsHeldToBeDown_isNotAskedAndNamed() {
        ClusterRing ring = startAllBut(2);
        Silent silent = new Silent();
        world.start(2).serve(Peers.Service.STATUS, silent);
        world.become(2, NodeState.DOWN);

        assertTrue(world.await(ring.whole()), 2);
        assertThat(silent.asked).isEmpty();
    }

    @Test
    void node_thatIsSlow_costsTwoSecondsAndNoMore() {
        ClusterRing ring = startAllBut(1);
        world.start(1).serve(Peers.Service.STATUS, new Silent());

        assertTrue(world.await(ring.whole()), 1);

        assertThat(world.scheduler.nowMillis()).isBetween(2_000L, 2_100L);
    }

    @Test
    void node_ofAnOlderRelease_isNamed() {
        ClusterRing ring = startAllBut(4);
        world.start(4);

        assertTrue(world.await(ring.whole()), 4);
    }

    @Test
    void node_thatJoins_isAskedButHasNoPlaceWithoutAnswer() {
        world.become(1, NodeState.DOWN);
        world.become(1, NodeState.JOINING);
        ClusterRing ring = startAllBut(1);

        RingPicture picture = world.await(ring.whole());

        assertThat(picture.unanswered()).containsExactly(RingWorld.id(1));
        assertThat(picture.positions()).noneMatch(position -> position.node().equals(RingWorld.id(1)));
    }

    private void assertNotBelieved(UnaryOperator<PositionReport> lie) {
        RingWorld.TrueRing liar = world.new TrueRing(2) {
            @Override
            public Future<List<PositionReport>> positions(boolean withFingers) {
                return super.positions(withFingers)
                        .map(all -> all.stream().map(lie).toList());
            }
        };
        ClusterRing ring = startAllBut(2);
        world.serve(2, liar);
        assertTrue(world.await(ring.whole()), 2);
    }

    @Test
    void node_thatClaimsAnotherCandidate_isNotBelieved() {
        assertNotBelieved(told -> new PositionReport(
                told.index(), told.candidate() + 1, told.predecessor(), told.successors(), List.of()));
    }

    @Test
    void node_thatClaimsMorePlacesThanItHas_isNotBelieved() {
        assertNotBelieved(told -> new PositionReport(
                told.index() + 1, told.candidate(), told.predecessor(), told.successors(), List.of()));
    }

    @Test
    void node_withSuccessorsOutOfOrder_isNotBelieved() {
        assertNotBelieved(told -> {
            List<RingId> turned = new ArrayList<>(told.successors());
            Collections.reverse(turned);
            return new PositionReport(told.index(), told.candidate(), told.predecessor(), turned, List.of());
        });
    }

    @Test
    void node_thatAnswersGarbage_isNotBelieved() {
        ClusterRing ring = startAllBut(2);
        world.start(2).serve(Peers.Service.STATUS, new Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {}

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                return Future.succeededFuture(Buffer.buffer("no message at all"));
            }
        });

        assertTrue(world.await(ring.whole()), 2);
    }

    /** Page after page of the same would have no end. */
    @Test
    void node_thatPagesWithoutEnd_isNotBelieved() {
        StatusProtos.Answer.Builder endless = StatusProtos.Answer.newBuilder();
        ClusterRing ring = startAllBut(2);
        Buffer first = StatusCodec.encodePositions(world.await(world.new TrueRing(2).positions(false)));
        world.start(2).serve(Peers.Service.STATUS, new Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {}

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                try {
                    endless.mergeFrom(first.getBytes()).getPositionsBuilder().setMore(true);
                } catch (InvalidProtocolBufferException e) {
                    return Future.failedFuture(e);
                }
                Buffer answer = Buffer.buffer(endless.build().toByteArray());
                endless.clear();
                return Future.succeededFuture(answer);
            }
        });

        assertTrue(world.await(ring.whole()), 2);
    }

    @Test
    void callers_atOneTimeAndWithinASecond_shareOneRound() {
        RingWorld.TrueRing own = world.new TrueRing(0);
        ClusterRing ring = world.ringOf(world.start(0), own);

        List<Future<RingPicture>> together = List.of(ring.whole(), ring.whole(), ring.whole());
        together.forEach(world::await);
        RingPicture first = together.get(0).result();
        world.scheduler.advanceMillis(900);
        assertThat(world.await(ring.whole())).isSameAs(first);
        assertThat(own.asked).isEqualTo(1);

        world.scheduler.advanceMillis(200);
        assertThat(world.await(ring.whole())).isNotSameAs(first);
        assertThat(own.asked).isEqualTo(2);
    }

    @Test
    void nodes_thatNeverAnswer_areAskedSixteenAtOnceAndTenSecondsAltogether() {
        RingWorld large = new RingWorld(SEED, 200, 1);
        Silent silent = new Silent();
        for (int number = 1; number < 200; number++) {
            large.start(number).serve(Peers.Service.STATUS, silent);
        }
        ClusterRing ring = large.ringOf(0);

        Future<RingPicture> whole = ring.whole();
        large.scheduler.advanceMillis(1_000);
        assertThat(silent.asked).hasSize(16);
        RingPicture picture = large.await(whole);

        assertThat(large.scheduler.nowMillis()).isBetween(10_000L, 10_100L);
        assertThat(picture.unanswered()).hasSize(199);
        assertThat(picture.positions()).hasSize(200);
        large.scheduler.advanceMillis(5_000);
        assertThat(silent.asked).hasSizeLessThanOrEqualTo(16 * 6);
    }

    @Test
    void ring_ofAThousandNodesThatAnswer_isDrawnInOneGo() {
        RingWorld large = new RingWorld(SEED, 1_000, 2);
        for (int number = 1; number < 1_000; number++) {
            large.serve(number, large.new TrueRing(number));
        }

        RingPicture picture = large.await(large.ringOf(0).whole());

        assertThat(picture.unanswered()).isEmpty();
        assertThat(picture.positions()).hasSize(2_000);
    }

    @Test
    void ring_tooLargeForOneAnswer_isRefusedBeforeAnybodyIsAsked() {
        RingWorld large = new RingWorld(SEED, 65, Position.PER_NODE_MAX);
        Silent silent = new Silent();
        large.start(1).serve(Peers.Service.STATUS, silent);
        ClusterRing ring = large.ringOf(0);

        assertThatThrownBy(() -> large.await(ring.whole()))
                .isInstanceOf(RingTooLargeException.class)
                .hasMessageContaining("66560 positions");
        assertThat(silent.asked).isEmpty();
        assertThat(large.await(ring.of(large.node(0))).positions()).hasSize(Position.PER_NODE_MAX);
    }

    @Test
    void node_askedForItsPart_tellsItsFingersOnceEach() {
        ClusterRing ring = startAll();

        RingPicture own = world.await(ring.of(world.node(0)));
        RingPicture other = world.await(ring.of(world.node(3)));

        for (RingPicture picture : List.of(own, other)) {
            assertThat(picture.positions()).hasSize(3).allMatch(position -> position.neighbours() != null);
            List<FingerPicture> fingers = Objects.requireNonNull(picture.fingers());
            assertThat(fingers).extracting(FingerPicture::id).isNotEmpty().doesNotHaveDuplicates();
            assertThat(fingers).allSatisfy(finger -> {
                Position leadsTo = Objects.requireNonNull(world.view().successor(finger.start()));
                assertThat(leadsTo.id()).isEqualTo(finger.id());
                assertThat(leadsTo.owner().node()).isEqualTo(finger.node());
            });
        }
    }

    @Test
    void node_withMorePositionsThanAnAnswerTakes_isAskedForTheRest() {
        RingWorld large = new RingWorld(SEED, 2, Position.PER_NODE_MAX);
        RingWorld.TrueRing other = large.new TrueRing(1);
        large.serve(1, other);

        RingPicture picture = large.await(large.ringOf(0).of(large.node(1)));

        assertThat(other.asked).isGreaterThan(1);
        assertThat(picture.unanswered()).isEmpty();
        assertThat(picture.positions()).hasSize(Position.PER_NODE_MAX);
    }

    @Test
    void node_thatIsDeadAskedForItsPart_isShownAsTheDirectoryHasIt() {
        ClusterRing ring = startAllBut(3);

        RingPicture picture = world.await(ring.of(world.node(3)));

        assertThat(picture.unanswered()).containsExactly(RingWorld.id(3));
        assertThat(picture.positions()).hasSize(3).allMatch(position -> position.neighbours() == null);
        assertThat(picture.fingers()).isNull();
    }

    private static PartitionReport report(int partition, boolean isServing, long commitIndex) {
        return new PartitionReport(new PartitionId(partition), isServing, 1, commitIndex, List.of(), List.of(), false);
    }

    private RingWorld.TrueRing serve(int number, PartitionReport... held) {
        RingWorld.TrueRing ring = world.new TrueRing(number);
        ring.partitions.addAll(List.of(held));
        world.serve(number, ring);
        return ring;
    }

    @Test
    void partitions_ofNodesThatAllAnswer_areWithWhoHoldsThem() {
        RingWorld.TrueRing own = world.new TrueRing(0);
        own.partitions.add(report(1, true, 7));
        PartitionReport served = report(1, true, 8);
        PartitionReport unserved = report(2, false, 9);
        serve(1, served, unserved);
        serve(2);
        serve(3);
        serve(4, unserved);

        PartitionsPicture picture =
                world.await(world.ringOf(world.start(0), own).partitions());

        assertThat(picture.unanswered()).isEmpty();
        assertThat(picture.holdersOf(new PartitionId(1)))
                .containsExactly(new Holder(RingWorld.id(0), report(1, true, 7)), new Holder(RingWorld.id(1), served));
        assertThat(picture.holdersOf(new PartitionId(2)))
                .containsExactly(new Holder(RingWorld.id(1), unserved), new Holder(RingWorld.id(4), unserved));
        assertThat(picture.isServed(new PartitionId(1))).isTrue();
        assertThat(picture.isServed(new PartitionId(2))).isFalse();
        assertThat(picture.isServed(new PartitionId(3))).isFalse();
        assertThat(picture.holdersOf(new PartitionId(3))).isEmpty();
    }

    @Test
    void partitions_ofNodesThatDoNotAnswer_areNotMadeUp() {
        serve(1, report(1, true, 8));
        world.start(2);
        world.become(3, NodeState.DOWN);
        world.become(4, NodeState.DECOMMISSIONED);

        PartitionsPicture picture = world.await(world.ringOf(0).partitions());

        assertThat(picture.unanswered()).containsExactly(RingWorld.id(2), RingWorld.id(3));
        assertThat(picture.holders()).containsOnlyKeys(new PartitionId(1));
    }

    @Test
    void partitions_thatTheClusterDoesNotHave_areNotBelieved() {
        serve(1, report(RingWorld.PARTITIONING.count(), true, 8));
        serve(2, report(RingWorld.PARTITIONING.count() - 1, true, 8));

        PartitionsPicture picture = world.await(world.ringOf(0).partitions());

        assertThat(picture.unanswered()).contains(RingWorld.id(1)).doesNotContain(RingWorld.id(2));
    }

    @Test
    void partitions_ofANodeThatIsNotYetInItsOwnView_areKnownToIt() {
        RingWorld.TrueRing own = world.new TrueRing(0);
        own.partitions.add(report(0, true, 1));
        ClusterRing ring = world.ringOf(world.start(0), own);
        for (int number = 0; number < 5; number++) {
            world.forget(number);
        }

        PartitionsPicture picture = world.await(ring.partitions());

        assertThat(picture.isServed(new PartitionId(0))).isTrue();
        assertThat(picture.unanswered()).isEmpty();
    }

    @Test
    void partitions_morePerNodeThanAnAnswerTakes_areAskedForToTheEnd() {
        Partitioning finer = new Partitioning(17);
        RingWorld fine = new RingWorld(SEED, 2, 1, finer);
        RingWorld.TrueRing other = fine.new TrueRing(1);
        for (int number = 0; number < finer.count(); number++) {
            other.partitions.add(report(number, true, number));
        }
        fine.serve(1, other);

        PartitionsPicture picture = fine.await(fine.ringOf(0).partitions());

        assertThat(other.asked).isGreaterThan(1);
        assertThat(picture.holders()).hasSize(finer.count());
    }

    @Test
    void askers_forPartitions_shareOneRoundForASecond() {
        RingWorld.TrueRing other = serve(1);
        ClusterRing ring = world.ringOf(0);

        PartitionsPicture first = world.await(ring.partitions());
        assertThat(world.await(ring.partitions())).isSameAs(first);
        assertThat(other.asked).isEqualTo(1);

        world.scheduler.advanceMillis(1_100);
        assertThat(world.await(ring.partitions())).isNotSameAs(first);
    }

    @Test
    void lookup_fromAnotherNode_isThatNodes() {
        ClusterRing ring = startAll();
        RingId id = new RingId(new Uint128(1L << 62, 5));

        Found found = (Found) world.await(ring.lookup(id, world.node(4), true));

        assertThat(found.path().get(0).node()).isEqualTo(RingWorld.id(4));
        assertThat(found.path().get(1).source()).isEqualTo(Source.FINGER);
        assertThat(found.position()).isEqualTo(successorOf(id));
        assertThat(world.await(ring.lookup(id, world.node(0), false)))
                .isInstanceOfSatisfying(
                        Found.class, own -> assertThat(own.path().get(0).node()).isEqualTo(RingWorld.id(0)));
    }

    @Test
    void lookup_fromADeadNodeOrOneThatDoesNotKnowHow_fails() {
        ClusterRing ring = startAllBut(1);
        RingId id = new RingId(new Uint128(1L << 62, 5));
        assertThatThrownBy(() -> world.await(ring.lookup(id, world.node(1), true)))
                .isInstanceOf(PeerUnreachableException.class);

        SimPeers old = world.start(1);

        assertThat(old).isNotNull();
        assertThatThrownBy(() -> world.await(ring.lookup(id, world.node(1), true)))
                .isInstanceOf(PeerRefusedException.class);
    }
}
