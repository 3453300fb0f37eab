package io.chordata.node.rpc;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Peers.Service;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log and the observer what happened. Whoever can connect can make lines, so each kind gets one in ten seconds,
 * which counts those left out. From any thread.
 */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger(Reports.class);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Clock clock;
    private final RpcObserver observer;
    private final LogLimit[] closings;
    private final LogLimit[] failures;

    Reports(Clock clock, RpcObserver observer) {
        this.clock = clock;
        this.observer = observer;
        this.closings = limits(Closing.values().length);
        this.failures = limits(Service.values().length);
    }

    RpcObserver observer() {
        return observer;
    }

    void closed(boolean dialed, Object address, Closing why) {
        observer.closed(dialed, why);
        long leftOut = closings[why.ordinal()].ask(clock.monotonicNanos());
        if (leftOut < 0) {
            return;
        }
        String direction = dialed ? "to" : "from";
        if (why.isWarning()) {
            LOG.warn(
                    "connection {} {} ended: {}; {} more of these were not logged",
                    direction,
                    address,
                    why.text(),
                    leftOut);
        } else {
            LOG.debug("connection {} {} ended: {}", direction, address, why.text());
        }
    }

    /** A receiver failed; its asker is told no more than that. */
    void failed(Service service, Throwable cause) {
        long leftOut = failures[service.ordinal()].ask(clock.monotonicNanos());
        if (leftOut >= 0) {
            LOG.warn("service={} failed for a peer: {}; {} more of these were not logged", service, cause, leftOut);
            LOG.debug("service={} failed for a peer", service, cause);
        }
    }

    private LogLimit[] limits(int count) {
        LogLimit[] limits = new LogLimit[count];
        Arrays.setAll(limits, i -> new LogLimit(QUIET_NANOS, clock.monotonicNanos()));
        return limits;
    }
}
