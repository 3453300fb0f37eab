package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.ring.directory.DirectoryCluster.Told;
import io.chordata.node.ring.directory.DirectoryEvent.Kind;
import io.chordata.node.ring.directory.DirectoryEvent.NodeEvent;
import io.chordata.node.ring.directory.DirectoryEvent.Refused;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.NodeVitals;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Directed scenarios; what random ones find is in {@link DirectorySimulationTest}. */
class DirectoryTest {
    private static final long SOON = 10_000;
    private static final long LONG = 120_000;

    private final DirectoryCluster cluster = new DirectoryCluster(7, DirectoryOptions.DEFAULT);

    // joining and leaving

    @Test
    void nodes_startedWithOneSeed_findEachOther() {
        begin(12);
        assertThat(events(3, Kind.JOINED)).hasSize(11);
        assertThat(cluster.directory(3).nodes()).hasSize(12);
    }

    @Test
    void nodes_thatFoundEachOther_stillTryTheSeedThatWasNotUp() {
        cluster.add(3);
        cluster.startWithSeeds(1, 0, 2);
        cluster.startWithSeeds(2, 0, 1);
        cluster.runUntil(cluster::isSettled, SOON, "two that know each other");
        cluster.run(LONG);
        cluster.startWithoutSeeds(0);
        cluster.runUntil(cluster::isSettled, SOON, "three that know each other");
    }

    @Test
    void seed_atWhichAnotherNodeIsNow_isTriedAsWell() {
        begin(3);
        cluster.crash(0);
        cluster.runUntil(() -> cluster.isDownEverywhere(0), LONG, "down");
        cluster.add(1);
        cluster.move(3, Nodes.address(0));
        cluster.startWithoutSeeds(3);
        cluster.runUntil(() -> cluster.isAliveEverywhere(3), SOON, "the other node");
    }

    @Test
    void node_joiningThenDraining_isSeenSoByAll() {
        begin(5);
        cluster.add(1);
        cluster.start(5, NodeState.JOINING);
        cluster.runUntil(() -> isSeenAs(5, NodeState.JOINING), SOON, "joining");
        restate(5, NodeState.ALIVE);
        cluster.runUntil(() -> isSeenAs(5, NodeState.ALIVE), SOON, "alive");
        restate(5, NodeState.DRAINING);
        cluster.runUntil(() -> isSeenAs(5, NodeState.DRAINING), SOON, "draining");
        assertThat(events(0, Kind.CHANGED)).hasSize(2);
    }

    @Test
    void drainingNode_thatCrashes_isDownButStillDraining() {
        begin(5);
        restate(4, NodeState.DRAINING);
        cluster.runUntil(() -> isSeenAs(4, NodeState.DRAINING), SOON, "draining");
        cluster.crash(4);
        cluster.runUntil(() -> cluster.isDownEverywhere(4), LONG, "down");
        assertThat(record(4, 0).stated()).isEqualTo(NodeState.DRAINING);
    }

    @Test
    void node_thatSaysGoodbye_isDownAtOnceAndUnsuspected() {
        begin(12);
        cluster.stop(5);
        long millis = cluster.runUntil(() -> cluster.isDownEverywhere(5), SOON, "down");
        assertThat(millis).isLessThan(4_000);
        assertThat(cluster.count(Counter.SUSPICIONS)).isZero();
        assertThat(events(0, Kind.DOWN)).hasSize(1);
        cluster.start(5);
        cluster.runUntil(cluster::isSettled, SOON, "back");
        assertThat(events(0, Kind.ALIVE_AGAIN)).hasSize(1);
    }

    @Test
    void load_ofANode_reachesTheOthers() {
        begin(5);
        NodeLoad load = new NodeLoad(7, 2, 3, 4, 5, 6, 0.25, new NodeVitals(0.5, 100L, 200L, 1_790_000_000_000L, null));
        cluster.with(3, directory -> directory.report(cluster.millis(), load));
        cluster.runUntil(
                () -> cluster.running().stream()
                        .allMatch(at -> load.equals(cluster.directory(at).load(Nodes.id(3)))),
                60_000,
                "load");
    }

