package io.chordata.node.partition.raft;

import io.chordata.node.partition.raft.SimReplicaDisk.Snapshot;
import io.chordata.node.sim.SimRandom;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The states that a replica has ready for others, and the one that it fetches itself. */
final class RaftSnapshots {
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long OFFERED_AGAIN_MILLIS = 300;

    private final RaftReplica replica;
    private final RaftCluster cluster;
    private final SimRandom random;
    private final Map<Member, Snapshot> ready = new TreeMap<>();
    private boolean isInstalling;

    RaftSnapshots(RaftReplica replica, RaftCluster cluster) {
        this.replica = replica;
        this.cluster = cluster;
        this.random = cluster.random;
    }

    /** Whether the disk may already hold what the machine does not know yet. */
    boolean isInstalling() {
        return isInstalling;
    }

    void onRoleChanged() {
        ready.clear();
    }

    private long millis(int from, int to) {
        return random.nextLong(from * NANOS_PER_MILLI, to * NANOS_PER_MILLI);
    }

    private boolean fails(RaftFault fault) {
        boolean fails = random.chance(cluster.habits.snapshotFailureChance());
        if (fails) {
            cluster.count(fault);
        }
        return fails;
    }

    void prepare(Member follower) {
        replica.later(millis(1, 100), () -> {
            if (fails(RaftFault.SNAPSHOT_FAILED)) {
                over(follower);
                return;
            }
            Snapshot snapshot = replica.node.disk.snapshot(replica.ledger());
            ready.put(follower, snapshot);
            offer(follower, snapshot);
            replica.later(millis(1_000, 4_000), () -> {
                if (ready.remove(follower, snapshot)) {
                    over(follower);
                }
            });
        });
    }

    private void over(Member follower) {
        replica.turn(() -> replica.group().onSnapshotOver(follower));
    }

    private void offer(Member follower, Snapshot snapshot) {
        if (ready.get(follower) == snapshot) {
            LogEntry last = snapshot.last();
            replica.turn(() -> replica.group().offerSnapshot(follower, last.index(), last.term()));
            replica.later(OFFERED_AGAIN_MILLIS * NANOS_PER_MILLI, () -> offer(follower, snapshot));
        }
    }

    void fetch(Member leader, long index) {
        isInstalling = true;
        replica.later(millis(10, random.chance(0.2) ? 1_500 : 100), () -> {
            Snapshot snapshot = readyAt(leader, index);
            if (snapshot == null || fails(RaftFault.INSTALL_FAILED)) {
                isInstalling = false;
                replica.turn(() -> replica.group().onInstallFailed());
            } else {
                install(snapshot);
            }
        });
    }

    private @Nullable Snapshot readyAt(Member leader, long index) {
        RaftReplica source = cluster.node(leader).replica();
        Snapshot snapshot = source == null
                        || source.generation() != replica.generation()
                        || !cluster.isConnected(source.node, replica.node)
                ? null
                : source.snapshots.ready.get(replica.self);
        return snapshot != null && snapshot.last().index() == index ? snapshot : null;
    }

    private void install(Snapshot snapshot) {
        SimReplicaDisk disk = replica.node.disk;
        disk.ask(() -> disk.install(snapshot), replica.ifStillHere(() -> {
            isInstalling = false;
            replica.onInstalled(snapshot);
        }));
    }
}
