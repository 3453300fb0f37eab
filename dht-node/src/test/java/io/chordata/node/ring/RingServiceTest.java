package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.RingOptions.Routing;
import io.chordata.node.ring.ServiceCluster.SimNode;
import io.chordata.node.ring.directory.Counter;
import io.chordata.node.ring.directory.DirectoryEvent.Kind;
import io.chordata.node.ring.directory.RefusalReason;
import io.chordata.node.ring.view.Departure;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Placement;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.sim.SimPeerNetwork;
import io.chordata.node.sim.SimPeers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What happens to whole nodes, one story each. */
class RingServiceTest {
    private static final long SEED = 20261126;
    private static final int POSITIONS = 4;

    private final ServiceCluster cluster = new ServiceCluster(SEED);

    // coming

    @Test
    void founder_startsFirst_isOnTheRingAtOnce() {
        SimNode first = cluster.add().found();
        long millis = cluster.await("the founder on its ring", 10_000, cluster::isWhole);
        assertThat(millis).isLessThan(2_000);
        assertThat(cluster.members()).hasSize(POSITIONS);
        assertThat(first.service().view().positionsOf(first.id)).hasSize(POSITIONS);
    }

    @Test
    void newcomers_withASeed_joinTheRing() {
        cluster.form(1);
        cluster.add().start(ServiceCluster.addressOf(0));
        long second = cluster.await("a ring of two", 30_000, cluster::isWhole);
        cluster.add().start(ServiceCluster.addressOf(1));
        long third = cluster.await("a ring of three", 30_000, cluster::isWhole);
        assertThat(List.of(second, third))
                .allSatisfy(millis -> assertThat(millis).isLessThan(10_000));
        assertThat(cluster.members()).hasSize(3 * POSITIONS);
    }

    @Test
    void newcomer_whoseSeedIsDead_waitsWithoutChoosing() {
        SimNode late = cluster.add();
        SimNode newcomer = cluster.add().start(late.address);
        cluster.run(120_000);
        assertThat(newcomer.phase).isEqualTo(RingPhase.SEEKING);
        assertThat(Objects.requireNonNull(newcomer.service().view().node(newcomer.id))
                        .candidates())
                .isEmpty();
        late.found();
        cluster.await("a ring of both", 30_000, cluster::isWhole);
    }

    @Test
    void newcomer_withADeadSeedAmongOthers_joinsAllTheSame() {
        cluster.form(2);
        cluster.add().start(ServiceCluster.addressOf(99), ServiceCluster.addressOf(1));
        cluster.await("a ring of three", 30_000, cluster::isWhole);
    }

    @Test
    void newcomers_thatFindEachOtherFirst_findTheFounderLater() {
        SimNode founder = cluster.add();
        SimNode one = cluster.add().start(founder.address, ServiceCluster.addressOf(2));
        SimNode two = cluster.add().start(founder.address, ServiceCluster.addressOf(1));
        cluster.await(
                "the two to know each other",
                30_000,
                () -> one.service().view().nodeCount() == 2
                        && two.service().view().nodeCount() == 2);
        cluster.run(30_000);
        founder.found();
        cluster.await("a ring of three", 30_000, cluster::isWhole);
    }

    @Test
    void newcomer_cutOffWhileItJoins_waitsForTheRing() {
        cluster.form(2);
        SimNode newcomer = cluster.add().start(ServiceCluster.addressOf(0));
        cluster.await("its choice", 30_000, () -> newcomer.phase.compareTo(RingPhase.JOINING) >= 0);
        cluster.network.cut((from, to) -> from.equals(newcomer.address) || to.equals(newcomer.address));
        cluster.run(60_000);
        assertThat(newcomer.phase).isIn(RingPhase.JOINING, RingPhase.JOINED);
        cluster.network.mend();
        cluster.await("a ring of three", 60_000, cluster::isWhole);
    }