    @Test
    void table_ofThousands_isLearnedInBoundedPieces() {
        cluster.add(2);
        List<Member> many = IntStream.range(10, 3_010)
                .mapToObj(number -> Nodes.member(number, 1, 1, Verdict.DOWN))
                .toList();
        cluster.giveImage(0, ImageCodec.encode(many));
        cluster.start(0);
        cluster.start(1);
        cluster.runUntil(() -> cluster.directory(1).nodes().size() == 3_002, SOON, "all are known");
        assertThat(cluster.bytesOfMessageMax())
                .isBetween(16 << 10, DirectoryOptions.DEFAULT.exchangeBytesMax() + 1_000);
    }

    // failure

    @Test
    void crash_ofANode_isToldWithTheRecordsBeforeAndAfter() {
        begin(5);
        cluster.crash(2);
        cluster.runUntil(() -> cluster.isDownEverywhere(2), 20_000, "down");
        NodeEvent suspect = events(0, Kind.SUSPECT).get(0);
        NodeEvent down = events(0, Kind.DOWN).get(0);
        assertThat(stateOf(suspect.before())).isEqualTo(NodeState.ALIVE);
        assertThat(stateOf(suspect.after())).isEqualTo(NodeState.SUSPECT);
        assertThat(stateOf(down.before())).isEqualTo(NodeState.SUSPECT);
        assertThat(stateOf(down.after())).isEqualTo(NodeState.DOWN);
    }

    @Test
    void crash_withABrokenConnection_isSuspectedAtOnce() {
        begin(12);
        cluster.refuseAtOnce(true);
        cluster.crash(5);
        cluster.with(0, directory -> directory.onUnreachable(cluster.millis(), Nodes.id(5)));
        long millis = cluster.runUntil(() -> cluster.stateOf(5, 0) == NodeState.SUSPECT, SOON, "suspect");
        assertThat(millis).isLessThan(500);
    }

    @Test
    void node_thatOneOtherCannotReach_staysAlive() {
        begin(12);
        cluster.cut((from, to) -> Math.min(from, to) == 2 && Math.max(from, to) == 9);
        cluster.run(LONG);
        assertThat(events(Kind.SUSPECT)).isEmpty();
        assertThat(cluster.count(Counter.INDIRECT_RESCUES)).isPositive();
    }

    /** What the others hold is one thing; who hears the node itself knows better. */
    @Test
    void node_thatIsHeardInOtherWays_isNotDeclaredDownByWhoHearsIt() {
        begin(5);
        cluster.cut((from, to) -> from == 4 || to == 4);
        for (int i = 0; i < 120; i++) {
            cluster.run(500);
            cluster.with(0, directory -> directory.onHeard(cluster.millis(), Nodes.id(4)));
        }
        assertThat(events(1, Kind.DOWN)).hasSize(1);
        assertThat(events(0, Kind.SUSPECT)).isNotEmpty();
        assertThat(events(0, Kind.DOWN)).isEmpty();
    }

    @Test
    void node_pausedForLessThanItsTimeToObject_isNotDeclaredDown() {
        begin(12);
        for (int i = 0; i < 10; i++) {
            cluster.pause(i, 3_500);
            cluster.run(15_000);
        }
        assertThat(events(Kind.DOWN)).isEmpty();
        assertThat(cluster.count(Counter.OBJECTIONS)).isPositive();
    }

    @Test
    void node_heldUpForLong_declaresNobodyDown() {
        begin(12);
        cluster.pause(3, 60_000);
        cluster.run(59_000);
        cluster.runUntil(cluster::isSettled, 30_000, "back");
        cluster.run(30_000);
        assertThat(events(Kind.DOWN).stream().filter(told -> told.observer() == 3))
                .isEmpty();
        assertThat(events(Kind.SUSPECT).stream().filter(told -> told.observer() == 3))
                .isEmpty();
        assertThat(cluster.directory(3).count(Counter.HELD_UP)).isPositive();
    }

    /** Lifeguard's case: a slow node misses answers, and would have others declared down that are well. */
    @Test
    void slowNode_amongQuickOnes_declaresNobodyDown() {
        begin(12);
        cluster.slow(5, 200, 2_500);
        cluster.run(300_000);
        assertThat(events(5, Kind.SUSPECT)).hasSizeLessThan(12);
        assertThat(cluster.directory(5).localHealth()).isPositive();
        assertThat(events(Kind.DOWN)).isEmpty();
        cluster.slow(5, 0, 0);
        cluster.run(60_000);
        assertThat(cluster.directory(5).localHealth()).isZero();
    }

    // partitions

