package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.RingId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What scenarios are made of. */
final class RingSteps {
    private RingSteps() {}

    static RingOptions withLists(int entries, int nodes) {
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

    static boolean asksForTheWay(RingMessage message) {
        return message instanceof RingMessage.Questions questions
                && questions.questions().stream().anyMatch(question -> question instanceof Question.AskHop);
    }

    static boolean asksToJoin(RingMessage message) {
        return message instanceof RingMessage.Questions questions
                && questions.questions().stream()
                        .anyMatch(
                                question -> question instanceof Question.AskPointers asked && asked.joining() != null);
    }

    static boolean stabilises(RingMessage message) {
        return message instanceof RingMessage.Questions questions
                && questions.questions().stream()
                        .anyMatch(
                                question -> question instanceof Question.AskPointers asked && asked.joining() == null);
    }

    static boolean tellsPointers(RingMessage message) {
        return message instanceof RingMessage.Answers answers
                && answers.answers().stream()
                        .anyMatch(answer -> answer instanceof Answer.Told || answer instanceof Answer.Unchanged);
    }

    static void awaitQuietRound(RingCluster cluster, RingCluster.Node node) {
        cluster.advanceMillis(30_000);
        long rounds = node.machine().counters().of(RingRule.STABILISED);
        cluster.await("a quiet round", 15_000, () -> node.machine().counters().of(RingRule.STABILISED) > rounds);
        cluster.advanceMillis(500);
        assertThat(node.member().isQuiet()).isTrue();
    }
}
