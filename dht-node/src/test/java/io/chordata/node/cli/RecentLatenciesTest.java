package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.EventLog.OperationTraffic;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentLatenciesTest {
    private final RecentLatencies latencies = new RecentLatencies();

    private void note(String operation, long micros) {
        latencies.note(operation, TimeUnit.MICROSECONDS.toNanos(micros));
    }

    @Test
    void operations_noted_areToldByNameWithTheirCounts() {
        note("PutObject", 3);
        note("GetObject", 5);
        note("GetObject", 5);

        assertThat(latencies.takeAll())
                .containsExactly(
                        new OperationTraffic("GetObject", 2, 5, 5), new OperationTraffic("PutObject", 1, 3, 3));
    }

    @Test
    void quantiles_ofMany_areWithinAnEighth() {
        for (int i = 1; i <= 10_000; i++) {
            note("GetObject", i);
        }
        OperationTraffic told = latencies.takeAll().get(0);

        assertThat(told.p50Micros()).isBetween(5_000L, 5_625L);
        assertThat(told.p99Micros()).isBetween(9_900L, 11_138L);
    }

    @Test
    void latency_ofAnyLength_hasACell() {
        for (long micros = 0; micros < 1L << 50; micros = micros * 2 + 1) {
            note("HeadObject", micros);
            assertThat(latencies.takeAll().get(0).p50Micros()).isBetween(Math.min(micros, 1L << 35), micros * 9 / 8);
        }
    }

    @Test
    void operations_told_areNotToldAgain() {
        note("GetObject", 5);
        latencies.takeAll();

        assertThat(latencies.takeAll()).isEmpty();
    }
}