    /** Choosing all at the same time, without knowing of each other, they come to 1.1 to 1.2. */
    @Test
    void newcomers_thatComeTogether_shareTheRingEvenly() {
        ServiceCluster nine = new ServiceCluster(
                SEED,
                new RingServiceOptions(32, 10_000, RingOptions.DEFAULT, RingServiceOptions.DEFAULT.directory()),
                Partitioning.DEFAULT);
        nine.add().found();
        for (int i = 1; i < 9; i++) {
            nine.add().start(ServiceCluster.addressOf(0));
        }
        long millis = nine.await("a ring of nine", 30_000, nine::isWhole);
        assertThat(millis).isLessThan(10_000);
        Placement placement =
                Placement.of(nine.nodes.get(0).service().view(), Partitioning.DEFAULT, 3, new TreeSet<>());
        for (SimNode node : nine.nodes) {
            assertThat(placement.partitionsOf(node.id) / placement.shareOf(node.id))
                    .isLessThanOrEqualTo(1.05);
        }
    }

    /** Gossip takes a second or two for what one of them can tell the next in a message. */
    @Test
    void newcomers_thatComeTogether_handTheTurnOnAtOnce() {
        cluster.add().found();
        for (int i = 1; i < 9; i++) {
            cluster.add().start(ServiceCluster.addressOf(0));
        }
        cluster.await("a ring of nine", 30_000, cluster::isWhole);
        List<Long> choices = cluster.nodes.stream()
                .skip(1)
                .flatMap(node -> node.events.stream())
                .filter(event ->
                        event instanceof RingEvent.PhaseChanged changed && changed.phase() == RingPhase.CHOOSING)
                .map(RingEvent::wallMillis)
                .sorted()
                .toList();
        assertThat(choices).hasSize(8);
        assertThat(choices.get(7) - choices.get(0)).isLessThan(500);
    }

    /** Most of its places begin long after they could have: that is nobody's standing still, and no reason to ask everybody. */
    @Test
    void newcomer_whosePlacesWaitForEachOther_hurriesNoMoreThanOthers() {
        ServiceCluster slow = new ServiceCluster(SEED, RingServiceOptions.DEFAULT, Partitioning.DEFAULT).form(1);
        slow.network.become(new SimPeerNetwork.Weather(300, 0, 0, 0));
        SimNode newcomer = slow.add().start(ServiceCluster.addressOf(0));
        slow.await("a ring of two", 60_000, slow::isWhole);
        assertThat(hurries(slow, newcomer)).isLessThan(hurries(slow, slow.nodes.get(0)));
    }

    private static long hurries(ServiceCluster cluster, SimNode node) {
        return cluster.await(() -> node.service().figures()).rules().getOrDefault(RingRule.HURRIED, 0L);
    }

    @Test
    void places_onceChosen_outliveEveryPowerLoss() {
        cluster.form(1);
        SimNode newcomer = cluster.add();
        for (int moment = 0; moment < 40; moment++) {
            newcomer.start(ServiceCluster.addressOf(0));
            cluster.run(50L * moment);
            newcomer.crash();
            cluster.run(500);
        }
        newcomer.start(ServiceCluster.addressOf(0));
        cluster.await("a ring of two", 60_000, cluster::isWhole);
        assertThat(newcomer.incarnation).isEqualTo(41);
    }

    @Test
    void weight_ofADisk_decidesOnThePlacesAndStaysWhatItWas() {
        SimNode founder = cluster.add();
        founder.weight = Weight.parse("0.5");
        founder.found();
        SimNode large = cluster.add();
        large.weight = Weight.parse("1.5");
        large.start(ServiceCluster.addressOf(0));
        cluster.await("a ring of both", 30_000, cluster::isWhole);
        assertThat(founder.service().view().positionsOf(founder.id)).hasSize(POSITIONS);
        assertThat(founder.service().view().positionsOf(large.id)).hasSize(3 * POSITIONS);
        large.crash();
        large.weight = Weight.parse("2.5");
        large.start();
        cluster.await("it to be back", 60_000, cluster::isWhole);
        assertThat(Objects.requireNonNull(founder.service().view().node(large.id))
                        .weight())
                .isEqualTo(Weight.parse("1.5"));
    }

    @Test
    void busyRecords_delayTheJoin_andNoMore() {
        cluster.busyChance = 0.8;
        cluster.form(3);
    }

    // going and coming back

    @Test
    void nodeThatLeaves_isKnownToBeGone_atOnce() {
        cluster.form(4);
        cluster.nodes.get(1).stop();
        long millis = cluster.await("a ring of three", 30_000, cluster::isWhole);
        assertThat(millis).isLessThan(5_000);
        cluster.nodes.get(1).start();
        cluster.await("a ring of four", 30_000, cluster::isWhole);
    }

