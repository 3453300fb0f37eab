package io.chordata.node.ring;

import static io.chordata.node.ring.RingSteps.asksToJoin;
import static io.chordata.node.ring.RingSteps.expectIdeal;
import static io.chordata.node.ring.RingSteps.firstOf;
import static io.chordata.node.ring.RingSteps.ring;
import static io.chordata.node.ring.RingSteps.tellsPointers;
import static io.chordata.node.ring.RingSteps.watchBase;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** What is easy to get wrong while members come and hear of each other. Points are in thousandths of the ring. */
enum RingScenario implements Scenario {
    /** Between the lookup and the reply to j another node takes the place behind m. */
    JOIN_OVERTAKEN_BY_ANOTHER {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 600, 900);
            watchBase(cluster);
            RingCluster.Node late = cluster.addNodeAt(400);
            cluster.hold(envelope -> envelope.from().equals(late.id) && asksToJoin(envelope.message()));
            late.join();
            cluster.await("the question to m", 1000, cluster::holdsBack);
            cluster.addNodeAt(300).join();
            cluster.await("the other node to be m's successor", 1200, () -> firstOf(ring.get(0)) == 300);
            cluster.release();
            expectIdeal(cluster, 10_000);
        }
    },
    /** The first question is under way for so long that its repetition was answered, and the newcomer joined. */
    QUESTION_TO_JOIN_COMES_LATE {
        @Override
        public void play(RingCluster cluster) {
            RingCluster.Node m = ring(cluster, 100, 500, 900).get(0);
            RingCluster.Node late = cluster.addNodeAt(300);
            cluster.hold(envelope ->
                    !cluster.holdsBack() && envelope.from().equals(late.id) && asksToJoin(envelope.message()));
            late.join();
            cluster.await("the question to m", 1_000, cluster::holdsBack);
            expectIdeal(cluster, 10_000);
            cluster.watch(changed ->
                    assertThat(firstOf(m)).as("the first successor of 100").isEqualTo(300));
            cluster.release();
            cluster.advanceMillis(5_000);
            assertThat(m.machine().counters().of(RingRule.JOINED_ALREADY)).isPositive();
        }
    },
    TWO_JOIN_IN_ONE_GAP {
        @Override
        public void play(RingCluster cluster) {
            ring(cluster, 100, 500, 900);
            watchBase(cluster);
            cluster.addNodeAt(600).join();
            cluster.addNodeAt(700).join();
            cluster.addNodeAt(650).join();
            expectIdeal(cluster, 15_000);
        }
    },
    RING_OF_ONE_TWO_AND_THREE {
        @Override
        public void play(RingCluster cluster) {
            RingCluster.Node one = cluster.addNodeAt(500).found();
            expectIdeal(cluster, 1_000);
            RingCluster.Node two = cluster.addNodeAt(200).join();
            expectIdeal(cluster, 5_000);
            RingCluster.Node three = cluster.addNodeAt(800).join();
            expectIdeal(cluster, 5_000);
            assertThat(one.member().successors().entries()).hasSize(2);
            three.crash();
            expectIdeal(cluster, 20_000);
            two.crash();
            expectIdeal(cluster, 20_000);
            assertThat(one.member().isAlone()).isTrue();
            two.restart();
            expectIdeal(cluster, 20_000);
        }
    },
    /** In a ring of three a list has two entries, however long it may be. */
    SHORT_LIST_STAYS_SHORT {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 400, 700);
            cluster.advanceMillis(20_000);
            ring.forEach(node ->
                    assertThat(node.member().successors().entries()).hasSize(2).doesNotHaveDuplicates());
        }
    },
    /** The successor answers, and leaves; the answer comes last. */
    ANSWER_OF_A_FORMER_SUCCESSOR {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            RingCluster.Node leaver = ring.get(1);
            cluster.addNodeAt(400).join();
            cluster.hold(envelope -> envelope.from().equals(leaver.id)
                    && envelope.to().equals(ring.get(0).contact())
                    && tellsPointers(envelope.message()));
            cluster.await("an answer", 12_000, cluster::holdsBack);
            leaver.leaveButStay();
            cluster.await("the leaver to be gone", 300, () -> firstOf(ring.get(0)) != 300);
            cluster.watch(changed -> assertThat(firstOf(ring.get(0)))
                    .as("the first successor of 100")
                    .isNotEqualTo(300));
            cluster.release();
            cluster.advanceMillis(15_000);
        }
    },
    /** While p is asked for its list somebody nearer than p becomes the first successor. */
    SECOND_STEP_OVERTAKEN {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 500, 900);
            RingCluster.Node t = ring.get(0);
            RingCluster.Node p = cluster.addNodeAt(400).join();
            cluster.hold(envelope -> envelope.from().equals(p.id)
                    && envelope.to().equals(t.contact())
                    && tellsPointers(envelope.message()));
            cluster.await("the answer of p", 5_000, cluster::holdsBack);
            RingCluster.Node nearer = cluster.addNodeAt(300).join();
            cluster.await("somebody nearer", 1_000, () -> nearer.machine().isJoined());
            t.stepTowards(nearer.member().self());
            cluster.await("its list", 200, () -> firstOf(t) == 300);
            cluster.watch(changed ->
                    assertThat(firstOf(t)).as("the first successor of 100").isEqualTo(300));
            cluster.release();
            cluster.advanceMillis(2_000);
            assertThat(t.machine().counters().of(RingRule.SECOND_STEP_OUTDATED)).isPositive();
        }
    },
    REPORT_THAT_COMES_LATE {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            RingCluster.Node former = ring.get(0);
            RingCluster.Node n = ring.get(2);
            cluster.watch(changed -> assertThat(n.member().predecessor().id())
                    .as("the predecessor of 500")
                    .isEqualTo(RingCluster.point(300)));
            former.send(
                    n.contact(),
                    new RingMessage.Notices(
                            former.contact(),
                            List.of(new Notice.Notify(
                                    n.ids.get(0), former.member().self()))));
            cluster.advanceMillis(3_000);
            assertThat(n.machine().counters().of(RingRule.PREDECESSOR_KEPT)).isPositive();
        }
    },
    /** One node has so many positions in a row that a list of eight would name nobody else. */
    LIST_NAMES_ENOUGH_NODES {
        @Override
        public void play(RingCluster cluster) {
            RingCluster.Node many = cluster.addNodeAt(
                            IntStream.range(1, 13).map(i -> i * 10).toArray())
                    .found();
            for (int point : new int[] {5, 500, 600, 700, 800, 900}) {
                cluster.addNodeAt(point).join();
            }
            expectIdeal(cluster, 40_000);
            RingMember first = Objects.requireNonNull(cluster.members().get(RingCluster.point(5)));
            assertThat(first.successors().entries()).hasSize(12 + 3);
            many.crash();
            expectIdeal(cluster, 30_000);
            assertThat(firstOf(cluster.nodes.get(1))).isEqualTo(500);
        }
    },
    /** A third node answers in the place of the one that was asked. */
    ANSWER_OF_SOMEBODY_ELSE {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            RingCluster.Node asker = ring.get(0);
            RingCluster.Node liar = ring.get(2);
            cluster.forge(envelope -> {
                if (envelope.from().equals(asker.id)
                        && envelope.to().equals(ring.get(1).contact())
                        && envelope.message() instanceof RingMessage.Questions questions) {
                    List<Answer> lies = questions.questions().stream()
                            .map(question -> (Answer) new Answer.NotMember())
                            .toList();
                    liar.send(asker.contact(), new RingMessage.Answers(liar.contact(), questions.number(), lies));
                }
                return envelope;
            });
            cluster.watch(changed ->
                    assertThat(firstOf(asker)).as("the first successor of 100").isEqualTo(300));
            cluster.advanceMillis(30_000);
            assertThat(asker.machine().counters().of(RingRule.ANSWER_UNMATCHED)).isPositive();
        }
    },
    /** Somebody says what cannot be: that it has our position, or that we have begun a later life than this one. */
    NONSENSE_IS_NOT_BELIEVED_IN_PART {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700);
            cluster.advanceMillis(30_000);
            RingCluster.Node victim = ring.get(1);
            RingCluster.Node liar = ring.get(3);
            Contact later = new Contact(victim.id, liar.contact().address(), 7);
            Position ofVictim = victim.member().self();
            Position usurped = new Position(ofVictim.id(), liar.contact(), 0, 0);
            Position nearer = new Position(RingCluster.point(290), liar.contact(), 1, 0);
            cluster.watch(changed -> assertThat(victim.member().predecessor().id())
                    .as("the predecessor of 300")
                    .isEqualTo(RingCluster.point(100)));
            for (Position impossible : List.of(usurped, ofVictim.ownedBy(later))) {
                liar.send(
                        victim.contact(),
                        new RingMessage.Notices(
                                liar.contact(),
                                List.of(
                                        new Notice.Notify(ofVictim.id(), nearer),
                                        new Notice.Leaving(ofVictim.id(), nearer, impossible))));
            }
            cluster.advanceMillis(200);
            assertThat(victim.machine().counters().of(RingRule.NONSENSE_DROPPED))
                    .isEqualTo(2);
        }
    },
    DECOMMISSIONED_NODE_IS_NOT_HEARD {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500);
            RingCluster.Node gone = cluster.addNodeAt(400);
            cluster.refused.add(gone.id);
            gone.join();
            cluster.advanceMillis(10_000);
            assertThat(gone.machine().isJoined()).isFalse();
            assertThat(ring.get(0).machine().counters().of(RingRule.REFUSED)).isPositive();
        }
    };
}
