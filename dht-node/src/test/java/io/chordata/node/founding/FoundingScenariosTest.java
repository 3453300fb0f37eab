package io.chordata.node.founding;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Ballot;
import io.chordata.node.founding.Decision.Kind;
import io.chordata.node.founding.FoundingWorld.Site;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The table of how a node with an empty disk comes to its cluster, played row by row. */
class FoundingScenariosTest {
    private static final long SOON_MILLIS = 20_000;
    private static final long MINUTE_MILLIS = 60_000;

    private static FoundingWorld three() {
        return new FoundingWorld(3).allNameEachOther();
    }

    private static void startAll(FoundingWorld world) {
        world.sites().forEach(Site::start);
        world.advanceMillis(SOON_MILLIS);
    }

    private static void assertOneCluster(FoundingWorld world) {
        assertThat(world.foundings()).as("%s", world).isEqualTo(1);
        assertThat(world.sites())
                .extracting(Site::identity)
                .doesNotContainNull()
                .containsOnly(world.site(0).identity());
    }

    private static Kind kindOf(Site site) {
        return Objects.requireNonNull(site.decision(), site::toString).kind();
    }

    @Test
    void nodes_ofWhichOneIsTold_foundOneClusterAndTheOthersJoinIt() {
        FoundingWorld world = three();
        world.site(1).init();

        startAll(world);

        assertOneCluster(world);
        assertThat(kindOf(world.site(1))).isEqualTo(Kind.FOUND);
        assertThat(kindOf(world.site(0))).isEqualTo(Kind.JOIN);
        assertThat(kindOf(world.site(2))).isEqualTo(Kind.JOIN);
    }

    @Test
    void nodes_thatNobodyTold_waitAndSaySoEachMinute() {
        FoundingWorld world = three();
        world.sites().forEach(Site::start);

        world.advanceMillis(10 * MINUTE_MILLIS + SOON_MILLIS);

        assertThat(world.foundings()).isZero();
        assertThat(world.site(0).decision()).isNull();
        assertThat(world.site(0).reminders())
                .hasSize(11)
                .allSatisfy(reminder -> assertThat(reminder)
                        .contains("no seed is of a cluster yet")
                        .contains("seed site-0 is this node itself")
                        .contains("seed site-1 has no cluster either"));
    }

    @Test
    void node_toldToFound_doesNotWhileASeedIsSilentAndSaysWhich() {
        FoundingWorld world = three();
        world.site(0).init().start();
        world.site(1).start();

        world.advanceMillis(MINUTE_MILLIS);
        assertThat(world.foundings()).isZero();
        assertThat(world.site(0).reason()).contains("seed site-2 gave no answer (not in time)");

        startAll(world);
        assertOneCluster(world);
    }

    @Test
    void node_withoutSeeds_foundsAtOnceIfTold_andElseWaits() {
        FoundingWorld world = new FoundingWorld(2);
        world.site(0).seeds().init().start();
        world.site(1).seeds().start();

        world.advanceMillis(SOON_MILLIS);

        assertThat(kindOf(world.site(0))).isEqualTo(Kind.FOUND);
        assertThat(world.site(1).decision()).isNull();
        assertThat(world.site(1).reason()).contains("neither --init nor --seeds");
    }

    @Test
    void node_withItselfAsItsOnlySeed_foundsIfTold() {
        FoundingWorld world = new FoundingWorld(1).allNameEachOther();
        world.site(0).init();

        startAll(world);

        assertOneCluster(world);
    }

    @Test
    void twoNodes_toldAtOnce_foundOneCluster() {
        for (int seed = 0; seed < 200; seed++) {
            FoundingWorld world =
                    new FoundingWorld(seed, 3, VoteRules.ALL, FoundingWorld.Fault.NONE).allNameEachOther();
            world.site(0).init();
            world.site(1).init();
            startAll(world);
            assertOneCluster(world);
        }
    }

    /** Both have formed an intent while they could not hear each other. */
    @Test
    void twoIntents_thatMeet_endInTheSmallerOne() {
        for (int seed = 0; seed < 50; seed++) {
            FoundingWorld world = new FoundingWorld(seed, 3, EagerRules.ALL_BUT_PATIENCE, FoundingWorld.Fault.NONE)
                    .allNameEachOther();
            world.site(0).init().start().cut(1);
            world.site(1).init().start().cut(2);
            world.advanceMillis(SOON_MILLIS);
            Ballot one = Objects.requireNonNull(world.site(0).ballot());
            Ballot other = Objects.requireNonNull(world.site(1).ballot());
            assertThat(one.isIntent() && other.isIntent()).isTrue();
            world.sites().forEach(site -> site.cut(0));

            startAll(world);

            assertOneCluster(world);
            assertThat(world.withdrawals()).isEqualTo(1);
            assertThat(Objects.requireNonNull(world.site(0).identity()).cluster())
                    .isEqualTo(java.util.Collections.min(java.util.List.of(
                            Objects.requireNonNull(one.vote()).cluster(),
                            Objects.requireNonNull(other.vote()).cluster())));
        }
    }