    @Test
    void nodeThatCrashes_comesBack_onItsOldPlaces() {
        cluster.form(4);
        cluster.nodes.get(2).crash();
        cluster.await("a ring of three", 60_000, cluster::isWhole);
        cluster.nodes.get(2).start();
        long millis = cluster.await("a ring of four", 30_000, cluster::isWhole);
        assertThat(millis).isLessThan(15_000);
    }

    @Test
    void cluster_thatLosesItsPower_findsItselfWithoutSeeds() {
        cluster.form(5);
        cluster.nodes.forEach(SimNode::crash);
        cluster.run(60_000);
        cluster.nodes.forEach(SimNode::start);
        long millis = cluster.await("the old ring", 60_000, cluster::isWhole);
        assertThat(millis).isLessThan(30_000);
    }

    @Test
    void newcomer_thatJustJoined_findsTheRingWithoutASeed() {
        cluster.form(2);
        SimNode newcomer = cluster.add().start(ServiceCluster.addressOf(0));
        cluster.await("it on the ring", 30_000, newcomer::isJoined);
        cluster.nodes.forEach(SimNode::crash);
        assertThat(newcomer.remembers(cluster.nodes.get(0))).isTrue();
        cluster.nodes.forEach(SimNode::start);
        cluster.await("the old ring", 60_000, cluster::isWhole);
    }

    @Test
    void cluster_thatIsStoppedAsAWhole_comesBackOneByOne() {
        cluster.form(3);
        cluster.nodes.forEach(SimNode::stop);
        for (SimNode node : cluster.nodes) {
            node.start();
            cluster.run(20_000);
        }
        cluster.await("the old ring", 60_000, cluster::isWhole);
    }

    @Test
    void node_underANewAddress_isFoundThere() {
        cluster.form(3);
        SimNode moved = cluster.nodes.get(1);
        moved.crash();
        moved.address = ServiceCluster.addressOf(42);
        moved.start();
        cluster.await("a ring with it", 30_000, cluster::isWhole);
    }

    @Test
    void wipedNode_underTheSameAddress_isAnotherNode() {
        cluster.form(3);
        SimNode lost = cluster.nodes.get(1);
        lost.crash();
        SimNode other = cluster.add();
        other.address = lost.address;
        other.start(ServiceCluster.addressOf(0));
        cluster.await("a ring with the new node", 60_000, cluster::isWhole);
        NodeRecord record = Objects.requireNonNull(other.service().view().node(lost.id));
        assertThat(record.state()).isEqualTo(NodeState.DOWN);
        assertThat(other.service().view().positionsOf(other.id)).hasSize(POSITIONS);
    }

    // splits

    @Test
    void cluster_cutInHalves_isOneRingSoonAfterItIsHealed() {
        cluster.form(6);
        cluster.network.cut((from, to) -> isLeft(from.port()) != isLeft(to.port()));
        cluster.run(300_000);
        SimNode left = cluster.nodes.get(0);
        NodeRecord right = Objects.requireNonNull(left.service().view().node(cluster.nodes.get(5).id));
        assertThat(right.state()).isEqualTo(NodeState.DOWN);
        cluster.network.mend();
        long millis = cluster.await("one ring", 60_000, cluster::isWhole);
        assertThat(millis).isLessThan(30_000);
    }

    private static boolean isLeft(int port) {
        return port < 7003;
    }

    @Test
    void node_heardButNotHearing_isOnTheRingAfterwards() {
        cluster.form(4);
        cluster.network.cut((from, to) -> to.equals(cluster.nodes.get(3).address));
        cluster.run(90_000);
        cluster.network.mend();
        cluster.await("one ring", 60_000, cluster::isWhole);
    }

    @Test
    void node_thatStoodStill_isOnTheRingAfterwards() {
        cluster.form(4);
        cluster.nodes.get(2).pause(120_000);
        cluster.run(120_000);
        long millis = cluster.await("one ring", 60_000, cluster::isWhole);
        assertThat(millis).isLessThan(30_000);
    }

