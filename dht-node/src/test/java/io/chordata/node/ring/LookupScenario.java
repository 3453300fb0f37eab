package io.chordata.node.ring;

import static io.chordata.node.ring.RingSteps.asksForTheWay;
import static io.chordata.node.ring.RingSteps.expectIdeal;
import static io.chordata.node.ring.RingSteps.ring;
import static io.chordata.node.ring.RingSteps.withLists;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** What is easy to get wrong on the way to whoever answers for an id. Points are in thousandths of the ring. */
enum LookupScenario implements Scenario {
    /** The cache of 800 has 500 under its former address, where nobody is any more. */
    CACHE_NAMES_AN_EARLIER_LIFE {
        @Override
        public void play(RingCluster cluster) {
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
            assertThat(find(cluster, asker, 450, RingOptions.Routing.ALL))
                    .isInstanceOfSatisfying(
                            LookupResult.Found.class,
                            found -> assertThat(found.owner().id()).isEqualTo(RingCluster.point(500)));
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
    /** A node that is asked for the way names one that is farther from the id than itself. */
    HOP_THAT_LEADS_AWAY {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, 100, 200, 300, 400, 500, 600, 700, 800);
            RingCluster.Node asker = ring.get(0);
            RingCluster.Node decoy = ring.get(7);
            cluster.forge(envelope -> {
                assertThat(envelope.from().equals(asker.id)
                                && envelope.to().equals(decoy.contact())
                                && asksForTheWay(envelope.message()))
                        .as("the decoy was asked")
                        .isFalse();
                return leadTo(
                        envelope,
                        cluster.node(envelope.from()).member().self(),
                        decoy.member().self(),
                        answer -> answer);
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
        public boolean hasDirectory() {
            return false;
        }

        @Override
        public RingOptions options() {
            return withLists(2, 1);
        }
    },
    /** Everyone who is asked names somebody who is a little closer, without end. */
    HOPS_THAT_NEVER_ARRIVE {
        @Override
        public void play(RingCluster cluster) {
            List<RingCluster.Node> ring = ring(cluster, TEN);
            RingCluster.Node asker = ring.get(0);
            cluster.advanceMillis(60_000);
            int[] point = {801};
            Map<NodeId, Position> named = new TreeMap<>();
            ring.forEach(node -> named.put(node.id, node.member().self()));
            cluster.forge(envelope -> {
                if (!envelope.to().equals(asker.contact()) || !(envelope.message() instanceof RingMessage.Answers)) {
                    return envelope;
                }
                Position at = Objects.requireNonNull(named.get(envelope.from()));
                Contact owner = ring.get(1 + point[0] % 9).contact();
                Position closer = new Position(RingCluster.point(point[0]++), owner, 0, 0);
                named.put(owner.node(), closer);
                return leadTo(envelope, at, closer, answer -> new Answer.NotMember());
            });
            assertThat(find(cluster, asker, 890, RingOptions.Routing.FINGERS))
                    .isInstanceOfSatisfying(LookupResult.Stopped.class, stopped -> {
                        assertThat(stopped.reason()).isEqualTo(LookupResult.Reason.TOO_MANY_HOPS);
                        assertThat(stopped.at()).isNotNull();
                        assertThat(stopped.hops()).isBetween(2, (int) Math.ceil(2 * Math.log(10) / Math.log(2)) + 8);
                    });
        }

        @Override
        public boolean hasDirectory() {
            return false;
        }

        @Override
        public RingOptions options() {
            return withLists(2, 1);
        }
    },
    /** Nobody answers. */
    NO_MORE_THAN_THREE_IN_FLIGHT {
        @Override
        public void play(RingCluster cluster) {
            RingCluster.Node asker = ring(cluster, TEN).get(0);
            RingId id = RingCluster.point(650);
            Set<Long> asked = new TreeSet<>();
            cluster.hold(envelope -> {
                boolean asksTheWay = envelope.message() instanceof RingMessage.Questions questions
                        && questions.questions().contains(new Question.AskHop(id))
                        && asked.add(questions.number());
                return asksTheWay || !asked.isEmpty();
            });
            asker.lookup(id, RingOptions.Routing.FINGERS, result -> {});
            cluster.advanceMillis(cluster.options().questionMillis() - 100);
            assertThat(asked).hasSize(3);
        }
    },
    SECOND_LOOKUP_OF_AN_ARC_IS_ONE_HOP {
        @Override
        public void play(RingCluster cluster) {
            RingCluster.Node asker = ring(cluster, TEN).get(0);
            RingOptions.Routing cache = new RingOptions.Routing(false, true, false);
            find(cluster, asker, 655, cache);
            assertThat(find(cluster, asker, 650, cache).path())
                    .extracting(LookupResult.Hop::source)
                    .containsExactly(HopSource.CACHE);
        }

        @Override
        public RingOptions options() {
            return withLists(2, 1);
        }
    },
    LOOKUP_BY_A_FULL_DIRECTORY_IS_ONE_HOP {
        @Override
        public void play(RingCluster cluster) {
            RingCluster.Node asker = ring(cluster, TEN).get(0);
            cluster.isDirectoryFull = true;
            for (int point = 210; point < 900; point += 20) {
                assertThat(find(cluster, asker, point, new RingOptions.Routing(false, false, true))
                                .path())
                        .extracting(LookupResult.Hop::source)
                        .containsExactly(HopSource.DIRECTORY);
            }
        }

        @Override
        public RingOptions options() {
            return withLists(2, 1);
        }
    },
    /**
     * The farthest finger of 0 stands for 500 and all behind it. 600 is near, and among the first 16 there; 840 is nearer, and
     * is not.
     */
    FINGER_IS_THE_NEAREST_OF_SIXTEEN {
        @Override
        public void play(RingCluster cluster) {
            cluster.eventsMax = 10_000_000;
            cluster.network.delayBy(
                    (from, to) -> NEAR.getOrDefault(other(cluster, from, to), 40L) * RingCluster.NANOS_PER_MILLI / 2);
            RingCluster.Node node = ring(
                            cluster,
                            IntStream.range(0, 21)
                                    .map(i -> i == 0 ? 0 : 480 + i * 20)
                                    .toArray())
                    .get(0);
            cluster.addNodeAt(IntStream.range(1, 20).map(i -> i * 20).toArray()).join();
            expectIdeal(cluster, 60_000);
            for (int i = 0; i < 360 && !isFinger(node, 600); i++) {
                cluster.advanceMillis(10_000);
            }
            cluster.advanceMillis(300_000);
            assertThat(isFinger(node, 600)).isTrue();
        }

        private boolean isFinger(RingCluster.Node node, int point) {
            Position finger = node.member().fingers().get(0);
            return finger != null && finger.id().equals(RingCluster.point(point));
        }

        /** With whom node 0 talks on this way, by number; itself if it does not. */
        private int other(RingCluster cluster, NodeAddress from, NodeAddress to) {
            NodeAddress here = cluster.nodes.get(0).contact().address();
            NodeAddress there = from.equals(here) ? to : from;
            return cluster.nodes.stream()
                    .filter(node -> (from.equals(here) || to.equals(here))
                            && node.contact().address().equals(there))
                    .mapToInt(node -> node.number)
                    .findFirst()
                    .orElse(0);
        }

        @Override
        public RingOptions options() {
            return withLists(18, 1);
        }
    };

    /** Round trips of 600 and 840 to node 0, in milliseconds. */
    private static final Map<Integer, Long> NEAR = Map.of(6, 10L, 18, 2L);

    private static final int[] TEN = {0, 100, 200, 300, 400, 500, 600, 700, 800, 900};

    private static LookupResult find(
            RingCluster cluster, RingCluster.Node asker, int point, RingOptions.Routing routing) {
        List<LookupResult> results = new ArrayList<>();
        asker.lookup(RingCluster.point(point), routing, results::add);
        cluster.await("an answer", 60_000, () -> !results.isEmpty());
        return results.get(0);
    }

    /** Whoever is asked for the way at the one position names the other. */
    private static RingCluster.Envelope leadTo(
            RingCluster.Envelope envelope, Position at, Position closer, UnaryOperator<Answer> otherwise) {
        if (!(envelope.message() instanceof RingMessage.Answers answers)) {
            return envelope;
        }
        List<Answer> forged = answers.answers().stream()
                .map(answer -> answer instanceof Answer.Near || answer instanceof Answer.Further
                        ? new Answer.Further(at, List.of(new Answer.Way(closer, HopSource.FINGER)))
                        : otherwise.apply(answer))
                .toList();
        return new RingCluster.Envelope(
                envelope.from(), envelope.to(), new RingMessage.Answers(answers.from(), answers.number(), forged));
    }
}
