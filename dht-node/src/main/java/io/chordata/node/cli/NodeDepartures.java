package io.chordata.node.cli;

import io.chordata.node.admin.NodeOrders;
import io.chordata.node.admin.PartitionView;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PeerRefusedException;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.partition.move.PlacementWatch;
import io.chordata.node.ring.RingService;
import io.chordata.node.ring.RingUnavailableException;
import io.chordata.node.ring.orders.DepartureOrder;
import io.chordata.node.ring.orders.OrderLinks;
import io.chordata.node.ring.view.Departure;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has nodes leave that operators want to leave: this one, which gives its partitions away; others, which are told; and those
 * that are down, of which the directory is told that they do not come back. A node that is to be gone for ever asks another one
 * to let it go once nothing is left on it, so that somebody has that on disk before it ends.
 */
final class NodeDepartures implements NodeOrders {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDepartures.class);
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNAVAILABLE = 503;

    private volatile @Nullable Parts parts;
    private int looks;

    /**
     * What it works with.
     *
     * @param partitions all of the cluster, and who holds them
     * @param holdsNoReplica whether none is left on this node
     * @param replication how many nodes should hold each partition
     */
    record Parts(
            RingService ring,
            NodeId self,
            OrderLinks links,
            Supplier<Future<List<PartitionView>>> partitions,
            BooleanSupplier holdsNoReplica,
            int replication) {}

    /** From now on orders are taken, from operators and other nodes. */
    void serving(Parts now) {
        parts = now;
        now.links.serve((from, order) -> onOrder(now, from, order));
    }

    @Override
    public Future<NodeState> depart(NodeId node, Departure departure, String accessKey) {
        Parts now = parts;
        if (now == null) {
            return problem(UNAVAILABLE, "Not on a ring", NodeStatus.STARTING);
        }
        DepartureOrder order = new DepartureOrder(node, departure, accessKey);
        NodeRecord record = now.ring.view().node(node);
        if (node.equals(now.self)) {
            return told(own(now, order), departure);
        }
        if (record == null) {
            return problem(NOT_FOUND, "Unknown node", "there is no node " + node + "; /v1/nodes has the ids of all");
        }
        return switch (record.state()) {
            case DECOMMISSIONED ->
                departure == Departure.DECOMMISSION
                        ? Future.succeededFuture(NodeState.DECOMMISSIONED)
                        : problem(CONFLICT, "Node is gone", "node " + node + " was decommissioned, which is for ever");
            case DOWN ->
                departure == Departure.DECOMMISSION
                        ? decommissionAbsent(now, order)
                        : problem(
                                CONFLICT,
                                "Node is down",
                                "node " + node
                                        + " is down: start it first, or decommission it if it does not come back");
            case JOINING, ALIVE, SUSPECT, DRAINING -> told(now.links.bring(order, record), departure);
        };
    }

    private static Future<NodeState> told(Future<@Nullable String> answer, Departure departure) {
        return answer.recover(NodeDepartures::notReached)
                .compose(refusal -> refusal == null
                        ? Future.succeededFuture(departure == Departure.NONE ? NodeState.ALIVE : NodeState.DRAINING)
                        : problem(CONFLICT, "Node must stay as it is", refusal));
    }

    private static Future<@Nullable String> notReached(Throwable failure) {
        boolean isPeers = failure instanceof PeerUnreachableException || failure instanceof PeerRefusedException;
        return isPeers
                ? problem(
                        UNAVAILABLE,
                        "Node not reached",
                        failure.getMessage() + "; once it is down, it can be decommissioned")
                : Future.failedFuture(failure);
    }

    private static <T> Future<T> problem(int status, String title, String detail) {
        return Future.failedFuture(new ProblemException(status, title, detail));
    }

    // others

    private static Future<NodeState> decommissionAbsent(Parts now, DepartureOrder order) {
        return now.partitions.get().compose(views -> {
            long lost = views.stream()
                    .filter(view -> isNeeded(now, view, order.node()))
                    .count();
            if (lost > 0) {
                String detail = "without node " + order.node() + " " + lost
                        + " partitions would never have a majority again; recover these first";
                return problem(CONFLICT, "Node is needed", detail);
            }
            log(order, null);
            return now.ring.decommission(order.node()).map(NodeState.DECOMMISSIONED);
        });
    }

    /** Whether too few voters would be left that may come back. */
    private static boolean isNeeded(Parts now, PartitionView view, NodeId node) {
        List<String> voters = view.voters();
        long left = voters.stream()
                .map(NodeId::parse)
                .filter(voter -> !voter.equals(node) && !isGone(now, voter))
                .count();
        return voters.contains(node.toString()) && 2 * left <= voters.size();
    }

    private static boolean isGone(Parts now, NodeId node) {
        NodeRecord record = now.ring.view().node(node);
        return record == null || record.state() == NodeState.DECOMMISSIONED;
    }

    private static Future<@Nullable String> onOrder(Parts now, NodeId from, DepartureOrder order) {
        if (order.node().equals(now.self)) {
            return own(now, order);
        }
        boolean isGoodbye = order.node().equals(from) && order.departure() == Departure.DECOMMISSION;
        if (!isGoodbye) {
            return Future.succeededFuture("this is node " + now.self + ", not " + order.node());
        }
        log(order, null);
        return now.ring.decommission(from).map(known -> null);
    }

    // this one

    private static Future<@Nullable String> own(Parts now, DepartureOrder order) {
        return now.ring.departure().compose(current -> {
            if (current == order.departure()) {
                return Future.succeededFuture(null);
            }
            boolean isNew = current == Departure.NONE;
            String refusal = isNew
                    ? PlacementWatch.refusalToDrain(now.self, RingSurroundings.nodes(now.ring.view()), now.replication)
                    : null;
            log(order, refusal);
            return refusal != null
                    ? Future.succeededFuture(refusal)
                    : now.ring
                            .depart(order.departure())
                            .<@Nullable String>map(done -> null)
                            .recover(NodeDepartures::notYet);
        });
    }

    private static Future<@Nullable String> notYet(Throwable failure) {
        return failure instanceof RingUnavailableException
                ? Future.succeededFuture(failure.getMessage())
                : Future.failedFuture(failure);
    }

    private static void log(DepartureOrder order, @Nullable String refusal) {
        LOG.info(
                "event=departure_ordered node={} departure={} askedBy=\"{}\" refusal={}",
                order.node(),
                order.departure().name().toLowerCase(Locale.ROOT),
                order.askedBy(),
                refusal == null ? "none" : '"' + refusal + '"');
    }

    /** To be called now and then. */
    void look() {
        Parts now = parts;
        if (now != null) {
            now.ring
                    .departure()
                    .compose(departure ->
                            departure == Departure.DECOMMISSION ? isDrained(now) : Future.succeededFuture(false))
                    .onSuccess(isDrained -> {
                        if (isDrained) {
                            sayGoodbye(now);
                        }
                    });
        }
    }

    private static Future<Boolean> isDrained(Parts now) {
        return now.ring.loads().compose(loads -> {
            NodeLoad own = loads.get(now.self);
            return own != null && own.blocks() == 0 && now.holdsNoReplica.getAsBoolean()
                    ? now.partitions.get().map(views -> ClusterPartitions.areAllWithout(views, now.self))
                    : Future.succeededFuture(false);
        });
    }

    private void sayGoodbye(Parts now) {
        List<NodeRecord> others = now.ring.view().nodes().stream()
                .filter(node -> node.state() == NodeState.ALIVE && !node.node().equals(now.self))
                .toList();
        if (!others.isEmpty()) {
            NodeRecord other = others.get(looks++ % others.size());
            LOG.info("event=drained_and_leaving node={} tells={}", now.self, other.node());
            now.links.bring(new DepartureOrder(now.self, Departure.DECOMMISSION, now.self.toString()), other);
        }
    }
}
