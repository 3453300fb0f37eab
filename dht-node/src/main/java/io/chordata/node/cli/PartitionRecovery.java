package io.chordata.node.cli;

import io.chordata.node.admin.ProblemException;
import io.chordata.node.admin.RecoverRoute;
import io.chordata.node.admin.RecoveryView;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.partition.force.Recovery;
import io.chordata.node.partition.force.Recovery.Outcome;
import io.chordata.node.partition.force.Remains;
import io.chordata.node.partition.raft.Generations;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers partitions by force that operators want recovered, and tells beforehand what that does. */
final class PartitionRecovery implements RecoverRoute.Recoverer {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionRecovery.class);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private volatile @Nullable Parts parts;

    /**
     * What it works with.
     *
     * @param nodes all that were ever heard of
     */
    record Parts(Partitioning partitioning, Supplier<List<NodeRecord>> nodes, Recovery recovery) {}

    /** From now on it does what operators want. */
    void serving(Parts now) {
        parts = now;
    }

    @Override
    public Future<RecoveryView> recover(int partition, Set<NodeId> gone, boolean isUnsafe, String accessKey) {
        Parts now = parts;
        if (now == null) {
            return problem(UNAVAILABLE, "Not on a ring", NodeStatus.STARTING);
        }
        if (partition >= now.partitioning.count()) {
            return problem(
                    NOT_FOUND,
                    "Unknown partition",
                    "there is no partition " + partition + ", they go from 0 to " + (now.partitioning.count() - 1));
        }
        Set<NodeId> unknown = new TreeSet<>(gone);
        List<NodeId> nodes = new ArrayList<>();
        for (NodeRecord node : now.nodes.get()) {
            unknown.remove(node.node());
            if (node.state() != NodeState.DECOMMISSIONED) {
                nodes.add(node.node());
            }
        }
        if (!unknown.isEmpty()) {
            return problem(
                    NOT_FOUND, "Unknown node", "there are no nodes " + unknown + "; /v1/nodes has the ids of all");
        }
        PartitionId id = new PartitionId(partition);
        return isUnsafe
                ? now.recovery.run(id, nodes, gone).compose(outcome -> done(id, gone, accessKey, outcome))
                : now.recovery.plan(id, nodes, gone).map(outcome -> view(id, outcome));
    }

    private static Future<RecoveryView> done(
            PartitionId partition, Set<NodeId> gone, String accessKey, Outcome outcome) {
        LOG.warn(
                "event=partition_recovery partition={} gone={} askedBy=\"{}\" survivor={} generation={} begun={}"
                        + " refusal={}",
                partition,
                gone,
                accessKey,
                outcome.survivor(),
                Generations.text(outcome.generation()),
                outcome.isBegun(),
                outcome.refusal() == null ? "none" : '"' + outcome.refusal() + '"');
        return outcome.refusal() == null
                ? Future.succeededFuture(view(partition, outcome))
                : problem(CONFLICT, "Partition is not recovered", outcome.refusal());
    }

    private static <T> Future<T> problem(int status, String title, String detail) {
        return Future.failedFuture(new ProblemException(status, title, detail));
    }

    private static RecoveryView view(PartitionId partition, Outcome outcome) {
        NodeId survivor = outcome.survivor();
        return new RecoveryView(
                partition.number(),
                outcome.refusal(),
                survivor == null ? null : survivor.toString(),
                survivor == null ? null : Generations.text(outcome.generation()),
                outcome.isBegun(),
                outcome.mayLose(),
                outcome.survey().answers().values().stream()
                        .flatMap(PartitionRecovery::copy)
                        .toList(),
                outcome.survey().silent().stream().map(NodeId::toString).toList());
    }

    private static Stream<RecoveryView.CopyView> copy(Remains remains) {
        return Stream.ofNullable(remains.copy())
                .map(copy -> new RecoveryView.CopyView(
                        copy.self().node().toString(),
                        Generations.text(remains.generation()),
                        Generations.text(remains.promised()),
                        copy.lastTerm(),
                        copy.lastIndex(),
                        copy.unfit()));
    }
}
