package io.chordata.node.cli;

import io.chordata.node.admin.Health;
import io.chordata.node.admin.Health.Phase;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.ring.RingRefusedException;
import io.chordata.node.ring.RingService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process when its node may not, or cannot, take part in the ring any more. */
final class RingEnd implements RingService.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(RingEnd.class);

    private final Health health;
    private final Lifecycle lifecycle;

    RingEnd(Health health, Lifecycle lifecycle) {
        this.health = health;
        this.lifecycle = lifecycle;
    }

    @Override
    public void onRefused(RingRefusedException why) {
        LOG.error("event=refused_by_cluster cause=\"{}\"", why.getMessage());
        health.become(Phase.FAILED);
        lifecycle.endAs(ExitCode.REFUSED);
    }

    /** A disk that failed takes the node out of service, as everywhere else; it says so until somebody stops it. */
    @Override
    public void onFailed(Throwable cause) {
        LOG.error("event=ring_failed", cause);
        health.become(Phase.FAILED);
        if (!(cause instanceof StoreFailedException)) {
            lifecycle.endAs(ExitCode.INTERNAL_ERROR);
        }
    }
}
