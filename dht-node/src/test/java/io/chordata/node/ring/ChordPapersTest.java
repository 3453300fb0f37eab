package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What the papers say of Chord, each statement by itself. "Chord" is Stoica, Morris, Liben-Nowell, Karger, Kaashoek, Dabek,
 * Balakrishnan, "Chord: A Scalable Peer-to-peer Lookup Protocol for Internet Applications", IEEE/ACM ToN 2003; "Zave" is
 * "Reasoning about Identifier Spaces: How to Make Chord Correct", IEEE TSE 2017.
 */
class ChordPapersTest {
    private static final int NODES = 64;
    private static final long RING_MILLIS = 120_000;

    private final RingCluster cluster =
            new RingCluster(new SimScheduler(3), RingSteps.withLists(8, 4), ChordRules.CORRECTED, false, true);

    /** Chord, IV.B: key k belongs to the first node whose identifier is equal to k or follows it in the identifier space. */
    @Test
    void successor_ofAKey_isTheFirstAtOrBehindIt() {
        grow(NODES);
        NavigableMap<RingId, RingMember> members = cluster.members();
        RingId some = members.firstEntry().getValue().self().id();
        List<RingId> keys = new ArrayList<>(List.of(some, some.plus(new Uint128(0, 1)), members.lastKey()));
        for (int i = 0; i < NODES; i++) {
            keys.add(new RingId(cluster.random.nextUint128()));
        }
        for (RingId key : keys) {
            RingId owner = members.ceilingKey(key) != null ? members.ceilingKey(key) : members.firstKey();
            assertThat(find(key).owner().id()).isEqualTo(owner);
        }
    }

    /** Chord, IV.D: the i-th finger of n is the first node that succeeds n by at least 2^(i-1); by proximity, one in its interval. */
    @Test
    void finger_ofEachPower_succeedsByAtLeastThat() {
        grow(NODES);
        cluster.await("fingers", RING_MILLIS, () -> RingInvariants.of(cluster).areFingersRight());
        for (RingMember member : cluster.members().values()) {
            for (int k = 0; k < member.fingers().needed(); k++) {
                Position finger = Objects.requireNonNull(member.fingers().get(k));
                Uint128 atLeast = member.self().id().distanceTo(member.fingers().start(k));
                assertThat(member.self().id().distanceTo(finger.id())).isGreaterThanOrEqualTo(atLeast);
            }
        }
    }

    /** Chord, theorem IV.2: with high probability O(log N) nodes are contacted to find a successor in a network of N. */
    @Test
    void lookup_inANetworkOfN_contactsInTheOrderOfLogN() {
        grow(NODES);
        for (int i = 0; i < NODES; i++) {
            assertThat(find(new RingId(cluster.random.nextUint128())).hops()).isLessThanOrEqualTo(2 * log2(NODES));
        }
    }

    /** Chord, theorem IV.3: joins interleaved with stabilisations end, some time after the last, in a cycle of all nodes. */
    @Test
    void joins_interleavedWithStabilisation_endInACycleOfAll() {
        cluster.addNode(1).found();
        for (int i = 1; i < NODES; i++) {
            cluster.addNode(1).join();
            cluster.advanceMillis(cluster.random.nextInt(300));
        }
        cluster.await("a ring of all", RING_MILLIS, cluster::isIdeal);
        Set<RingId> cycle = new TreeSet<>();
        RingId at = cluster.members().firstKey();
        while (cycle.add(at)) {
            at = Objects.requireNonNull(cluster.members().get(at))
                    .successors()
                    .first()
                    .id();
        }
        assertThat(cycle).hasSize(NODES);
    }

    /** Chord, theorem IV.5: with lists of Omega(log N) and each node failing with 1/2, the closest living successor is found. */
    @Test
    void lookup_withHalfOfAllGone_findsTheClosestLivingSuccessor() {
        grow(NODES);
        cluster.nodes.stream().filter(node -> cluster.random.nextInt(2) == 0).forEach(RingCluster.Node::crash);
        RingInvariants ring = RingInvariants.of(cluster);
        for (int i = 0; i < NODES; i++) {
            RingId key = new RingId(cluster.random.nextUint128());
            assertThat(find(key).owner().id()).isEqualTo(ring.owner(key));
        }
    }

