package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTimeTest {
    /** The clock goes on: it counts. It is a little behind: log time waits for it. It is far behind: log time crawls. */
    @ParameterizedTest
    @CsvSource({
        "1000, 1001, 1001",
        "1000, 1000, 1000",
        "9000, 4000, 9000",
        "9001, 4000, 9002",
        "9223372036854775807, 4000, 9223372036854775807"
    })
    void stamp_behindOrAheadOfTheClock_neverGoesBack(long lastMillis, long clockMillis, long stampMillis) {
        assertThat(RaftRules.RAFT.stamp(lastMillis, clockMillis)).isEqualTo(stampMillis);
    }
}
