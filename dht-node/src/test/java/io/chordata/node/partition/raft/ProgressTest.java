package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.Progress.State;
import io.chordata.node.sim.SimRandom;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final int INFLIGHT = 3;
    private static final long INFLIGHT_BYTES = 100;
    private static final RaftOptions OPTIONS =
            new RaftOptions(150, 900, 1800, 50, 10, 50, INFLIGHT, INFLIGHT_BYTES, 1000, 4, 1);

    private final Progress progress = new Progress(Members.founder(1), 11, OPTIONS, 0);

    @Test
    void probe_untilAnswered_isTheOnlyMessage() {
        assertThat(progress.state()).isEqualTo(State.PROBE);
        assertThat(progress.isReady()).isTrue();
        progress.onSent(15, 40);
        assertThat(progress.isReady()).isFalse();
        assertThat(progress.next()).as("as nobody knows whether they fit").isEqualTo(11);
        progress.unpause();
        assertThat(progress.isReady()).isTrue();
    }

    @Test
    void probe_accepted_beginsReplication() {
        progress.onAccepted(10, 0);
        assertThat(progress.state()).isEqualTo(State.REPLICATE);
        assertThat(progress.match()).isEqualTo(10);
        assertThat(progress.next()).isEqualTo(11);
    }

    @Test
    void replication_withinItsBounds_doesNotWait() {
        progress.onAccepted(10, 0);
        progress.onSent(11, 1);
        progress.onSent(12, 1);
        assertThat(progress.isReady()).isTrue();
        progress.onSent(13, 1);
        assertThat(progress.isReady()).as("three messages unanswered").isFalse();
        progress.onAccepted(12, 0);
        assertThat(progress.isReady()).as("one message unanswered").isTrue();
        progress.onSent(14, INFLIGHT_BYTES);
        assertThat(progress.isReady()).as("too many bytes unanswered").isFalse();
        progress.onAccepted(14, 0);
        assertThat(progress.isReady()).isTrue();
        assertThat(progress.next()).isEqualTo(15);
    }

    @Test
    void refusal_ofAProbe_takesUpTheHint() {
        assertThat(progress.onRefused(10, 4)).isTrue();
        assertThat(progress.next()).isEqualTo(5);
        assertThat(progress.onRefused(10, 2)).as("answer to an earlier probe").isFalse();
        assertThat(progress.onRefused(4, 9)).as("a hint that leads nowhere").isTrue();
        assertThat(progress.next()).isEqualTo(4);
    }

    @Test
    void refusal_whileReplicating_probesAgainFromWhatIsSure() {
        progress.onAccepted(10, 0);
        progress.onSent(15, 1);
        progress.onSent(20, 1);
        assertThat(progress.onRefused(10, 3)).as("of what is known to match").isFalse();
        assertThat(progress.onRefused(15, 3)).isTrue();
        assertThat(progress.state()).isEqualTo(State.PROBE);
        assertThat(progress.next()).isEqualTo(11);
        assertThat(progress.isReady()).isTrue();
    }

    @Test
    void snapshot_untilItArrives_silencesTheRest() {
        progress.onAccepted(10, 0);
        progress.onSnapshot();
        assertThat(progress.isReady()).isFalse();
        assertThat(progress.onRefused(20, 3)).isFalse();
        progress.onAccepted(12, 30);
        assertThat(progress.state()).as("a late answer").isEqualTo(State.SNAPSHOT);
        progress.onAccepted(31, 30);
        assertThat(progress.state()).isEqualTo(State.REPLICATE);
        assertThat(progress.next()).isEqualTo(32);
    }

    @Test
    void rounds_asTheyAreAnswered_onlyRiseUntilForgotten() {
        progress.answerRound(4);
        progress.answerRound(3);
        assertThat(progress.round()).isEqualTo(4);
        progress.forgetRounds();
        assertThat(progress.round()).isZero();
    }

    @Test
    void progress_afterAnything_staysWithinItsInvariants() {
        for (long seed = 1; seed <= 300; seed++) {
            SimRandom random = new SimRandom(seed);
            Progress any = new Progress(Members.founder(1), 1 + random.nextInt(20), OPTIONS, 0);
            long match = 0;
            for (int step = 0; step < 60; step++) {
                step(any, random);
                assertThat(any.match()).as("seed %d", seed).isGreaterThanOrEqualTo(match);
                assertThat(any.next()).as("seed %d", seed).isGreaterThan(any.match());
                assertThat(any.state() != State.SNAPSHOT || !any.isReady()).isTrue();
                match = any.match();
            }
        }
    }

    private static void step(Progress any, SimRandom random) {
        switch (random.nextInt(6)) {
            case 0 -> any.onAccepted(random.nextLong(0, any.next() + 5), random.nextInt(10));
            case 1 -> any.onRefused(random.nextLong(0, any.next() + 5), random.nextInt(20));
            case 2 -> any.unpause();
            case 3 -> any.onSnapshot();
            case 4 -> any.probe(any.match() + 1);
            default -> {
                if (any.isReady()) {
                    any.onSent(any.next() + random.nextInt(4), random.nextInt(60));
                }
            }
        }
    }
}
