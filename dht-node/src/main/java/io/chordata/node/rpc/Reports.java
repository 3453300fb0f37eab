package io.chordata.node.rpc;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Correlation;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers.Service;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
    void failed(Service service, long clientRequest, Throwable cause) {
        long leftOut = failures[service.ordinal()].ask(clock.monotonicNanos());
        if (leftOut >= 0) {
            LOG.warn(
                    "request={} service={} failed for a peer: {}; {} more of these were not logged",
                    text(clientRequest),
                    service,
                    cause,
                    leftOut);
            LOG.debug("service={} failed for a peer", service, cause);
        }
    }

    /** What was done for a client's request that came to another node; other work goes without a line. */
    void served(Service service, NodeId peer, long clientRequest, long nanos, @Nullable Throwable failure) {
        if (clientRequest != Correlation.NONE && LOG.isDebugEnabled()) {
            LOG.debug(
                    "event=served request={} service={} peer={} micros={} failure=\"{}\"",
                    text(clientRequest),
                    service,
                    peer,
                    nanos / 1_000,
                    failure == null ? "" : failure);
        }
    }

    private static String text(long clientRequest) {
        return clientRequest == Correlation.NONE ? "" : Correlation.text(clientRequest);
    }

    private LogLimit[] limits(int count) {
        LogLimit[] limits = new LogLimit[count];
        Arrays.setAll(limits, i -> new LogLimit(QUIET_NANOS, clock.monotonicNanos()));
        return limits;
    }
}
