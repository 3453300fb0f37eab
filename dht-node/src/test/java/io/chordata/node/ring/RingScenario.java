package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import io.chordata.node.sim.SimScheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** What is easy to get wrong, each played by itself. Points are in thousandths of the ring. */
enum RingScenario {
    /** Between the lookup and the reply to j another node takes the place behind m. */
    JOIN_OVERTAKEN_BY_ANOTHER {
        @Override
        void play(RingCluster cluster) {
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
    TWO_JOIN_IN_ONE_GAP {
        @Override
        void play(RingCluster cluster) {
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
        void play(RingCluster cluster) {
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
        void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 400, 700);
            cluster.advanceMillis(20_000);
            ring.forEach(node ->
                    assertThat(node.member().successors().entries()).hasSize(2).doesNotHaveDuplicates());
        }
    },
    PREDECESSOR_DIES {
        @Override
        void play(RingCluster cluster) {
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
    /** The successor answers, and leaves; the answer comes last. */
    ANSWER_OF_A_FORMER_SUCCESSOR {
        @Override
        void play(RingCluster cluster) {
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
        void play(RingCluster cluster) {
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
        void play(RingCluster cluster) {
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
    /** A list has two places, and both who stand in it die: the places are empty, and nobody can be asked there. */
    ALL_ENTRIES_OF_A_LIST_DIE {
        @Override
        void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400, 500, 600);
            ring.get(1).crash();
            ring.get(2).crash();
            ring.get(3).crash();
            expectIdeal(cluster, 40_000);
            assertThat(firstOf(ring.get(0))).isEqualTo(500);
        }

        @Override
        RingOptions options() {
            return options(2, 1);
        }
    },
    RETURN_UNDER_ANOTHER_ADDRESS {
        @Override
        void play(RingCluster cluster) {
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
    /** The cache of 800 has 500 under its former address, where nobody is any more. */
    CACHE_NAMES_AN_EARLIER_LIFE {
        @Override
        void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400, 500, 600, 700, 800);
            RingCluster.Node asker = ring.get(7);
            RingCluster.Node mover = ring.get(4);
            cluster.advanceMillis(60_000);
            asker.lookup(RingCluster.point(450), result -> {});
            cluster.advanceMillis(1_000);
            mover.crash();
            mover.move();
            mover.restart();
            expectIdeal(cluster, 20_000);
            List<LookupResult> results = new ArrayList<>();
            asker.lookup(RingCluster.point(450), results::add);
            cluster.await("an answer", 10_000, () -> !results.isEmpty());
            assertThat(results.get(0))
                    .isInstanceOfSatisfying(
                            LookupResult.Found.class,
                            found -> assertThat(found.owner().id()).isEqualTo(RingCluster.point(500)));
        }

        @Override
        RingOptions options() {
            return options(2, 1);
        }

        @Override
        boolean hasDirectory() {
            return false;
        }
    },
    /** Nobody noticed that it was away, so its neighbours still point to the position that it asks to take. */
    RETURN_BEFORE_ANYBODY_NOTICED {
        @Override
        void play(RingCluster cluster) {
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
        void play(RingCluster cluster) {
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
        boolean hasDirectory() {
            return false;
        }
    },
    /** One node has so many positions in a row that a list of eight would name nobody else. */
    LIST_NAMES_ENOUGH_NODES {
        @Override
        void play(RingCluster cluster) {
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
    NEIGHBOURS_OF_A_LEAVER_SPLICE_AT_ONCE {
        @Override
        void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700, 900);
            cluster.advanceMillis(30_000);
            ring.get(2).leave();
            cluster.await(
                    "a ring without it",
                    500,
                    () -> firstOf(ring.get(1)) == 700
                            && ring.get(3).member().predecessor().id().equals(RingCluster.point(300)));
        }
    },
    /** Cut into halves for minutes, each of which becomes a ring of its own. */
    SPLIT_RING_HEALS {
        @Override
        void play(RingCluster cluster) {
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
    /** Two positions of one node join, the others of whom they heard go at once, and neither had heard of the other. */
    POSITIONS_OF_THE_LAST_NODE_MEET {
        @Override
        void play(RingCluster cluster) {
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
        RingOptions options() {
            return options(3, 1);
        }
    },
    WHOLE_CLUSTER_RETURNS {
        @Override
        void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500, 700, 900);
            ring.forEach(RingCluster.Node::crash);
            ring.forEach(RingCluster.Node::restart);
            expectIdeal(cluster, 60_000);
        }
    },
    /** A third node answers in the place of the one that was asked. */
    ANSWER_OF_SOMEBODY_ELSE {
        @Override
        void play(RingCluster cluster) {
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
    /** A node that is asked for the way names one that is farther from the id than itself. */
    HOP_THAT_LEADS_AWAY {
        @Override
        void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400, 500, 600, 700, 800);
            RingCluster.Node asker = ring.get(0);
            RingCluster.Node decoy = ring.get(7);
            cluster.forge(envelope -> {
                assertThat(envelope.from().equals(asker.id)
                                && envelope.to().equals(decoy.contact())
                                && asksForTheWay(envelope.message()))
                        .as("the decoy was asked")
                        .isFalse();
                return leadAway(envelope, decoy, cluster);
            });
            for (int i = 0; i < 20; i++) {
                asker.lookup(
                        RingCluster.point(350 + 10 * i),
                        result -> assertThat(result).isInstanceOf(LookupResult.Found.class));
                cluster.advanceMillis(500);
            }
            assertThat(asker.machine().counters().of(RingRule.HOP_NOT_CLOSER)).isPositive();
        }

        @Override
        boolean hasDirectory() {
            return false;
        }

        @Override
        RingOptions options() {
            return options(2, 1);
        }
    },
    /** Somebody says what cannot be: that it has our position, or that we have begun a later life than this one. */
    NONSENSE_IS_NOT_BELIEVED_IN_PART {
        @Override
        void play(RingCluster cluster) {
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
        void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 300, 500);
            RingCluster.Node gone = cluster.addNodeAt(400);
            cluster.refused.add(gone.id);
            gone.join();
            cluster.advanceMillis(10_000);
            assertThat(gone.machine().isJoined()).isFalse();
            assertThat(ring.get(0).machine().counters().of(RingRule.REFUSED)).isPositive();
        }
    },
    /** While a node stood still the others' answers waited for it; they were not silent. */
    PAUSED_NODE_ACCUSES_NOBODY {
        @Override
        void play(RingCluster cluster) {
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

    abstract void play(RingCluster cluster);

    RingOptions options() {
        return options(8, 4);
    }

    boolean hasDirectory() {
        return true;
    }

    /** With another seed chance falls differently; what is expected is the same. */
    void play(long seed, ChordRules rules) {
        play(new RingCluster(new SimScheduler(seed), options(), rules, false, hasDirectory()));
    }

    static RingOptions options(int entries, int nodes) {
        RingOptions all = RingOptions.DEFAULT;
        return new RingOptions(
                entries,
                nodes,
                all.busyPeriodMillis(),
                all.quietPeriodMillis(),
                all.questionMillis(),
                all.attempts(),
                all.deadMillis(),
                all.hedgeMillis(),
                all.healMillis(),
                all.cacheEntries(),
                all.routing());
    }

    /** One node at each point, and the ring as it should be. */
    static List<RingCluster.Node> ring(RingCluster cluster, int... points) {
        for (int point : points) {
            RingCluster.Node node = cluster.addNodeAt(point);
            if (node.number == 0) {
                node.found();
            } else {
                node.join();
            }
        }
        expectIdeal(cluster, 60_000);
        return new ArrayList<>(cluster.nodes);
    }

    static void expectIdeal(RingCluster cluster, long withinMillis) {
        cluster.await("the ring as it should be", withinMillis, cluster::isIdeal);
    }

    /** From now on Zave's invariants hold after each event, and nobody who is there now is skipped. */
    static void watchBase(RingCluster cluster) {
        Set<RingId> base = new TreeSet<>(cluster.members().keySet());
        cluster.watch(
                changed -> assertThat(RingInvariants.of(changed).all(base)).isEmpty());
    }

    /** The point of the first successor. */
    static int firstOf(RingCluster.Node node) {
        double point = node.member().successors().first().id().value().toDouble() * 0x1p-128;
        return (int) Math.round(point * 1000);
    }

    private static boolean asksForTheWay(RingMessage message) {
        return message instanceof RingMessage.Questions questions
                && questions.questions().stream().anyMatch(question -> question instanceof Question.AskHop);
    }

    private static RingCluster.Envelope leadAway(
            RingCluster.Envelope envelope, RingCluster.Node decoy, RingCluster cluster) {
        if (!(envelope.message() instanceof RingMessage.Answers answers)) {
            return envelope;
        }
        Position at = cluster.node(envelope.from()).member().self();
        List<Answer> forged = answers.answers().stream()
                .map(answer -> answer instanceof Answer.Near || answer instanceof Answer.Further
                        ? new Answer.Further(
                                at, List.of(new Answer.Way(decoy.member().self(), HopSource.FINGER)))
                        : answer)
                .toList();
        return new RingCluster.Envelope(
                envelope.from(), envelope.to(), new RingMessage.Answers(answers.from(), answers.number(), forged));
    }

    private static boolean asksToJoin(RingMessage message) {
        return message instanceof RingMessage.Questions questions
                && questions.questions().stream()
                        .anyMatch(
                                question -> question instanceof Question.AskPointers asked && asked.joining() != null);
    }

    private static boolean stabilises(RingMessage message) {
        return message instanceof RingMessage.Questions questions
                && questions.questions().stream()
                        .anyMatch(
                                question -> question instanceof Question.AskPointers asked && asked.joining() == null);
    }

    private static boolean tellsPointers(RingMessage message) {
        return message instanceof RingMessage.Answers answers
                && answers.answers().stream()
                        .anyMatch(answer -> answer instanceof Answer.Told || answer instanceof Answer.Unchanged);
    }
}