    @Test
    void halves_cutForMinutes_healWithoutAccusingTheirOwn() {
        begin(20);
        cluster.cut((from, to) -> from % 2 != to % 2);
        cluster.run(180_000);
        assertThat(cluster.stateOf(1, 0)).isEqualTo(NodeState.DOWN);
        int before = cluster.events().size();
        cluster.heal();
        cluster.runUntil(cluster::isSettled, 30_000, "healed");
        assertThat(cluster.events().subList(before, cluster.events().size()).stream()
                        .filter(told -> told.event() instanceof NodeEvent event && event.kind() == Kind.DOWN))
                .isEmpty();
    }

    /** No seed brings them together: each tries whom it holds to be down. */
    @Test
    void halves_whoseSeedIsGone_findEachOtherAgain() {
        begin(13);
        cluster.crash(0);
        cluster.runUntil(() -> cluster.isDownEverywhere(0), 60_000, "the seed is down");
        cluster.cut((from, to) -> from % 2 != to % 2);
        cluster.run(180_000);
        assertThat(cluster.stateOf(1, 2)).isEqualTo(NodeState.DOWN);
        cluster.heal();
        cluster.runUntil(cluster::isSettled, 30_000, "healed");
    }

    @Test
    void node_cutOffAlone_findsTheOthersAgain() {
        begin(12);
        cluster.cut((from, to) -> from == 7 || to == 7);
        cluster.run(300_000);
        assertThat(cluster.directory(7).nodes())
                .filteredOn(record -> record.state() == NodeState.DOWN)
                .hasSize(11);
        cluster.heal();
        cluster.runUntil(cluster::isSettled, SOON, "healed");
    }

    // restart

    @Test
    void cluster_restartedWithAllAddressesButOneChanged_findsItself() {
        begin(12);
        cluster.run(20_000);
        stopAll();
        for (int node = 0; node < 12; node++) {
            if (node != 7) {
                cluster.move(node, new NodeAddress("moved-" + node, 7946));
            }
            cluster.startWithoutSeeds(node);
        }
        cluster.runUntil(cluster::isSettled, 60_000, "found each other");
    }

    @Test
    void node_restartedElsewhereBeforeItsCrashIsKnown_isTakenBack() {
        begin(12);
        cluster.crash(5);
        cluster.move(5, new NodeAddress("moved", 7946));
        cluster.start(5);
        cluster.runUntil(cluster::isSettled, SOON, "taken back");
        assertThat(refusals()).isEmpty();
    }

    @Test
    void node_withADamagedImage_startsWithoutIt() {
        begin(5);
        cluster.run(20_000);
        cluster.crash(3);
        cluster.damageImage(3);
        cluster.start(3);
        cluster.runUntil(cluster::isSettled, SOON, "back");
        assertThat(cluster.events())
                .anySatisfy(told -> assertThat(told.event()).isInstanceOf(DirectoryEvent.ImageUnreadable.class));
    }

    @Test
    void clusterThatWasDown_afterAll_isAliveAgain() {
        begin(5);
        cluster.cut((from, to) -> true);
        cluster.run(180_000);
        stopAll();
        cluster.heal();
        for (int node = 0; node < 5; node++) {
            cluster.startWithoutSeeds(node);
        }
        cluster.runUntil(cluster::isSettled, SOON, "old marks do not count");
    }

    // identity

    @Test
    void copyOfADisk_startedBesideTheOriginal_isRefusedWhileThatStays() {
        begin(12);
        int copy = cluster.copyDisk(5);
        cluster.start(copy);
        cluster.runUntil(() -> !refusals().isEmpty(), SOON, "refused");
        cluster.run(60_000);
        assertRefused(copy, RefusalReason.ALREADY_LIVE);
        assertThat(cluster.isAliveEverywhere(5)).isTrue();
        assertThat(record(5, 0).contact().address()).isEqualTo(Nodes.address(5));
    }

    @Test
    void copyOfADisk_countingAsTheSameStart_isRefusedWhileTheOriginalStays() {
        begin(12);
        int copy = cluster.copyDisk(5);
        cluster.rollBack(copy, 1);
        cluster.start(copy);
        cluster.runUntil(() -> !refusals().isEmpty(), SOON, "refused");
        cluster.run(60_000);
        assertRefused(copy, RefusalReason.ALREADY_LIVE);
        assertThat(cluster.isAliveEverywhere(5)).isTrue();
    }

