package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.admin.Metric;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.rpc.Closing;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RpcWatchTest {
    private final NodeMeters meters = new NodeMeters();
    private final RpcWatch watch = new RpcWatch(meters);

    @AfterEach
    void close() {
        meters.close();
    }

    private double count(Metric metric, String... tags) {
        return meters.registry().get(metric.meterName()).tags(tags).counter().count();
    }

    @Test
    void events_betweenNodes_areCounted() {
        watch.opened(true);
        watch.opened(true);
        watch.opened(false);
        watch.closed(true, Closing.NOT_CONNECTED);
        watch.closed(false, Closing.WRONG_SECRET);
        watch.closed(false, Closing.WRONG_SECRET);
        watch.answered(Service.STATUS, TimeUnit.MILLISECONDS.toNanos(3));
        watch.failed(Service.STATUS);
        watch.dropped(Service.RING);
        watch.stray();

        assertThat(count(Metric.RPC_OPENED, "side", "dialed")).isEqualTo(2);
        assertThat(count(Metric.RPC_OPENED, "side", "accepted")).isEqualTo(1);
        assertThat(count(Metric.RPC_ENDED, "side", "dialed", "reason", "not_connected"))
                .isEqualTo(1);
        assertThat(count(Metric.RPC_ENDED, "side", "accepted", "reason", "wrong_secret"))
                .isEqualTo(2);
        assertThat(meters.registry()
                        .get(Metric.RPC_CALLS.meterName())
                        .tag("service", "status")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(3);
        assertThat(count(Metric.RPC_FAILED, "service", "status")).isEqualTo(1);
        assertThat(count(Metric.RPC_FAILED, "service", "ring")).isZero();
        assertThat(count(Metric.RPC_DROPPED, "service", "ring")).isEqualTo(1);
        assertThat(count(Metric.RPC_STRAY)).isEqualTo(1);
    }
}
