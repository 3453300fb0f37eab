package io.chordata.node.cli;

import io.chordata.node.admin.Health;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.NodeConfig;

/**
 * A node that runs: where it listens, and how to stop it.
 *
 * @param s3 port as bound; as configured if the node was stopped before it had a cluster
 * @param admin port as bound
 */
record NodeRuntime(HostPort s3, HostPort admin, Health health, StopStack stops) {
    /**
     * Returns when the node serves, or when it was asked to stop while it waited for its cluster.
     *
     * @throws CommandFailedException if it cannot; then nothing of it is left running
     */
    static NodeRuntime start(NodeConfig config, Lifecycle lifecycle) {
        StopStack stops = new StopStack();
        try {
            return new NodeAssembly(config, lifecycle, stops).start();
        } catch (RuntimeException e) {
            stops.runAll();
            throw StartFailure.of(e);
        }
    }

    boolean hasFailed() {
        return health.hasFailed();
    }

    /** Takes no more requests, finishes those in flight, lets go of everything. Blocks; never fails. */
    void stop() {
        health.become(Health.Phase.STOPPING);
        stops.runAll();
    }
}