    /** For so short that the others have only just begun to miss them. */
    @Test
    void nodes_thatStoodStillForAMoment_areBackAtOnce() {
        for (int seed = 1; seed <= 3; seed++) {
            ServiceCluster nine = new ServiceCluster(seed, RingServiceOptions.DEFAULT, Partitioning.DEFAULT).form(9);
            nine.run(60_000);
            for (int number : new int[] {2, 5, 7}) {
                nine.nodes.get(number).pause(2_500);
            }
            nine.run(2_500);
            long millis = nine.await("the whole ring", 60_000, nine::isRing);
            assertThat(millis).as("with seed %d", seed).isLessThan(3_000);
        }
    }

    // who may not take part

    @Test
    void copyOfADisk_whileTheOriginalRuns_isRefusedAndSaysWhy() {
        cluster.form(4);
        SimNode original = cluster.nodes.get(1);
        SimNode copy = cluster.copyOf(original);
        copy.start(ServiceCluster.addressOf(0));
        cluster.await("the refusal", 30_000, () -> copy.refused != null);
        RingRefusedException refused = Objects.requireNonNull(copy.refused);
        assertThat(refused.reason()).isEqualTo(RefusalReason.ALREADY_LIVE);
        assertThat(refused)
                .hasMessageContaining(copy.id.toString())
                .hasMessageContaining(original.address.toString())
                .hasMessageContaining("empty data directory");
        cluster.await("the others to be well", 30_000, cluster::isWhole);
        assertThat(original.isJoined()).isTrue();
    }

    @Test
    void copyOfADisk_atTheFirstNodeOfTheRingOnly_leavesTheOriginalHeard() {
        cluster.form(2);
        SimNode copy = cluster.copyOf(cluster.nodes.get(1));
        copy.start(ServiceCluster.addressOf(0));
        cluster.await("the refusal", 30_000, () -> copy.refused != null);
        cluster.run(30_000);
        assertThat(cluster.problems()).isEmpty();
    }

    @Test
    void disk_thatWasSetBack_isRefusedByTheOthers() {
        cluster.form(3);
        SimNode node = cluster.nodes.get(1);
        node.crash();
        node.incarnation--;
        node.wipe();
        node.start(ServiceCluster.addressOf(0));
        cluster.await("the refusal", 60_000, () -> node.refused != null);
        assertThat(Objects.requireNonNull(node.refused).reason())
                .isIn(RefusalReason.STALE_START, RefusalReason.ALREADY_LIVE);
    }

    /** It finds out by itself, so that nobody needs to hear of it. */
    @Test
    void disk_thatRemembersALaterStart_isRefusedByItself() {
        cluster.form(2);
        SimNode node = cluster.nodes.get(1);
        node.stop();
        node.incarnation -= 1;
        node.start(ServiceCluster.addressOf(0));
        cluster.await("the refusal", 5_000, () -> node.refused != null);
        assertThat(node.refused).hasMessageContaining("refused by itself").hasMessageContaining("start number 1");
    }

    // who is to leave

    private NodeState stateSeen(SimNode by, SimNode of) {
        return Objects.requireNonNull(by.service().view().node(of.id)).state();
    }

    private boolean isSeenByAll(SimNode of, NodeState state) {
        return cluster.nodes.stream().filter(SimNode::isUp).allMatch(node -> stateSeen(node, of) == state);
    }

    @Test
    void drain_ofANode_isSeenByAllAndTakesItsPartitionsButNotItsPlaces() {
        cluster.form(4);
        SimNode node = cluster.nodes.get(2);
        cluster.await(() -> node.service().depart(Departure.DRAIN));
        cluster.await("all to see it", 10_000, () -> isSeenByAll(node, NodeState.DRAINING));
        Placement placement =
                Placement.of(cluster.nodes.get(0).service().view(), new Partitioning(6), 3, new TreeSet<>());
        assertThat(placement.partitionsOf(node.id)).isZero();
        cluster.run(10_000);
        assertThat(cluster.isRing()).isTrue();
        assertThat(cluster.members()).hasSize(4 * POSITIONS);
    }

    @Test
    void drainingNode_thatCrashesAmid_comesBackDraining() {
        cluster.form(4);
        SimNode node = cluster.nodes.get(2);
        cluster.await(() -> node.service().depart(Departure.DRAIN));
        node.crash();
        cluster.await("the others to miss it", 60_000, () -> isSeenByAll(node, NodeState.DOWN));
        node.start(ServiceCluster.addressOf(0));
        cluster.await("all to see it", 60_000, () -> isSeenByAll(node, NodeState.DRAINING));
        cluster.await("its places", 60_000, () -> node.isJoined() && cluster.isRing());
        assertThat(cluster.<Departure>await(() -> node.service().departure())).isEqualTo(Departure.DRAIN);
    }

