package io.chordata.node.partition;

import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordReader;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.chordata.node.partition.raft.Configuration;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;

/**
 * Founds the groups of a cluster: each gets this node as its only voter. That happens once in the life of the cluster, and a
 * durable marker says that it has: what is not on the disk any more after that has gone elsewhere, or is lost, and must not
 * be begun again as empty. A crash amid it leaves some founded and no marker; the next start goes on.
 */
final class GroupFounding {
    private static final byte[] MARKER = "partitions/founded".getBytes(StandardCharsets.US_ASCII);
    private static final int GROUPS_AT_ONCE = 1024;

    private final NodeId self;
    private final Partitioning partitioning;
    private final PartitionPorts ports;
    private final PatientWrites writes;

    GroupFounding(NodeId self, Partitioning partitioning, PartitionPorts ports) {
        this.self = self;
        this.partitioning = partitioning;
        this.ports = ports;
        this.writes = new PatientWrites(ports.records(), ports.timers());
    }

    /** On any loop. */
    Future<Void> run() {
        Loop loop = ports.loops().current();
        return loop.executeBlocking(() -> ports.records().get(Family.NODE, MARKER, ReadTier.DISK) != null)
                .compose(founded -> founded ? Future.succeededFuture() : foundFrom(loop, 0));
    }

    private Future<Void> foundFrom(Loop loop, int first) {
        if (first >= partitioning.count()) {
            return writes.write(new RecordBatch().put(Family.NODE, MARKER, new byte[0]), Durability.SYNCED);
        }
        return loop.executeBlocking(() -> basesFrom(ports.records(), first))
                .compose(bases -> writes.write(bases, Durability.ORDERED))
                .compose(written -> foundFrom(loop, first + GROUPS_AT_ONCE));
    }

    /** A log without a base was begun by a version that did not note one. */
    private RecordBatch basesFrom(RecordReader records, int first) {
        RecordBatch batch = new RecordBatch();
        LogBase founding = LogBase.ofNew(Configuration.founding(self), 0, 0);
        for (int p = first; p < Math.min(first + GROUPS_AT_ONCE, partitioning.count()); p++) {
            PartitionId partition = new PartitionId(p);
            if (!hasBase(records, partition)) {
                batch.put(Family.LOG, PartitionKeys.logBase(partition), founding.encode());
            }
        }
        return batch;
    }

    private static boolean hasBase(RecordReader records, PartitionId partition) {
        return records.get(Family.LOG, PartitionKeys.logBase(partition), ReadTier.DISK) != null;
    }
}