    @Test
    void twoCopies_thatMeetOnlyAfterACut_leaveOneOfThem() {
        begin(8);
        int copy = cluster.copyDisk(5);
        cluster.cut((from, to) -> isLeft(from, copy) != isLeft(to, copy));
        cluster.run(LONG);
        cluster.start(copy);
        cluster.run(30_000);
        cluster.heal();
        cluster.runUntil(() -> !refusals().isEmpty(), LONG, "one is refused");
        cluster.run(60_000);
        assertThat(refusals()).hasSize(1);
    }

    private static boolean isLeft(int node, int copy) {
        return node == copy || node < 4;
    }

    @Test
    void disk_thatWasSetBack_isRefused() {
        begin(5);
        restart(3);
        restart(3);
        cluster.crash(3);
        cluster.rollBack(3, 2);
        cluster.start(3);
        cluster.runUntil(() -> !refusals().isEmpty(), SOON, "refused");
        cluster.run(10_000);
        assertRefused(3, RefusalReason.STALE_START);
    }

    @Test
    void disk_setBackByOneStart_isRefusedThoughItCountsAsTheSame() {
        begin(5);
        restart(3);
        cluster.crash(3);
        cluster.runUntil(() -> cluster.isDownEverywhere(3), LONG, "down");
        cluster.rollBack(3, 1);
        cluster.start(3);
        cluster.runUntil(() -> !refusals().isEmpty(), SOON, "refused");
        assertRefused(3, RefusalReason.STALE_START);
    }

    @Test
    void decommissionedNode_whateverItDoes_isRefusedForEver() {
        begin(5);
        cluster.with(
                0,
                directory -> assertThat(directory.decommission(cluster.millis(), Nodes.id(3)))
                        .isTrue());
        cluster.runUntil(() -> !refusals().isEmpty(), SOON, "told");
        assertRefused(3, RefusalReason.DECOMMISSIONED);
        cluster.run(20_000);
        assertThat(events(1, Kind.LEFT)).hasSize(1);
        stopAll();
        for (int node = 0; node < 5; node++) {
            cluster.start(node);
        }
        cluster.runUntil(() -> refusals().size() == 2, SOON, "told again");
        assertRefused(3, RefusalReason.DECOMMISSIONED);
        assertThat(cluster.stateOf(3, 1)).isEqualTo(NodeState.DECOMMISSIONED);
    }

    @Test
    void decommission_ofNobody_isImpossible() {
        begin(2);
        assertThat(cluster.directory(0).decommission(cluster.millis(), Nodes.id(99)))
                .isFalse();
    }

    // help

    private void begin(int nodes) {
        cluster.add(nodes).startAll();
        cluster.runUntil(cluster::isSettled, 30_000, "all find each other");
    }

    private void stopAll() {
        cluster.running().forEach(cluster::crash);
    }

    private void restart(int number) {
        cluster.crash(number);
        cluster.start(number);
        cluster.runUntil(cluster::isSettled, 30_000, "restarted");
    }

    private void restate(int number, NodeState state) {
        cluster.with(
                number,
                directory -> directory.restate(
                        cluster.millis(), record(number, number).withState(state), true));
    }

    private NodeRecord record(int number, int observer) {
        return Objects.requireNonNull(cluster.directory(observer).node(Nodes.id(number)));
    }

    private static NodeState stateOf(@Nullable NodeRecord record) {
        return Objects.requireNonNull(record).state();
    }

    private boolean isSeenAs(int number, NodeState state) {
        return cluster.running().stream().allMatch(observer -> cluster.stateOf(number, observer) == state);
    }

    private List<NodeEvent> events(int observer, Kind kind) {
        return events(kind).stream()
                .filter(told -> told.observer() == observer)
                .map(told -> (NodeEvent) told.event())
                .toList();
    }

    private List<Told> events(Kind kind) {
        return cluster.events().stream()
                .filter(told -> told.event() instanceof NodeEvent event && event.kind() == kind)
                .toList();
    }

    private List<Told> refusals() {
        return cluster.events().stream()
                .filter(told -> told.event() instanceof Refused)
                .toList();
    }

    private void assertRefused(int number, RefusalReason reason) {
        Stream<RefusalReason> reasons = refusals().stream().map(told -> ((Refused) told.event()).reason());
        assertThat(reasons.toList()).containsOnly(reason);
        assertThat(refusals()).allSatisfy(told -> assertThat(told.observer()).isEqualTo(number));
    }
}