    @Test
    void drain_thatIsUndone_leavesTheNodeAliveForGood() {
        cluster.form(4);
        SimNode node = cluster.nodes.get(2);
        cluster.await(() -> node.service().depart(Departure.DECOMMISSION));
        cluster.await("all to see it", 10_000, () -> isSeenByAll(node, NodeState.DRAINING));
        cluster.await(() -> node.service().depart(Departure.NONE));
        cluster.await("all to see it again", 10_000, () -> isSeenByAll(node, NodeState.ALIVE));
        node.crash();
        node.start(ServiceCluster.addressOf(0));
        cluster.run(10_000);
        cluster.await("it to be back", 60_000, () -> isSeenByAll(node, NodeState.ALIVE));
    }

    @Test
    void drain_askedTwiceAtOnce_isTheLastThatWasAsked() {
        cluster.form(4);
        SimNode node = cluster.nodes.get(2);
        Future<Void> first = node.service().depart(Departure.DRAIN);
        Future<Void> second = node.service().depart(Departure.NONE);
        cluster.await(() -> first);
        cluster.await(() -> second);
        cluster.run(5_000);
        assertThat(isSeenByAll(node, NodeState.ALIVE)).isTrue();
        assertThat(cluster.<Departure>await(() -> node.service().departure())).isEqualTo(Departure.NONE);
    }

    @Test
    void drain_beforeTheNodeIsOnTheRing_isRefused() {
        SimNode node = cluster.add().start(ServiceCluster.addressOf(7));
        Future<Void> refused = node.service().depart(Departure.DRAIN);
        cluster.run(1_000);
        assertThat(refused.cause()).isInstanceOf(RingUnavailableException.class);
    }

    @Test
    void nodeThatIsDown_decommissioned_isRefusedWhenItComesBack() {
        cluster.form(4);
        SimNode node = cluster.nodes.get(2);
        node.crash();
        cluster.await("the others to miss it", 60_000, () -> isSeenByAll(node, NodeState.DOWN));
        boolean isKnown = cluster.await(() -> cluster.nodes.get(0).service().decommission(node.id));
        assertThat(isKnown).isTrue();
        cluster.await("all to know", 10_000, () -> isSeenByAll(node, NodeState.DECOMMISSIONED));
        cluster.nodes.get(0).crash();
        cluster.nodes.get(0).start(ServiceCluster.addressOf(1));
        node.start(ServiceCluster.addressOf(0));
        cluster.await("the refusal", 60_000, () -> node.refused != null);
        assertThat(Objects.requireNonNull(node.refused).reason()).isEqualTo(RefusalReason.DECOMMISSIONED);
    }

    @Test
    void nodeThatRuns_decommissionedByAnother_endsAndRefusesToStart() {
        cluster.form(4);
        SimNode node = cluster.nodes.get(2);
        cluster.await(() -> cluster.nodes.get(0).service().decommission(node.id));
        cluster.await("its end", 10_000, () -> node.refused != null);
        cluster.await("all to know", 10_000, () -> isSeenByAll(node, NodeState.DECOMMISSIONED));
        node.start(ServiceCluster.addressOf(1));
        cluster.await("the refusal", 30_000, () -> node.refused != null);
        assertThat(Objects.requireNonNull(node.refused).reason()).isEqualTo(RefusalReason.DECOMMISSIONED);
    }

    // what is broken

