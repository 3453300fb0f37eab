package io.chordata.node.ring;

import static io.chordata.node.ring.RingSteps.asksForTheWay;
import static io.chordata.node.ring.RingSteps.expectIdeal;
import static io.chordata.node.ring.RingSteps.ring;
import static io.chordata.node.ring.RingSteps.withLists;
import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.ring.view.Position;
import java.util.ArrayList;
import java.util.List;

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
            List<LookupResult> results = new ArrayList<>();
            asker.lookup(RingCluster.point(450), results::add);
            cluster.await("an answer", 10_000, () -> !results.isEmpty());
            assertThat(results.get(0))
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
        public boolean hasDirectory() {
            return false;
        }

        @Override
        public RingOptions options() {
            return withLists(2, 1);
        }
    };

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
}
