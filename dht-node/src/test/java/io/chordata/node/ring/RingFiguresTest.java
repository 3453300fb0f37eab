package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.sim.SimScheduler;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the ring costs where nothing happens, with positions and options as they are by default, and no lookups but its own. */
class RingFiguresTest {
    private static final int NODES = 100;
    private static final int POSITIONS = 32;
    private static final int SECONDS = 60;
    /** Length and seal of each message between processes. */
    private static final int RECORD_BYTES = 20;

    private static final double NANOS_PER_SECOND = 1e9;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final RingCluster cluster =
            new RingCluster(new SimScheduler(1), RingOptions.DEFAULT, ChordRules.CORRECTED, true, true);

    /** The CPU time is that of the simulator as well, and of decoding what was encoded, so the node's own is less. */
    @Test
    void hundredNodes_idle_costLittle() {
        grow();
        long messages = cluster.network.sent();
        long bytes = cluster.encodedBytes;
        long nanos = threads.getCurrentThreadCpuTime();
        cluster.advanceMillis(SECONDS * 1_000L);
        double messagesPerSecond = (double) (cluster.network.sent() - messages) / SECONDS / NODES;
        double bytesPerSecond = (double) (cluster.encodedBytes - bytes) / SECONDS / NODES;
        double core = (threads.getCurrentThreadCpuTime() - nanos) / NANOS_PER_SECOND / SECONDS / NODES;
        double sealed = bytesPerSecond + messagesPerSecond * RECORD_BYTES;
        Figures.note(String.format(
                Locale.ROOT,
                "ring, %d idle nodes of %d positions: %.0f bytes/s sent by each, %.0f with records, in %.1f messages/s;"
                        + " at most %.3f %% of a core",
                NODES,
                POSITIONS,
                bytesPerSecond,
                sealed,
                messagesPerSecond,
                core * 100));
        assertThat(sealed)
                .as("bytes/s of the ring, to leave a tenth of 2 kB for the directory")
                .isLessThan(1_800);
        assertThat(core).as("share of a core").isLessThan(0.005);
    }

    private void grow() {
        cluster.eventsMax = Long.MAX_VALUE;
        cluster.network.stopTracking();
        cluster.addNode(POSITIONS).found();
        cluster.advanceMillis(2_000);
        while (cluster.nodes.size() < NODES) {
            cluster.addNode(POSITIONS).join();
            cluster.advanceMillis(200);
        }
        cluster.await("the ring", 120_000, cluster::isIdeal);
        cluster.advanceMillis(2 * SECONDS * 1_000L);
    }
}