    /**
     * Zave, join: the newcomer takes the whole list that the member before it gives, and only if it lies between that member
     * and the first of the list.
     */
    @Test
    void join_withAListThatIsOutOfDate_isTriedAgain() {
        RingScenario.JOIN_OVERTAKEN_BY_ANOTHER.play(1, ChordRules.CORRECTED);
    }

    /**
     * Zave, the invariant: every member has a live successor, and there are more members that no list skips than a list is
     * long. From it follow one ordered ring, and that everybody reaches it.
     */
    @Test
    void invariant_withABaseThatStays_holdsAfterEachEvent() {
        List<RingCluster.Node> base = grow(NODES / 4);
        Set<RingId> ids = new TreeSet<>(cluster.members().keySet());
        int[] checked = {0};
        cluster.watch(changed -> {
            assertThat(RingInvariants.of(changed).all(ids)).isEmpty();
            checked[0]++;
        });
        comeAndGo();
        assertThat(base).allMatch(RingCluster.Node::isUp);
        assertThat(checked[0]).isGreaterThan(NODES);
    }

    /** Zave, the theorem: if members stop joining and failing, the network becomes ideal and stays so. */
    @Test
    void network_whereNobodyJoinsOrFailsAnyMore_becomesIdealAndStays() {
        grow(NODES / 4);
        comeAndGo();
        cluster.await("an ideal ring", RING_MILLIS, cluster::isIdeal);
        cluster.watch(changed -> assertThat(changed.isIdeal()).isTrue());
        cluster.advanceMillis(RING_MILLIS);
    }

    /** Zave, stabilise: the new first successor hears of t, unless it does already; the one that named it does not any more. */
    @Test
    void secondStep_towardsANearerMember_leavesTheFormerFirstAlone() {
        List<RingCluster.Node> ring = RingSteps.ring(cluster, 100, 500, 900);
        cluster.advanceMillis(30_000);
        cluster.forge(envelope -> {
            assertThat(envelope.message() instanceof RingMessage.Notices notices
                            && notices.notices().stream().anyMatch(ChordPapersTest::tells500Of100))
                    .as("a report to the former first successor")
                    .isFalse();
            return envelope;
        });
        RingCluster.Node nearer = cluster.addNodeAt(300).join();
        RingSteps.expectIdeal(cluster, 10_000);
        assertThat(RingSteps.firstOf(ring.get(0))).isEqualTo(300);
        assertThat(nearer.member().predecessor().id()).isEqualTo(RingCluster.point(100));
    }

    private static boolean tells500Of100(Notice notice) {
        return notice instanceof Notice.Notify report
                && report.at().equals(RingCluster.point(500))
                && report.candidate().id().equals(RingCluster.point(100));
    }

    private List<RingCluster.Node> grow(int nodes) {
        cluster.addNode(1).found();
        for (int i = 1; i < nodes; i++) {
            cluster.addNode(1).join();
        }
        cluster.await("the first ring", RING_MILLIS, cluster::isIdeal);
        return List.copyOf(cluster.nodes);
    }

    /** Others join, and half of them fail, one at a time. */
    private void comeAndGo() {
        for (int i = 0; i < NODES / 4; i++) {
            RingCluster.Node node = cluster.addNode(1).join();
            cluster.advanceMillis(cluster.random.nextInt(2_000));
            if (i % 2 == 0) {
                node.crash();
            }
        }
    }

    private LookupResult.Found find(RingId key) {
        List<LookupResult> results = new ArrayList<>();
        RingCluster.Node asker = cluster.nodes.stream()
                .filter(RingCluster.Node::isUp)
                .skip(cluster.random.nextInt(8))
                .findFirst()
                .orElseThrow();
        asker.lookup(key, results::add);
        cluster.await("an answer", RING_MILLIS, () -> !results.isEmpty());
        assertThat(results.get(0)).isInstanceOf(LookupResult.Found.class);
        return (LookupResult.Found) results.get(0);
    }

    private static int log2(int number) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(number - 1);
    }
}