    /** The first pod has some promises and is gone; then the second is told. It must neither found nor be in the way. */
    @Test
    void init_retriedAtAnotherPod_waitsForTheFirstAndJoinsIt() {
        FoundingWorld world = three();
        world.sites().forEach(Site::start);
        world.site(0).crash();
        world.site(0).init().start();
        while (promisesTo(world, 0) == 0) {
            world.advanceMillis(10);
        }
        world.site(0).crash();
        world.site(1).crash();
        world.site(1).init().start();
        world.advanceMillis(5 * MINUTE_MILLIS);
        assertThat(world.foundings()).as("%s", world).isZero();
        assertThat(world.site(1).decision()).isNull();
        assertThat(world.site(1).reminders()).isNotEmpty();

        world.site(0).start();
        world.advanceMillis(SOON_MILLIS);

        assertOneCluster(world);
    }

    /** The same by an order to nodes that run: told elsewhere while the first is silent, then told again at the first. */
    @Test
    void init_orderedAtAnotherPodThenAgainAtTheFirst_foundsOnce() {
        for (int seed = 0; seed < 100; seed++) {
            FoundingWorld world =
                    new FoundingWorld(seed, 3, VoteRules.ALL, FoundingWorld.Fault.NONE).allNameEachOther();
            world.sites().forEach(Site::start);
            assertThat(world.site(0).tell()).isNull();
            for (int i = 0; i < 500 && promisesTo(world, 0) == 0; i++) {
                world.advanceMillis(10);
            }
            assertThat(promisesTo(world, 0)).as("%s", world).isPositive();
            world.site(0).cut(1);
            assertThat(world.site(1).tell()).isNull();
            assertThat(world.site(2).tell()).isNull();
            world.advanceMillis(MINUTE_MILLIS);
            assertThat(world.site(1).identity()).as("%s", world).isNull();

            world.site(0).cut(0);
            world.site(0).tell();
            world.advanceMillis(SOON_MILLIS);

            assertOneCluster(world);
            assertThat(kindOf(world.site(0))).isEqualTo(Kind.FOUND);
        }
    }

    /**
     * The first pod founded, and came back without its volume, as if it were new; then the second is told. Only what it promised
     * itself keeps it from founding another cluster; with the volume, the first one is there again.
     */
    @Test
    void init_retriedAtAnotherPodWhileTheFoundersVolumeIsAway_foundsNoSecondCluster() {
        FoundingWorld world = new FoundingWorld(2).allNameEachOther();
        world.sites().forEach(Site::start);
        world.site(0).tell();
        while (world.site(0).decision() == null) {
            world.advanceMillis(1);
        }
        world.site(1).cut(1);
        world.advanceMillis(SOON_MILLIS);
        world.site(1).cut(0);
        FoundingWorld.Unmounted volume = world.site(0).unmount();
        assertThat(volume.identity()).isNotNull();

        world.site(0).start();
        world.site(1).tell();
        world.advanceMillis(5 * MINUTE_MILLIS);
        assertThat(world.foundings()).as("%s", world).isEqualTo(1);
        assertThat(world.site(1).identity()).isNull();
        assertThat(world.site(1).reason()).contains("it has promised node");

        world.site(0).mount(volume);
        startAll(world);

        assertOneCluster(world);
    }

    @Test
    void node_toldWhileItRuns_foundsAsIfToldAtItsStart() {
        FoundingWorld world = three();
        startAll(world);
        assertThat(world.foundings()).isZero();

        assertThat(world.site(2).tell()).isNull();
        assertThat(world.site(2).tell()).isNull();
        world.advanceMillis(SOON_MILLIS);

        assertOneCluster(world);
        assertThat(kindOf(world.site(2))).isEqualTo(Kind.FOUND);
        assertThat(world.site(2).tell()).as("told once more").isNull();
        world.advanceMillis(SOON_MILLIS);
        assertOneCluster(world);
    }

    @Test
    void node_withoutSeedsToldWhileItRuns_foundsAtOnce() {
        FoundingWorld world = new FoundingWorld(1);
        world.site(0).seeds().start();
        world.advanceMillis(SOON_MILLIS);

        assertThat(world.site(0).tell()).isNull();

        assertThat(kindOf(world.site(0))).isEqualTo(Kind.FOUND);
    }

    @Test
    void node_whoseSeedsKnowACluster_joinsThatAlthoughTold() {
        FoundingWorld world = three();
        world.site(0).init();
        startAll(world);
        world.site(2).wipe();

        world.site(2).start();
        world.site(2).tell();
        world.advanceMillis(SOON_MILLIS);

        assertOneCluster(world);
        assertThat(kindOf(world.site(2))).isEqualTo(Kind.JOIN);
    }

    private static long promisesTo(FoundingWorld world, int founder) {
        Ballot own = world.site(founder).ballot();
        return world.sites().stream()
                .map(Site::ballot)
                .filter(ballot -> own != null
                        && ballot != null
                        && ballot.isPromise()
                        && Objects.requireNonNull(ballot.vote()).founder().equals(own.node()))
                .count();
    }

