package io.chordata.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.model.ChordataException;
import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void outcome_ofFailuresAlone_isThatOfTheFirst() {
        assertThat(tally.outcome()).isEqualTo(Outcome.DONE);
        tally.failed(Outcome.NOT_FOUND);
        tally.failed(Outcome.NOT_DONE);
        assertThat(tally.outcome()).isEqualTo(Outcome.NOT_FOUND);
        tally.done();
        assertThat(tally.outcome()).isEqualTo(Outcome.SOME_NOT_DONE);
    }

    @Test
    void outcome_whereNothingCanBeHopedFor_isWhyWhateverFailedBefore() {
        tally.done();
        tally.failed(Outcome.NOT_DONE);
        assertThat(tally.isHopeless()).isFalse();
        tally.failed(ChordataException.of(ChordataException.CONNECTION_FAILED, "nobody answers"));
        tally.failed(ChordataException.builder("InvalidAccessKeyId", "unknown")
                .status(403)
                .build());
        assertThat(tally.isHopeless()).isTrue();
        assertThat(tally.outcome()).isEqualTo(Outcome.UNREACHABLE);
    }
}
