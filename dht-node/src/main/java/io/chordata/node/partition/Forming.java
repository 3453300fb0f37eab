package io.chordata.node.partition;

import io.chordata.node.core.Loop;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RecordBatch;
import io.chordata.node.core.RecordStore.Durability;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.core.RecordStore.ReadTier;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the founder of a cluster from taking anything while it alone, or too few with it, would keep it. Once each group that
 * it keeps has had as many voters as expected, that is over for ever, as a durable marker says; a group that it keeps no more
 * had them before it went.
 */
final class Forming {
    private static final Logger LOG = LoggerFactory.getLogger(Forming.class);
    private static final byte[] MARKER = "partitions/formed".getBytes(StandardCharsets.US_ASCII);
    private static final long LOOK_MILLIS = 500;

    private final PartitionPorts ports;
    private final Supplier<List<Standing>> standings;
    private volatile int expected;

    /** @param standings of all replicas here */
    Forming(PartitionPorts ports, Supplier<List<Standing>> standings) {
        this.ports = ports;
        this.standings = standings;
    }

    /** On a loop, once the replicas are open. Completes when it is known whether there is anything to wait for. */
    Future<Void> await(int voters) {
        Loop loop = ports.loops().current();
        return loop.executeBlocking(() -> ports.records().get(Family.NODE, MARKER, ReadTier.DISK) != null)
                .map(isFormed -> {
                    if (!isFormed) {
                        expected = voters;
                        look();
                    }
                    return null;
                });
    }

    private void look() {
        if (standings.get().stream().allMatch(this::isFormed)) {
            LOG.info("event=cluster_formed voters={}", expected);
            new PatientWrites(ports.records(), ports.timers())
                    .write(new RecordBatch().put(Family.NODE, MARKER, new byte[0]), Durability.SYNCED)
                    .onSuccess(written -> expected = 0);
        } else {
            ports.timers().once(LOOK_MILLIS, this::look);
        }
    }

    private boolean isFormed(Standing standing) {
        return !standing.committed().isJoint() && standing.committed().voters().size() >= expected;
    }

    /** Why nothing is taken yet; null if it is. From any thread. */
    @Nullable
    PartitionRefusedException refusal(PartitionId partition) {
        int voters = expected;
        return voters == 0
                ? null
                : new PartitionRefusedException(
                        partition,
                        PartitionRefusedException.Reason.NOT_SERVING,
                        "the cluster is being formed: not every partition has " + voters + " voters yet");
    }
}
