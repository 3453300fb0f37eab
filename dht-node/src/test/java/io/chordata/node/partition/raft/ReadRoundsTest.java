package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.partition.raft.RecordingOutbox.Confirmed;
import io.chordata.node.sim.SimRandom;
import org.junit.jupiter.api.Test;

class ReadRoundsTest {
    private final RecordingOutbox outbox = new RecordingOutbox();
    private final ReadRounds rounds = new ReadRounds(RaftRules.RAFT, 2);

    @Test
    void reads_beforeARound_joinItTogether() {
        assertThat(rounds.join()).isEqualTo(1);
        assertThat(rounds.join()).isEqualTo(1);
        assertThat(rounds.start(7)).isTrue();
        assertThat(rounds.started()).isEqualTo(1);
        assertThat(rounds.confirm(1, outbox)).isTrue();
        assertThat(outbox.confirmed).containsExactly(new Confirmed(1, 7));
    }

    @Test
    void read_thatComesDuringARound_waitsForTheNext() {
        rounds.join();
        rounds.start(7);
        assertThat(rounds.join()).isEqualTo(2);
        assertThat(rounds.confirm(1, outbox)).isTrue();
        assertThat(rounds.start(9)).isTrue();
        assertThat(rounds.confirm(1, outbox)).isFalse();
        assertThat(rounds.confirm(2, outbox)).isTrue();
        assertThat(outbox.confirmed).containsExactly(new Confirmed(1, 7), new Confirmed(2, 9));
    }

    @Test
    void round_thatNobodyJoined_doesNotStart() {
        assertThat(rounds.start(7)).isFalse();
        assertThat(rounds.isUnderWay()).isFalse();
        rounds.join();
        rounds.start(7);
        assertThat(rounds.start(8)).isFalse();
    }

    @Test
    void rounds_underWay_areBounded() {
        for (int i = 1; i <= 2; i++) {
            rounds.join();
            assertThat(rounds.start(i)).isTrue();
        }
        assertThat(rounds.join()).isEqualTo(3);
        assertThat(rounds.start(3)).isFalse();
        rounds.confirm(1, outbox);
        assertThat(rounds.start(4)).isTrue();
    }

    @Test
    void confirmation_ofALaterRound_confirmsTheEarlierWithItsIndex() {
        rounds.join();
        rounds.start(7);
        rounds.join();
        rounds.start(9);
        assertThat(rounds.confirm(2, outbox)).isTrue();
        assertThat(outbox.confirmed).containsExactly(new Confirmed(2, 9));
        assertThat(rounds.isUnderWay()).isFalse();
    }

    @Test
    void rounds_whateverComes_areStartedAtMostOneAfterTheLastRead() {
        SimRandom random = new SimRandom(1);
        long joined = 0;
        for (int step = 0; step < 10_000; step++) {
            switch (random.nextInt(3)) {
                case 0 -> joined = rounds.join();
                case 1 -> rounds.start(step);
                default -> rounds.confirm(rounds.started() - random.nextInt(3), outbox);
            }
            assertThat(joined).isBetween(rounds.started(), rounds.started() + 1);
        }
        assertThat(outbox.confirmed).hasSizeGreaterThan(1000).isSortedAccordingTo((one, other) -> {
            int byRound = Long.compare(one.round(), other.round());
            return byRound != 0 ? byRound : Long.compare(one.index(), other.index());
        });
    }
}
