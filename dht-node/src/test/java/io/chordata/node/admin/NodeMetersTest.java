package io.chordata.node.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeMetersTest {
    private static final Duration COLLECTED_WITHIN = Duration.ofSeconds(30);

    private final NodeMeters meters = new NodeMeters();
    private final AtomicLong committed = new AtomicLong(3);

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void count_keptByNobodyElse_goesOnAfterACollection() {
        meters.count(Metric.PARTITIONS_COMMITTED, () -> committed.get());
        assertThat(meters.scrape()).contains("chordata_partitions_committed_total 3.0\n");

        collectGarbage();
        committed.set(5);

        assertThat(meters.scrape()).contains("chordata_partitions_committed_total 5.0\n");
    }

    @Test
    void gauge_keptByNobodyElse_goesOnAfterACollection() {
        meters.gauge(Metric.PARTITIONS, () -> committed.get());

        collectGarbage();
        committed.set(5);

        assertThat(meters.scrape()).contains("chordata_partitions 5.0\n");
    }

    /** Until an object that nothing holds is gone; what is as weakly held went with it. */
    private static void collectGarbage() {
        WeakReference<Object> unheld = new WeakReference<>(new Object());
        long deadline = System.nanoTime() + COLLECTED_WITHIN.toNanos();
        while (unheld.get() != null) {
            assertThat(System.nanoTime()).as("the collector ran in time").isLessThan(deadline);
            System.gc();
        }
    }
}
