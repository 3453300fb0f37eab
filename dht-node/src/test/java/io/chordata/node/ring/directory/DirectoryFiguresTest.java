package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.ring.view.NodeLoad;
import org.junit.jupiter.api.Test;

/** What the directory costs and how fast it is with a hundred nodes; the bounds are ten times wider than what is measured. */
class DirectoryFiguresTest {
    private static final int NODES = 100;
    private static final long MINUTE = 60_000;

    @Test
    void hundredNodes_idle_costLittle() {
        DirectoryCluster cluster = begin(1);
        for (int node = 0; node < NODES; node++) {
            cluster.with(
                    node,
                    directory -> directory.report(
                            cluster.millis(), new NodeLoad(8, 3, 1_000_000, 5, 1L << 38, 1L << 39, 0.1)));
        }
        cluster.run(2 * MINUTE);
        long bytes = cluster.bytes();
        long messages = cluster.messages();
        cluster.run(2 * MINUTE);
        long perSecond = (cluster.bytes() - bytes) / NODES / 120;
        Figures.note("directory, " + NODES + " idle nodes: " + perSecond + " bytes/s sent by each in "
                + (cluster.messages() - messages) / NODES * 10 / 120 / 10.0 + " messages/s");
        assertThat(perSecond).isLessThan(1_000);
        assertThat(cluster.count(Counter.SUSPICIONS)).isZero();
    }

    @Test
    void hundredNodes_withCrashAndReturn_noticeSoon() {
        DirectoryCluster cluster = begin(2);
        cluster.crash(50);
        long first = cluster.runUntil(
                () -> cluster.running().stream()
                        .anyMatch(at -> cluster.directory(at).count(Counter.DECLARED_DOWN) > 0),
                5 * MINUTE,
                "crash seen by one");
        long all = first + cluster.runUntil(() -> cluster.isDownEverywhere(50), 5 * MINUTE, "crash seen by all");
        cluster.start(50);
        long back = cluster.runUntil(cluster::isSettled, 5 * MINUTE, "return seen by all");
        Figures.note("directory, " + NODES + " nodes: crash seen by the first after " + first + " ms, by all after "
                + all + " ms; return seen by all after " + back + " ms");
    }

    @Test
    void hundredNodes_withLoss_declareNobodyDown() {
        DirectoryCluster cluster = begin(3);
        cluster.loss(0.1);
        long bytes = cluster.bytes();
        cluster.run(4 * MINUTE);
        long down = cluster.count(Counter.DECLARED_DOWN);
        Figures.note("directory, " + NODES + " nodes, 10 % loss, 4 minutes: " + down + " false alarms, "
                + cluster.count(Counter.OBJECTIONS) + " objections, " + cluster.count(Counter.INDIRECT_RESCUES)
                + " rescues, " + (cluster.bytes() - bytes) / NODES / 240 + " bytes/s sent by each");
        assertThat(down).isZero();
    }

    @Test
    void hundredNodes_afterACutInHalves_healWithinTheTime() {
        DirectoryCluster cluster = begin(4);
        cluster.cut((from, to) -> from < NODES / 2 != to < NODES / 2);
        cluster.run(3 * MINUTE);
        long alarmsBefore = cluster.count(Counter.DECLARED_DOWN);
        cluster.heal();
        long millis = cluster.runUntil(cluster::isSettled, 2 * MINUTE, "healed");
        Figures.note("directory, " + NODES + " nodes cut in halves for 3 minutes: healed after " + millis + " ms, "
                + (cluster.count(Counter.DECLARED_DOWN) - alarmsBefore) + " false alarms meanwhile");
        assertThat(cluster.count(Counter.DECLARED_DOWN)).isEqualTo(alarmsBefore);
    }

    private static DirectoryCluster begin(long seed) {
        DirectoryCluster cluster = new DirectoryCluster(seed, DirectoryOptions.DEFAULT);
        cluster.add(NODES).startAll();
        long millis = cluster.runUntil(cluster::isSettled, 2 * MINUTE, "all find each other");
        Figures.note("directory, " + NODES + " nodes started at once: found each other after " + millis + " ms");
        return cluster;
    }
}
