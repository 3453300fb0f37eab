package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.ring.view.NodeVitals;
import io.chordata.node.storage.ScrubReport;
import org.junit.jupiter.api.Test;

class ProcessVitalsTest {
    private final ProcessVitals vitals = new ProcessVitals();

    @Test
    void process_ofThisTest_fares() {
        long now = System.currentTimeMillis();
        NodeVitals read = vitals.read();
        assertThat(read.memoryBytesUsed()).isBetween(10L << 20, read.memoryBytesMax());
        assertThat(read.startedAt()).isBetween(now - 86_400_000, now);
        assertThat(read.scrubbedAt()).isNull();
    }

    @Test
    void scrub_thatEnded_isToldWithItsTime() {
        vitals.scrubbedBy(() -> new ScrubReport(1, 2, 0, 3, 1_790_000_000_000L));
        assertThat(vitals.read().scrubbedAt()).isEqualTo(1_790_000_000_000L);
    }

    @Test
    void memory_ofAProcess_isReadFromItsStatus() {
        assertThat(ProcessVitals.residentBytes("VmHWM:\t  9000 kB\nVmRSS:\t  4001 kB\nRssAnon: 7 kB\n"))
                .isEqualTo(4_001L << 10);
        assertThat(ProcessVitals.residentBytes("State: Z (zombie)\n")).isNull();
    }
}
