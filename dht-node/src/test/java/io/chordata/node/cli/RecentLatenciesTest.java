package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.ring.status.LatencyCounts;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RecentLatenciesTest {
    private final RecentLatencies latencies = new RecentLatencies();

    private void note(String operation, long micros) {
        latencies.note(operation, TimeUnit.MICROSECONDS.toNanos(micros));
    }

    private LatencyCounts take(String operation) {
        return Objects.requireNonNull(latencies.takeAll().get(operation));
    }

    @Test
    void operations_noted_areToldByNameWithTheirCounts() {
        note("PutObject", 3);
        note("GetObject", 5);
        note("GetObject", 5);

        SortedMap<String, LatencyCounts> told = latencies.takeAll();

        assertThat(told)
                .containsExactly(
                        Map.entry("GetObject", new LatencyCounts(new TreeMap<>(Map.of(5, 2L)))),
                        Map.entry("PutObject", new LatencyCounts(new TreeMap<>(Map.of(3, 1L)))));
    }

    @Test
    void quantiles_ofMany_areWithinAnEighth() {
        for (int i = 1; i <= 10_000; i++) {
            note("GetObject", i);
        }
        LatencyCounts told = take("GetObject");

        assertThat(told.quantileMicros(50)).isBetween(5_000L, 5_625L);
        assertThat(told.quantileMicros(99)).isBetween(9_900L, 11_138L);
    }

    @Test
    void latency_ofAnyLength_hasACell() {
        for (long micros = 0; micros < 1L << 50; micros = micros * 2 + 1) {
            note("HeadObject", micros);
            assertThat(take("HeadObject").quantileMicros(50)).isBetween(Math.min(micros, 1L << 35), micros * 9 / 8);
        }
    }

    @Test
    void operations_told_areNotToldAgain() {
        note("GetObject", 5);
        latencies.takeAll();

        assertThat(latencies.takeAll()).isEmpty();
    }
}
