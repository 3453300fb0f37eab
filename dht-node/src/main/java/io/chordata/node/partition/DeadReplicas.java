package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.StoreFailedException;
import io.chordata.node.core.Timers;
import io.chordata.node.partition.LogBase.Removal;
import io.chordata.node.partition.raft.Configuration;
import io.vertx.core.Future;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The end of the replicas of a node that lost the blocks which it acknowledged. Under their tenures they neither vote nor
 * acknowledge nor list again; their groups add the node anew. A replica that decides alone goes on: what it lost nobody else
 * has, and its records nobody else has either.
 */
public final class DeadReplicas {
    private static final Logger LOG = LoggerFactory.getLogger(DeadReplicas.class);

    private final NodeId self;
    private final RecordStore records;
    private final Loops loops;
    private final Timers timers;

    public DeadReplicas(NodeId self, RecordStore records, Loops loops, Timers timers) {
        this.self = self;
        this.records = records;
        this.loops = loops;
        this.timers = timers;
    }

    /** Completes once it is durable that they are none any more; nothing may have opened them before. */
    public Future<Void> bury() {
        Loop loop = loops.ownerOf(new PartitionId(0));
        return LoopCalls.call(
                loops,
                loop,
                () -> loop.executeBlocking(this::tombstones)
                        .compose(batch -> new PatientWrites(records, timers).write(batch, Durability.SYNCED)));
    }

    private RecordBatch tombstones() throws InvalidProtocolBufferException {
        RecordBatch batch = new RecordBatch();
        for (PartitionId partition : PartitionLog.kept(records)) {
            LogBase base = PartitionLog.base(records, partition);
            if (base != null && base.removal() == Removal.KEPT && isOneOfSeveral(partition, base)) {
                LOG.warn(
                        "event=replica_dead partition={} tenure={} reason=\"its blocks are lost\"",
                        partition,
                        base.tenure());
                PartitionLog.replace(batch, partition, base.removed(Removal.ERASING));
            }
        }
        return batch;
    }

    /** One with a rotten log takes part in nothing anyway. */
    private boolean isOneOfSeveral(PartitionId partition, LogBase base) {
        try {
            List<Configuration> known = PartitionLog.recover(records, partition, base.configuration())
                    .start()
                    .configurations();
            return known.get(known.size() - 1).members().stream()
                    .anyMatch(member -> !member.node().equals(self));
        } catch (StoreFailedException rotten) {
            return false;
        }
    }
}
