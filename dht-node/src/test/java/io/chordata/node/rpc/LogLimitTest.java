package io.chordata.node.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLimitTest {
    @Test
    void lines_withinTheQuietTime_areCountedInTheNext() {
        LogLimit limit = new LogLimit(100, 1_000);

        assertThat(limit.ask(1_000)).isZero();
        assertThat(limit.ask(1_001)).isNegative();
        assertThat(limit.ask(1_099)).isNegative();
        assertThat(limit.ask(1_100)).isEqualTo(2);
        assertThat(limit.ask(1_199)).isNegative();
        assertThat(limit.ask(9_999)).isEqualTo(1);
    }
}
