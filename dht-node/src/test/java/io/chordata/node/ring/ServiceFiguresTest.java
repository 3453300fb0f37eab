package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.core.Partitioning;
import io.chordata.node.process.Figures;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What whole nodes, ring and directory together, say to each other while nothing happens, with options as they are by default. */
class ServiceFiguresTest {
    private static final int NODES = 16;
    private static final int SETTLE_MILLIS = 120_000;
    private static final int SECONDS = 60;
    /** Of each message between processes: length and seal. */
    private static final int RECORD_BYTES = 20;
    /** Ethernet, IP and TCP with time stamps, of the message and of what acknowledges it. */
    private static final int HEADER_BYTES = 2 * 66;

    private static final double BYTES_PER_SECOND_MAX = 2_000;

    @Test
    void nodes_idle_sendLittleHeadersIncluded() {
        ServiceCluster cluster = new ServiceCluster(1, RingServiceOptions.DEFAULT, Partitioning.DEFAULT).form(NODES);
        cluster.run(SETTLE_MILLIS);
        long messages = cluster.sentMessages;
        long bytes = cluster.sentBytes;
        cluster.run(SECONDS * 1_000L);
        double messagesPerSecond = (double) (cluster.sentMessages - messages) / SECONDS / NODES;
        double bytesPerSecond = (double) (cluster.sentBytes - bytes) / SECONDS / NODES;
        double onTheWire = bytesPerSecond + messagesPerSecond * (RECORD_BYTES + HEADER_BYTES);
        Figures.note(String.format(
                Locale.ROOT,
                "ring and directory, %d idle nodes: %.1f messages/s sent by each, %.0f bytes/s, %.0f with records and the headers"
                        + " of TCP and IP",
                NODES,
                messagesPerSecond,
                bytesPerSecond,
                onTheWire));
        assertThat(onTheWire).isLessThan(BYTES_PER_SECOND_MAX);
    }
}
