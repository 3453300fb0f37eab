package io.chordata.node.founding;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Ballot;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.Vote;
import io.chordata.node.sim.Seeds;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever others ask and answer, in whatever order: the process answers with what is durable, and decides once. */
class FoundingNonsenseTest {
    private static final int NEW_SEEDS = 2_000;
    private static final int EVENTS = 200;
    private static final int IDS = 4;
    private static final List<String> SEEDS = List.of("one", "two", "three");

    @Test
    void process_toldAnything_answersWhatIsDurableAndDecidesOnce() {
        long decided = Seeds.ofThisCommit(NEW_SEEDS)
                .filter(seed -> new Run(seed).run())
                .count();
        assertThat(decided).isPositive();
    }

    private static final class Run implements Outbox {
        private final long seed;
        private final SimRandom random;
        private final FoundingProcess process;
        private final List<Decision> decisions = new ArrayList<>();
        private Ballot durable = Ballot.blank(id(0));
        private @Nullable Ballot storing;
        private long round = 1;
        private long now;

        Run(long seed) {
            this.seed = seed;
            random = new SimRandom(seed);
            process = new FoundingProcess(
                    durable,
                    random.chance(0.1) ? List.of() : SEEDS,
                    random.chance(0.5),
                    Partitioning.DEFAULT,
                    random.fork(),
                    this);
        }

        boolean run() {
            try {
                process.start(now);
                for (int i = 0; i < EVENTS; i++) {
                    now += random.nextInt(1_500);
                    event();
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            assertThat(decisions).hasSizeLessThanOrEqualTo(1);
            return !decisions.isEmpty();
        }

        private void event() {
            switch (random.nextInt(5)) {
                case 0 -> process.tick(now);
                case 1 -> process.onQuestion(id(random.nextInt(IDS)), question(), this::check);
                case 2 -> process.onAnswer(round + random.nextInt(2), random.nextInt(SEEDS.size()), answer(), now);
                case 3 ->
                    process.onSilence(round, random.nextInt(SEEDS.size()), random.chance(0.3), "it said nothing", now);
                default -> finishStoring();
            }
        }

        private void finishStoring() {
            Ballot stored = storing;
            if (stored != null) {
                storing = null;
                durable = stored;
                process.onStored();
            }
        }

        private void check(Answer answer) {
            assertThat(decisions).isEmpty();
            assertThat(answer).isEqualTo(Answer.unfounded(durable.vote()));
        }

        private Question question() {
            Vote vote = vote();
            return new Question(vote == null ? number() - 1 : number(), vote);
        }

        private Answer answer() {
            return random.chance(0.02)
                    ? Answer.of(new Membership(cluster(), new Partitioning(4 + random.nextInt(8))))
                    : Answer.unfounded(random.chance(0.3) ? durable.vote() : vote());
        }

        private @Nullable Vote vote() {
            return random.chance(0.4) ? null : new Vote(cluster(), id(random.nextInt(IDS)), number());
        }

        private ClusterId cluster() {
            return new ClusterId(new Uint128(random.chance(0.5) ? -1 : 0, 1 + random.nextInt(IDS)));
        }

        private long number() {
            return random.chance(0.2) ? Long.MAX_VALUE : 1 + random.nextInt(5);
        }

        private static NodeId id(int number) {
            return new NodeId(new Uint128(8, number));
        }

        @Override
        public void ask(long asked, int seed, Question question) {
            assertThat(question).isEqualTo(Question.with(durable));
            round = asked;
        }

        @Override
        public void store(Ballot ballot) {
            assertThat(storing).isNull();
            assertThat(ballot.number()).isEqualTo(durable.number() + 1);
            storing = ballot;
        }

        @Override
        public void waiting(String reason) {}

        @Override
        public void remind(String reason) {}

        @Override
        public void decide(Decision decision) {
            decisions.add(decision);
        }
    }
}