    @Test
    void brokenInvariant_endsTheService_andTellsOnce() {
        cluster.form(2);
        SimNode node = cluster.nodes.get(1);
        Future<LookupResult> open = node.service().lookup(new RingId(new Uint128(1, 2)));
        node.mayFail = true;
        node.clockShiftNanos = -60_000_000_000L;
        cluster.await("the failure", 5_000, () -> node.failure != null);
        assertThat(node.failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("time went back");
        assertThat(node.phase).isEqualTo(RingPhase.FAILED);
        assertThat(open.succeeded()).isFalse();
        cluster.await("the other to be alone", 60_000, cluster::isWhole);
    }

    @Test
    void records_thatFail_endTheService() {
        cluster.form(1);
        SimNode node = cluster.add().start(ServiceCluster.addressOf(0));
        node.mayFail = true;
        node.store().failNextSync();
        cluster.await("the failure", 30_000, () -> node.failure != null);
        assertThat(node.failure).hasMessageContaining("sync failed");
    }

    @Test
    void bytes_thatAreNoMessage_areCountedAndForgotten() {
        cluster.form(2);
        SimPeers stranger = new SimPeers(
                cluster.network,
                ServiceCluster.CLUSTER,
                new NodeId(new Uint128(6, 6)),
                ServiceCluster.addressOf(66),
                peer -> {});
        SimNode node = cluster.nodes.get(0);
        for (int length = 1; length <= 50; length++) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) (length * 37));
            stranger.send(new Peer(node.address, node.id), Service.RING, Buffer.buffer(bytes));
            stranger.send(new Peer(node.address, node.id), Service.DIRECTORY, Buffer.buffer(bytes));
        }
        cluster.run(1_000);
        RingFigures figures = cluster.await(() -> node.service().figures());
        assertThat(figures.messagesUnreadable()).isEqualTo(100);
        assertThat(figures.directory().get(Counter.DROPPED_NONSENSE)).isEqualTo(50);
        assertThat(cluster.problems()).isEmpty();
    }

    @Test
    void call_toTheRing_isRefused() {
        cluster.form(1);
        SimPeers stranger = new SimPeers(
                cluster.network,
                ServiceCluster.CLUSTER,
                new NodeId(new Uint128(6, 6)),
                ServiceCluster.addressOf(66),
                peer -> {});
        SimNode node = cluster.nodes.get(0);
        Future<Buffer> answer = stranger.call(new Peer(node.address, node.id), Service.RING, Buffer.buffer("x"), 1_000);
        cluster.run(2_000);
        assertThat(answer.failed()).isTrue();
    }

    // what others ask

    @Test
    void lookup_fromEachNode_findsWhoAnswers() {
        cluster.form(5);
        cluster.run(30_000);
        for (int i = 0; i < 50; i++) {
            RingId id = new RingId(cluster.scheduler.random().nextUint128());
            SimNode node = cluster.nodes.get(i % 5);
            LookupResult short_ = node.lookup(id, Routing.ALL);
            LookupResult long_ = node.lookup(id, new Routing(true, false, false));
            assertThat(ownerOf(short_)).isEqualTo(cluster.owner(id));
            assertThat(ownerOf(long_)).isEqualTo(cluster.owner(id));
            assertThat(long_.path())
                    .noneMatch(hop -> hop.source() == HopSource.DIRECTORY || hop.source() == HopSource.CACHE);
        }
        RingFigures figures = cluster.await(() -> cluster.nodes.get(0).service().figures());
        assertThat(figures.lookups()).isEqualTo(20);
        assertThat(figures.lookupsStopped()).isZero();
        assertThat(figures.lookupHops()).isPositive();
    }

    /** Whoever asks for more than that at once does not keep the ring from repairing itself. */
    @Test
    void lookups_beyondTheirBound_areStoppedAtOnce() {
        cluster.form(4);
        RingService service = cluster.nodes.get(0).service();
        List<Future<LookupResult>> lookups = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RingId id = new RingId(cluster.scheduler.random().nextUint128());
            lookups.add(service.lookup(id, Routing.FINGERS));
        }
        cluster.run(20_000);
        assertThat(lookups).allMatch(Future::succeeded);
        long busy = lookups.stream().filter(lookup -> isBusy(lookup.result())).count();
        assertThat(busy).isBetween(1L, 36L);
        LookupResult later = cluster.nodes.get(0).lookup(new RingId(Uint128.ZERO), Routing.ALL);
        assertThat(isBusy(later)).isFalse();
    }

    private static boolean isBusy(LookupResult result) {
        return result instanceof LookupResult.Stopped stopped && stopped.reason() == LookupResult.Reason.BUSY;
    }

    private static RingId ownerOf(LookupResult result) {
        assertThat(result).isInstanceOf(LookupResult.Found.class);
        return ((LookupResult.Found) result).owner().id();
    }

    @Test
    void lookup_ofEachHop_tellsTheRoundTripInMicroseconds() {
        cluster.form(3);
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            RingId id = new RingId(cluster.scheduler.random().nextUint128());
            LookupResult result = cluster.nodes.get(0).lookup(id, Routing.FINGERS);
            result.path().stream()
                    .filter(hop -> hop.source() != HopSource.SELF)
                    .forEach(hop -> micros.add(hop.roundTripMicros()));
        }
        assertThat(micros).isNotEmpty().allMatch(time -> time > 0).anyMatch(time -> time % 1_000 != 0);
    }

    @Test
    void lookup_beforeTheRingAndAfterIt_fails() {
        SimNode newcomer = cluster.add().start(ServiceCluster.addressOf(99));
        cluster.run(1_000);
        RingService service = newcomer.service();
        assertThatThrownBy(() -> cluster.await(() -> service.lookup(new RingId(Uint128.ZERO))))
                .hasCauseInstanceOf(RingUnavailableException.class);
        cluster.await(service::leave);
        assertThatThrownBy(() -> cluster.await(() -> service.lookup(new RingId(Uint128.ZERO))))
                .hasCauseInstanceOf(RingUnavailableException.class)
                .hasStackTraceContaining("LEFT");
        assertThatThrownBy(() -> cluster.await(service::joined)).hasCauseInstanceOf(RingUnavailableException.class);
    }

    @Test
    void ownStatus_ofEachNode_isItsPartOfTheRing() {
        cluster.form(4);
        cluster.run(60_000);
        List<RingId> positions = new ArrayList<>();
        for (SimNode node : cluster.nodes) {
            RingStatus status = cluster.await(() -> node.service().ownStatus());
            assertThat(status.phase()).isEqualTo(RingPhase.JOINED);
            status.pointers().forEach(pointers -> positions.add(pointers.at().id()));
            assertThat(status.fingers()).isNotEmpty();
            assertThat(status.fingers().stream().map(finger -> finger.position().id()))
                    .doesNotHaveDuplicates();
        }
        assertThat(positions)
                .containsExactlyInAnyOrderElementsOf(cluster.members().keySet());
    }

    @Test
    void events_ofAJoinAndACrash_tellThemInOrder() {
        cluster.form(1);
        List<RingEvent> followed = cluster.nodes.get(0).events;
        SimNode other = cluster.add().start(ServiceCluster.addressOf(0));
        cluster.await("a ring of two", 30_000, cluster::isWhole);
        other.crash();
        cluster.await("a ring of one", 60_000, cluster::isWhole);
        List<Kind> kinds = followed.stream()
                .filter(event -> event instanceof RingEvent.NodeChanged changed
                        && changed.node().equals(other.id))
                .map(event -> ((RingEvent.NodeChanged) event).kind())
                .toList();
        assertThat(kinds).startsWith(Kind.JOINED).contains(Kind.SUSPECT).endsWith(Kind.DOWN);
        assertThat(followed.stream().map(RingEvent::id))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, followed.size()).boxed().toList());
        assertThat(followed)
                .anyMatch(event -> event instanceof RingEvent.PointersChanged)
                .anyMatch(event -> event instanceof RingEvent.ViewChanged)
                .anyMatch(event ->
                        event instanceof RingEvent.PhaseChanged changed && changed.phase() == RingPhase.JOINED);
    }

    @Test
    void loads_thatNodesReport_areKnownToTheOthers() {
        cluster.form(2);
        NodeLoad load = new NodeLoad(7, 3, 100, 200, 1_000, 2_000, 0.25);
        SimNode busy = cluster.nodes.get(1);
        SimNode other = cluster.nodes.get(0);
        busy.service().report(load);
        cluster.await(
                "the load",
                30_000,
                () -> load.equals(cluster.await(() -> other.service().loads()).get(busy.id)));
    }

    @Test
    void figures_ofAQuietRing_countItsRounds() {
        cluster.form(2);
        RingService service = cluster.nodes.get(0).service();
        RingFigures before = cluster.await(service::figures);
        cluster.run(60_000);
        RingFigures after = cluster.await(service::figures);
        assertThat(after.rules().get(RingRule.STABILISED))
                .isGreaterThan(before.rules().get(RingRule.STABILISED));
        assertThat(after.positions()).isEqualTo(POSITIONS);
        assertThat(after.viewVersion()).isEqualTo(service.view().version());
        assertThat(after.viewAgeMillis()).isGreaterThan(50_000);
    }
}
