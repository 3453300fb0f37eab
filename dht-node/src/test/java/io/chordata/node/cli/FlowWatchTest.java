package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.cli.FlowWatch.Source;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.PeerBytes;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.status.FlowReport;
import io.chordata.node.ring.status.FlowReport.Kind;
import io.chordata.node.ring.status.FlowReport.Link;
import io.chordata.node.sim.SimClock;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowWatchTest {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final NodeId PEER = new NodeId(new Uint128(0, 1));
    private static final NodeId OTHER = new NodeId(new Uint128(0, 2));

    private final SimScheduler scheduler = new SimScheduler(1);
    private final SimLoops loops = new SimLoops(scheduler, 1);
    private final RequestCounts requests = new RequestCounts();
    private final PeerBytes written = new PeerBytes();
    private final PeerBytes entries = new PeerBytes();
    private final PeerBytes moved = new PeerBytes();
    private final FlowWatch watch =
            new FlowWatch(requests::take, new SimClock(scheduler), new SimTimers(scheduler, loops));

    @BeforeEach
    void start() {
        watch.start(
                List.of(
                        new Source("blocks", Kind.REPLICATION, written),
                        new Source("entries", Kind.REPLICATION, entries),
                        new Source("states", Kind.MOVEMENT, moved)),
                loops.ownerOf(new PartitionId(0)));
        seconds(0);
    }

    private void seconds(long count) {
        scheduler.advance(count * NANOS_PER_SECOND + 1_000_000);
    }

    @Test
    void report_ofAQuietNode_isOfNothing() {
        seconds(3);

        assertThat(watch.latest().requests()).isEqualTo(FlowReport.NOTHING.requests());
        assertThat(watch.latest().links()).isEmpty();
    }

    @Test
    void requestsAndBytes_ofSomeSeconds_areAddedUp() {
        requests.note("GetObject", 200, 0, 10, 2_000_000);
        written.add(PEER, 100);
        seconds(1);
        requests.note("PutObject", 503, 20, 0, 2_000_000);
        entries.add(PEER, 1);
        moved.add(OTHER, 7);
        seconds(1);

        FlowReport report = watch.latest();

        assertThat(report.requests().answered()).isEqualTo(2);
        assertThat(report.requests().failed()).isEqualTo(1);
        assertThat(report.requests().receivedBytes()).isEqualTo(20);
        assertThat(report.requests().sentBytes()).isEqualTo(10);
        assertThat(report.requests().operations().keySet()).containsExactly("GetObject", "PutObject");
        assertThat(report.links())
                .containsExactly(new Link(PEER, Kind.REPLICATION, 101), new Link(OTHER, Kind.MOVEMENT, 7));
    }

    @Test
    void whatIsLongerAgo_thanTheWindow_isForgotten() {
        requests.note("GetObject", 200, 0, 10, 1_000);
        written.add(PEER, 100);
        seconds(1);
        seconds(FlowWatch.STEPS - 1);
        assertThat(watch.latest().requests().answered()).isEqualTo(1);
        assertThat(watch.latest().millis()).isBetween(8_900L, 10_100L);

        seconds(2);

        assertThat(watch.latest().requests().answered()).isZero();
        assertThat(watch.latest().links()).isEmpty();
    }
}
