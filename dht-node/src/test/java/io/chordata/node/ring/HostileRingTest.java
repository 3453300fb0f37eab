package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.ring.view.Position;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lies of one member of the ring about who stands where, one each. Points are in thousandths of the ring. */
class HostileRingTest {
    private static final long SEED = 20261127;

    private final RingCluster cluster = RingCluster.of(SEED, RingSteps.withLists(8, 4));

    /** While it answers so, it is believed: nobody else speaks for that part of the ring. */
    @Test
    void list_thatSkipsMembers_isMendedWhenTheLiarIsGone() {
        List<RingCluster.Node> ring = RingSteps.ring(cluster, 100, 200, 300, 400, 500, 600, 700, 800);
        RingCluster.Node liar = ring.get(1);
        cluster.forge(answersOf(
                liar,
                pointers -> new Pointers(
                        pointers.at(),
                        pointers.predecessor(),
                        pointers.successors().subList(3, pointers.successors().size()))));
        cluster.advanceMillis(60_000);
        assertThat(ring.get(0).member().successors().names(RingCluster.point(300)))
                .isFalse();
        assertThat(new RingInvariants(cluster.members()).local()).isEmpty();
        liar.crash();
        RingSteps.expectIdeal(cluster, 30_000);
    }

    @Test
    void list_ofNodesThatNeverWere_isMendedWhenTheLiarIsGone() {
        List<RingCluster.Node> ring = RingSteps.ring(cluster, 100, 200, 300, 400, 500, 600, 700, 800);
        RingCluster.Node liar = ring.get(1);
        List<Position> made = madeUpBehind(liar.member().self());
        cluster.forge(answersOf(liar, pointers -> new Pointers(pointers.at(), made.get(0), made)));
        cluster.advanceMillis(60_000);
        assertThat(new RingInvariants(cluster.members()).local()).isEmpty();
        liar.crash();
        RingSteps.expectIdeal(cluster, 60_000);
    }

    private List<Position> madeUpBehind(Position at) {
        return IntStream.range(0, RingOptions.SUCCESSOR_ENTRIES_MAX)
                .mapToObj(i -> cluster.addNodeAt(201 + i).places.get(0))
                .filter(position -> !position.id().equals(at.id()))
                .toList();
    }

    /** It is a position of the receiver itself, but none that it has: that is found out as soon as it is asked. */
    @Test
    void leaver_thatNamesAPositionThatTheReceiverDoesNotHave_isForgottenSoon() {
        List<RingCluster.Node> ring = RingSteps.ring(cluster, 100, 300, 500, 700);
        RingCluster.Node victim = ring.get(2);
        RingCluster.Node liar = ring.get(1);
        Position phantom = new Position(RingCluster.point(450), victim.contact(), 7, 7);
        Position ofLiar = liar.member().self();
        liar.send(
                victim.contact(),
                new RingMessage.Notices(
                        liar.contact(), List.of(new Notice.Leaving(victim.ids.get(0), ofLiar, phantom))));
        cluster.await("the lie", 100, () -> victim.member().predecessor().id().equals(phantom.id()));
        RingSteps.expectIdeal(cluster, cluster.options().quietPeriodMillis() + 2_000);
    }

    /** Whoever asks it is told anew each time, and a lie. */
    private static UnaryOperator<RingCluster.Envelope> answersOf(RingCluster.Node liar, UnaryOperator<Pointers> lie) {
        return envelope -> {
            RingMessage message = envelope.message();
            if (message instanceof RingMessage.Answers answers
                    && envelope.from().equals(liar.id)) {
                List<Answer> lies = answers.answers().stream()
                        .map(answer -> answer instanceof Answer.Told told ? told(lie.apply(told.pointers())) : answer)
                        .toList();
                message = new RingMessage.Answers(answers.from(), answers.number(), lies);
            } else if (message instanceof RingMessage.Questions questions
                    && envelope.to().node().equals(liar.id)) {
                List<Question> asked = questions.questions().stream()
                        .map(question -> question instanceof Question.AskPointers pointers
                                ? new Question.AskPointers(pointers.at(), 0, pointers.joining())
                                : question)
                        .toList();
                message = new RingMessage.Questions(questions.from(), questions.number(), asked);
            }
            return new RingCluster.Envelope(envelope.from(), envelope.to(), message);
        };
    }

    private static Answer told(Pointers pointers) {
        return new Answer.Told(pointers);
    }
}
