package io.chordata.node.ring;

import static io.chordata.node.ring.RingSteps.awaitQuietRound;
import static io.chordata.node.ring.RingSteps.expectIdeal;
import static io.chordata.node.ring.RingSteps.firstOf;
import static io.chordata.node.ring.RingSteps.ring;
import static io.chordata.node.ring.RingSteps.stabilises;
import static io.chordata.node.ring.RingSteps.withLists;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What is easy to get wrong when members go, fall silent, or are parted. Points are in thousandths of the ring. */
enum RepairScenario implements Scenario {
    PREDECESSOR_DIES {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            RingCluster.Node dead = ring.remove(1);
            dead.crash();
            ring.forEach(node -> node.hearIsDown(dead.contact()));
            assertThat(ring.get(1).member().predecessor().id())
                    .as("the predecessor of 500")
                    .isEqualTo(RingCluster.point(300));
            cluster.watch(changed -> ring.forEach(
                    node -> assertThat(node.member().predecessor().id()).isNotEqualTo(node.ids.get(0))));
            expectIdeal(cluster, 20_000);
            assertThat(ring.get(1).member().predecessor().id()).isEqualTo(RingCluster.point(100));
        }
    },
    /** 200 falls silent; nothing but a question of 300 to it, once 100 has reported, can find that out. */
    PREDECESSOR_FALLS_SILENT {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400);
            RingCluster.Node silent = ring.get(1);
            RingCluster.Node behind = ring.get(2);
            cluster.network.cut((from, to) -> from.equals(silent.contact().address())
                    || to.equals(silent.contact().address()));
            cluster.await(
                    "300 to precede 100 no more",
                    30_000,
                    () -> behind.member().predecessor().id().equals(RingCluster.point(100)));
        }

        @Override
        public boolean hasDirectory() {
            return false;
        }
    },
    /** The dead one goes from the front of the list, the next one moves up, and at the tail a place is empty till it answers. */
    SUCCESSOR_DIES {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400, 500, 600);
            RingMember member = ring.get(0).member();
            Set<Integer> vacancies = new TreeSet<>();
            cluster.watch(changed -> {
                SuccessorList list = member.successors();
                vacancies.add(list.vacancies());
                assertThat(list.entries().size() + list.vacancies())
                        .as("places in the list of 100")
                        .isEqualTo(3);
                assertThat(firstOf(ring.get(0))).isIn(200, 300);
            });
            ring.get(1).crash();
            expectIdeal(cluster, 30_000);
            assertThat(vacancies).containsExactly(0, 1);
            assertThat(ring.get(0).machine().counters().of(RingRule.LOST_ALL_SUCCESSORS))
                    .isZero();
        }

        @Override
        public RingOptions options() {
            return withLists(3, 1);
        }
    },
    /** Nobody can tell 100 of the others: what it still has are its fingers. */
    LOST_LIST_IS_FILLED_FROM_FINGERS {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400, 500, 600, 700, 800, 900);
            cluster.await("fingers", 60_000, () -> RingInvariants.of(cluster).areFingersRight());
            for (int i = 1; i <= 3; i++) {
                ring.get(i).crash();
            }
            expectIdeal(cluster, 60_000);
            assertThat(ring.get(0).machine().counters().of(RingRule.RESEEDED)).isPositive();
        }

        @Override
        public RingOptions options() {
            return withLists(2, 1);
        }

        @Override
        public boolean hasDirectory() {
            return false;
        }
    },
    /** All that 550 ever heard of die when it has just joined; the directory has one more, which does not know 550. */
    LONELY_MEMBER_IS_RESEEDED_FROM_THE_DIRECTORY {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400, 500, 600, 700, 800);
            RingCluster.Node lonely = cluster.addNodeAt(550).join();
            cluster.await("550 to join", 2_000, () -> lonely.machine().isJoined());
            ring.subList(1, 8).forEach(RingCluster.Node::crash);
            expectIdeal(cluster, 60_000);
            assertThat(lonely.machine().counters().of(RingRule.LOST_ALL_SUCCESSORS))
                    .isPositive();
            assertThat(firstOf(lonely)).isEqualTo(100);
        }

        @Override
        public RingOptions options() {
            return withLists(2, 1);
        }

        @Override
        public boolean hasDirectory() {
            return false;
        }
    },
    /** A list has two places, and both who stand in it die: the places are empty, and nobody can be asked there. */
    ALL_ENTRIES_OF_A_LIST_DIE {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400, 500, 600);
            ring.get(1).crash();
            ring.get(2).crash();
            ring.get(3).crash();
            expectIdeal(cluster, 40_000);
            assertThat(firstOf(ring.get(0))).isEqualTo(500);
        }

        @Override
        public RingOptions options() {
            return withLists(2, 1);
        }
    },
    RETURN_UNDER_ANOTHER_ADDRESS {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            RingCluster.Node mover = ring.get(1);
            mover.crash();
            mover.move();
            mover.restart();
            expectIdeal(cluster, 20_000);
            cluster.advanceMillis(20_000);
            cluster.members()
                    .values()
                    .forEach(member -> member.pointers().successors().stream()
                            .filter(entry -> entry.owner().node().equals(mover.id))
                            .forEach(entry -> assertThat(entry.owner()).isEqualTo(mover.contact())));
            assertThat(firstOf(ring.get(0))).isEqualTo(300);
        }
    },
    /** Nobody noticed that it was away, so its neighbours still point to the position that it asks to take. */
    RETURN_BEFORE_ANYBODY_NOTICED {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            cluster.advanceMillis(30_000);
            RingCluster.Node quick = ring.get(2);
            quick.crash();
            quick.restart();
            expectIdeal(cluster, 3_000);
        }
    },
    /** The first successors of 100 are all positions of one node, which falls silent: that is found out once. */
    MANY_POSITIONS_FAIL_TOGETHER {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 600, 800, 900);
            RingCluster.Node many = cluster.addNodeAt(200, 300, 400, 500).join();
            expectIdeal(cluster, 30_000);
            cluster.network.cut((from, to) -> from.equals(many.contact().address())
                    || to.equals(many.contact().address()));
            cluster.watch(changed -> assertThat(firstOf(ring.get(0))).isIn(200, 600));
            cluster.await("all four to be dropped", 15_000, () -> firstOf(ring.get(0)) == 600);
            assertThat(ring.get(0).member().fingers().known())
                    .as("fingers of 100")
                    .noneMatch(finger -> finger.owner().node().equals(many.id));
        }

        @Override
        public boolean hasDirectory() {
            return false;
        }
    },
    /** By what the leaver tells them, not by what they find out. */
    NEIGHBOURS_OF_A_LEAVER_SPLICE_AT_ONCE {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700, 900);
            cluster.advanceMillis(30_000);
            cluster.hold(envelope -> !(envelope.message() instanceof RingMessage.Notices notices)
                    || notices.notices().stream().noneMatch(notice -> notice instanceof Notice.Leaving));
            ring.get(2).leave();
            cluster.await(
                    "a ring without it",
                    500,
                    () -> firstOf(ring.get(1)) == 700
                            && ring.get(3).member().predecessor().id().equals(RingCluster.point(300)));
        }
    },
    /** 100 and 500 are a ring of two; 100 has just met another ring, and 500 goes before it hears of that. */
    LEAVER_NAMES_THE_ONE_IT_TELLS {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 500);
            RingCluster.Node told = ring.get(0);
            RingCluster.Node other = cluster.addNodeAt(300).found();
            told.stepTowards(other.member().self());
            cluster.await("100 to know 300", 500, () -> firstOf(told) == 300);
            cluster.watch(changed -> assertThat(told.member().predecessor().id())
                    .as("the predecessor of 100")
                    .isNotEqualTo(RingCluster.point(100)));
            ring.get(1).leave();
            expectIdeal(cluster, 20_000);
        }
    },
    /** Cut into halves for minutes, each of which becomes a ring of its own. */
    SPLIT_RING_HEALS {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 50, 150, 250, 350, 450, 550, 650, 750, 850, 950);
            Set<String> left = new TreeSet<>();
            ring.subList(0, 5).forEach(node -> left.add(node.contact().address().host()));
            cluster.network.cut((from, to) -> left.contains(from.host()) != left.contains(to.host()));
            cluster.advanceMillis(180_000);
            assertThat(firstOf(ring.get(4))).as("split in two").isEqualTo(50);
            cluster.network.mend();
            expectIdeal(cluster, 30_000);
        }
    },
    /** Of sixteen positions each, only the last has somebody of the other ring before its first successor. */
    RINGS_SIDE_BY_SIDE_MEET {
        @Override
        public void play(RingCluster cluster) {
            cluster.addNodeAt(IntStream.range(0, 16).map(i -> 50 + i * 25).toArray())
                    .found();
            cluster.addNodeAt(IntStream.range(0, 16).map(i -> 550 + i * 25).toArray())
                    .found();
            expectIdeal(cluster, 30_000);
        }
    },
    /** Two positions of one node join, the others of whom they heard go at once, and neither had heard of the other. */
    POSITIONS_OF_THE_LAST_NODE_MEET {
        @Override
        public void play(RingCluster cluster) {
            RingCluster.Node gone = cluster.addNodeAt(300, 400, 900, 950).found();
            expectIdeal(cluster, 5_000);
            RingCluster.Node last = cluster.addNodeAt(280, 650);
            cluster.hold(envelope -> envelope.from().equals(last.id) && stabilises(envelope.message()));
            last.join();
            cluster.await("both to join", 2_000, () -> last.machine().isJoined());
            gone.crash();
            expectIdeal(cluster, 20_000);
        }

        @Override
        public RingOptions options() {
            return withLists(3, 1);
        }
    },
    WHOLE_CLUSTER_RETURNS {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700, 900);
            ring.forEach(RingCluster.Node::crash);
            ring.forEach(RingCluster.Node::restart);
            expectIdeal(cluster, 60_000);
        }
    },
    /** Quiet members have just had their round, and the next would be in ten seconds. */
    SUSPICION_HASTENS_A_ROUND {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            RingCluster.Node suspect = ring.get(1);
            awaitQuietRound(cluster, ring.get(0));
            cluster.network.cut((from, to) -> from.equals(suspect.contact().address())
                    || to.equals(suspect.contact().address()));
            ring.get(0).hearIsSuspect(suspect.contact());
            cluster.await("a list without the suspect", 2_000, () -> firstOf(ring.get(0)) == 500);
        }
    },
    /** Wrongly suspected, it answers, and nothing comes of it. */
    SUSPICION_OF_THE_LIVING_CHANGES_NOTHING {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            awaitQuietRound(cluster, ring.get(0));
            long rounds = ring.get(0).machine().counters().of(RingRule.STABILISED);
            cluster.watch(changed -> assertThat(firstOf(ring.get(0))).isEqualTo(300));
            ring.get(0).hearIsSuspect(ring.get(1).contact());
            ring.get(0).hearIsSuspect(ring.get(3).contact());
            cluster.advanceMillis(2_000);
            assertThat(ring.get(0).machine().counters().of(RingRule.STABILISED)).isEqualTo(rounds + 1);
        }
    },
    /** Its neighbours closed the ring without it, and nothing of what they told it reached it: it knows that it stood still. */
    PAUSED_NODE_IS_BACK_AT_ONCE {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            RingCluster.Node paused = ring.get(1);
            awaitQuietRound(cluster, paused);
            paused.pause(4_000);
            cluster.network.cut((from, to) -> to.equals(paused.contact().address()));
            ring.get(0).hearIsDown(paused.contact());
            cluster.advanceMillis(4_000);
            cluster.network.mend();
            assertThat(firstOf(ring.get(0))).isEqualTo(500);
            paused.noticePause();
            cluster.await("it in its place", 1_000, () -> firstOf(ring.get(0)) == 300);
        }
    },
    /** It has just joined, and knows nobody but those in its list; the directory knows all. */
    ALL_WHOM_A_NEWCOMER_KNOWS_DIE {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400, 500, 600);
            cluster.isDirectoryFull = true;
            RingCluster.Node newcomer = cluster.addNodeAt(150);
            newcomer.join();
            cluster.await("it on the ring", 2_000, () -> newcomer.machine().isJoined());
            cluster.watch(changed -> assertThat(firstOf(newcomer)).isIn(200, 300, 400));
            ring.subList(0, 3).forEach(RingCluster.Node::crash);
            cluster.await("a successor that lives", 5_000, () -> firstOf(newcomer) == 400);
            cluster.watch(changed -> {});
            expectIdeal(cluster, 40_000);
        }

        @Override
        public RingOptions options() {
            return withLists(2, 1);
        }
    },
    /** It has waited for longer than it would search, but has not searched. */
    RETURN_THAT_STANDS_STILL {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            RingCluster.Node back = ring.get(2);
            back.crash();
            cluster.advanceMillis(20_000);
            back.restart();
            back.pause(30_000);
            cluster.advanceMillis(30_000);
            expectIdeal(cluster, 10_000);
            assertThat(back.machine().counters().of(RingRule.FOUNDED)).isZero();
        }
    },
    /** While a node stood still the others' answers waited for it; they were not silent. */
    PAUSED_NODE_ACCUSES_NOBODY {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            for (int i = 0; i < 20; i++) {
                ring.get(1).pause(5_000);
                cluster.advanceMillis(15_000);
            }
            assertThat(ring.get(1).machine().counters().of(RingRule.NODE_DEAD)).isZero();
            assertThat(ring.get(1).machine().counters().of(RingRule.PAUSE_FORGIVEN))
                    .isPositive();
        }
    };
}
