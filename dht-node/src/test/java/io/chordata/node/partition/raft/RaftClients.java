package io.chordata.node.partition.raft;

import io.chordata.node.sim.SimRandom;

/** Clients of a simulated group: they ask whoever takes itself for the leader, rightly or not. */
final class RaftClients {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int BURST = 5;

    private final RaftCluster cluster;
    private final SimRandom random;
    private final int pauseMaxMillis;
    private long nextId = 1;
    private boolean isStopped;

    RaftClients(RaftCluster cluster, int pauseMaxMillis) {
        this.cluster = cluster;
        this.random = cluster.random.fork();
        this.pauseMaxMillis = pauseMaxMillis;
    }

    void start() {
        cluster.scheduler.after(random.nextLong(0, pauseMaxMillis * NANOS_PER_MILLI), () -> {
            if (!isStopped) {
                askAnyLeader();
                start();
            }
        });
    }

    void stop() {
        isStopped = true;
    }

    private void askAnyLeader() {
        for (RaftNode node : cluster.nodes) {
            RaftReplica replica = node.replica();
            if (replica != null && replica.leads() && !node.isPaused()) {
                for (int i = random.nextInt(BURST); i > 0; i--) {
                    ask(replica);
                }
            }
        }
    }

    private void ask(RaftReplica replica) {
        if (random.chance(0.3)) {
            replica.clients.read(random.nextInt(Ledger.KEYS));
        } else {
            propose(replica);
        }
    }

    boolean propose(RaftReplica replica) {
        return replica.clients.propose(Ledger.command(nextId++, random.nextInt(Ledger.KEYS), random));
    }
}