    @Test
    void founder_restartedWithItsIntent_foundsTheSameClusterAsTheSameNodeEvenUntold() {
        FoundingWorld world = three();
        world.site(0).init().start();
        world.site(1).start();
        world.site(2).start();
        while (promisesTo(world, 0) == 0) {
            world.advanceMillis(10);
        }
        Ballot before = Objects.requireNonNull(world.site(0).ballot());
        world.site(0).crash();
        world.site(0).setInit(false);
        world.site(0).start();
        world.advanceMillis(SOON_MILLIS);

        assertOneCluster(world);
        assertThat(Objects.requireNonNull(world.site(0).decision()).node()).isEqualTo(before.node());
        assertThat(Objects.requireNonNull(world.site(0).identity()).cluster())
                .isEqualTo(Objects.requireNonNull(before.vote()).cluster());
    }

    @Test
    void founder_wipedAndToldAgain_joinsAsANewNodeAndNeverFounds() {
        FoundingWorld world = three();
        world.site(0).init();
        startAll(world);
        assertOneCluster(world);
        var before = Objects.requireNonNull(world.site(0).decision()).node();

        world.site(0).wipe();
        startAll(world);

        assertOneCluster(world);
        assertThat(kindOf(world.site(0))).isEqualTo(Kind.JOIN);
        assertThat(Objects.requireNonNull(world.site(0).decision()).node()).isNotEqualTo(before);
    }

    @Test
    void founder_wipedWhileTheOthersAreAway_waits() {
        FoundingWorld world = three();
        world.site(0).init();
        startAll(world);
        world.site(1).crash();
        world.site(2).crash();
        world.site(0).wipe();

        world.site(0).start();
        world.advanceMillis(5 * MINUTE_MILLIS);
        assertThat(world.site(0).decision()).isNull();

        startAll(world);
        assertOneCluster(world);
    }

    /** It may have founded before it lost its disk, so nobody may take its place unasked. */
    @Test
    void founder_lostWithPromisesGiven_isWaitedForByName() {
        FoundingWorld world = three();
        world.site(0).init().start();
        world.site(1).start();
        world.site(2).start();
        while (promisesTo(world, 0) == 0) {
            world.advanceMillis(10);
        }
        var lost = Objects.requireNonNull(world.site(0).ballot()).node();
        world.site(0).wipe();
        world.site(0).start();
        world.advanceMillis(5 * MINUTE_MILLIS);

        assertThat(world.foundings()).as("%s", world).isZero();
        assertThat(world.site(0).reason()).contains("stands for node " + lost);
        assertThat(world.sites())
                .anyMatch(site -> site.reason().contains("it has promised node " + lost)
                        && site.reason().contains("remove the file 'founding'"));
    }

    @Test
    void seeds_ofTwoClusters_areRefusedByName() {
        FoundingWorld world = new FoundingWorld(3);
        world.site(0).seeds().init().start();
        world.site(1).seeds().init().start();
        world.advanceMillis(SOON_MILLIS);
        world.site(2).seeds(0, 1).start();
        world.advanceMillis(SOON_MILLIS);

        assertThat(kindOf(world.site(2))).isEqualTo(Kind.REFUSE);
        assertThat(world.site(2).reason())
                .contains("different clusters")
                .contains("seed site-0 is of cluster "
                        + Objects.requireNonNull(world.site(0).identity()).cluster())
                .contains("seed site-1 is of cluster "
                        + Objects.requireNonNull(world.site(1).identity()).cluster());
        assertThat(world.site(2).identity()).isNull();
    }

    @Test
    void node_thatPromised_isRefusedIfToldToFoundAlone() {
        FoundingWorld world = three();
        world.site(0).init().start();
        world.site(1).start();
        world.site(2).start();
        while (promisesTo(world, 0) < 2) {
            world.advanceMillis(10);
        }
        world.site(1).crash();
        world.site(1).seeds().init().start();

        assertThat(kindOf(world.site(1))).isEqualTo(Kind.REFUSE);
        assertThat(world.site(1).reason())
                .contains("has promised to stand for node")
                .contains("--seeds");
    }

    @Test
    void node_thatPromisedAndHasNoSeedsNow_refusesTheOrderToFoundAndWaitsOn() {
        FoundingWorld world = three();
        world.sites().forEach(Site::start);
        world.site(0).tell();
        while (promisesTo(world, 0) < 2) {
            world.advanceMillis(10);
        }
        world.site(1).crash();
        world.site(1).seeds().start();

        assertThat(world.site(1).tell()).contains("has promised to stand for node");
        world.advanceMillis(MINUTE_MILLIS);
        assertThat(world.site(1).decision()).isNull();
    }

    @Test
    void seeds_manyOfThem_areNotAllDescribed() {
        FoundingWorld world = new FoundingWorld(12).allNameEachOther();
        startAll(world);

        assertThat(world.site(0).reason())
                .contains("seed site-7")
                .doesNotContain("site-8")
                .contains("and 4 more");
    }
}
