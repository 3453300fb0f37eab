package io.chordata.node.cli;

import io.chordata.node.admin.ClusterStatus;
import io.chordata.node.admin.ClusterView;
import io.chordata.node.admin.NodeView;
import io.chordata.node.admin.ObjectPlaceView;
import io.chordata.node.admin.PartitionView;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.cli.ClusterPartitions.Figures;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectException;
import io.chordata.node.object.ObjectKey;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.partition.NodePartitions;
import io.chordata.node.partition.PartitionsView;
import io.chordata.node.ring.RingService;
import io.chordata.node.ring.status.PartitionReport;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.storage.Identity;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The status of the cluster: nodes from the directory, partitions from what each node says of its own. Nothing is made up
 * before this one serves.
 */
final class NodeStatus implements ClusterStatus {
    private static final int UNAVAILABLE = 503;

    static final String STARTING = "the node is starting";

    private final Loops loops;
    private final ProcessVitals vitals;
    private volatile @Nullable Node node;
    private volatile @Nullable Objects objects;
    private volatile Supplier<String> whyNot = () -> STARTING;

    /**
     * What a node of a cluster consists of.
     *
     * @param self this node, for as long as its own directory does not know it
     * @param partitions of the whole cluster
     * @param served asks whether all of them are
     */
    record Node(
            Identity identity,
            NodeStores stores,
            RingService ring,
            NodeRecord self,
            ClusterPartitions partitions,
            ClusterProbe served) {}

    /** What it serves objects by, if it does. */
    record Objects(NodePartitions partitions, ObjectLayer objects) {}

    NodeStatus(Loops loops, ProcessVitals vitals) {
        this.loops = loops;
        this.vitals = vitals;
    }

    void serving(Node now) {
        node = now;
    }

    void serving(Objects now) {
        objects = now;
    }

    void notServing(Supplier<String> why) {
        whyNot = why;
    }

    private Future<Node> node() {
        return orWhyNot(node);
    }

    private Future<Objects> objects() {
        return orWhyNot(objects);
    }

    private <T> Future<T> orWhyNot(@Nullable T now) {
        return now == null
                ? Future.failedFuture(new ProblemException(UNAVAILABLE, "Not serving", whyNot.get()))
                : Future.succeededFuture(now);
    }

    /** Null on a node that keeps no objects. */
    private Future<@Nullable PartitionsView> view() {
        Objects now = objects;
        return now == null
                ? Future.succeededFuture(null)
                : now.partitions.view().map(view -> view);
    }

    /** Those of this node, for others. */
    Future<List<PartitionReport>> held() {
        return view().map(view -> view == null
                ? List.of()
                : view.partitions().stream().map(NodeStatus::report).toList());
    }

    private static PartitionReport report(PartitionsView.PartitionView view) {
        return new PartitionReport(
                view.partition(),
                view.isServing(),
                view.term(),
                view.commitIndex(),
                view.voters(),
                view.learners(),
                view.isChanging());
    }

    @Override
    public Future<ClusterView> cluster() {
        return node().compose(now ->
                now.partitions.figures().compose(figures -> nodes().map(nodes -> cluster(now, figures, nodes))));
    }

    private static ClusterView cluster(Node now, Figures figures, List<NodeView> nodes) {
        int count = now.identity.partitioning().count();
        List<NodeRecord> members = nodes.stream()
                .map(NodeView::node)
                .filter(node -> node.state() != NodeState.DECOMMISSIONED)
                .toList();
        return new ClusterView(
                now.identity.cluster().toString(),
                now.self.node().toString(),
                now.ring.view().version(),
                count,
                figures.copies(),
                members.size(),
                state(count, figures, members),
                figures.lacking(),
                figures.unserved(),
                figures.moving(),
                figures.zonesYielded(),
                (int) members.stream()
                        .filter(node -> node.state() == NodeState.DRAINING)
                        .count(),
                (int) nodes.stream().filter(NodeView::isDrained).count());
    }

    static String state(int partitions, Figures figures, List<NodeRecord> members) {
        if (figures.unserved() == partitions) {
            return "unavailable";
        }
        // One whose machine came back as another is missed, too: its seat may still be among the voters of what it
        // held.
        boolean isMissed =
                members.stream().anyMatch(node -> node.state() == NodeState.SUSPECT || node.state() == NodeState.DOWN);
        return figures.unserved() > 0 || figures.lacking() > 0 || isMissed ? "degraded" : "healthy";
    }

    @Override
    public Future<Boolean> isServed() {
        return node().compose(now -> now.served.ask());
    }

    /** Each with the load that it reported last; this one asks itself only until it has reported for the first time. */
    @Override
    public Future<List<NodeView>> nodes() {
        return node().compose(now -> now.ring.loads().compose(loads -> {
            NodeLoad reported = loads.get(now.self.node());
            return (reported == null ? load() : Future.succeededFuture(reported))
                    .compose(own -> views(now, loads, own));
        }));
    }

    /** Who holds what is asked only where somebody drains. */
    private static Future<List<NodeView>> views(Node now, Map<NodeId, NodeLoad> loads, NodeLoad own) {
        NodeId self = now.self.node();
        List<NodeRecord> nodes = nodes(now);
        Future<List<PartitionView>> held = nodes.stream().anyMatch(node -> node.state() == NodeState.DRAINING)
                ? now.partitions.views()
                : Future.succeededFuture(List.of());
        return held.map(partitions -> nodes.stream()
                .map(node -> view(node, node.node().equals(self) ? own : loads.get(node.node()), partitions))
                .toList());
    }

    private static NodeView view(NodeRecord node, @Nullable NodeLoad load, List<PartitionView> partitions) {
        boolean isDrained = node.state() == NodeState.DRAINING
                && load != null
                && load.partitions() == 0
                && load.blocks() == 0
                && ClusterPartitions.areAllWithout(partitions, node.node());
        return new NodeView(node, load, isDrained);
    }

    /** By id; a node that has only just begun is not yet in its own directory. */
    private static List<NodeRecord> nodes(Node now) {
        RingView view = now.ring.view();
        return (view.node(now.self.node()) == null ? view.with(now.self) : view).nodes();
    }

    /** Of this node, now. Asks the disk, so on a worker. */
    Future<NodeLoad> load() {
        return node().compose(now -> view().compose(view -> loops.current().executeBlocking(() -> load(now, view))));
    }

    private NodeLoad load(Node now, @Nullable PartitionsView view) {
        BlockStore.Stats stats = now.stores.blocks().stats();
        long recordBytes = Arrays.stream(Family.values())
                .mapToLong(now.stores.records()::approximateBytes)
                .sum();
        return new NodeLoad(
                view == null ? 0 : view.partitions().size(),
                view == null ? 0 : (int) view.totals().serving(),
                0,
                stats.blocks(),
                recordBytes + stats.segmentBytes(),
                stats.freeBytes(),
                Math.max(0, Math.min(1, loadPerCore())),
                vitals.read());
    }

    /** Running tasks, averaged over a minute; negative where the system does not tell. */
    private static double loadPerCore() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()
                / Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Future<List<PartitionView>> partitions() {
        return node().compose(now -> now.partitions.views());
    }

    @Override
    public Future<ObjectPlaceView> locate(String bucket, String key) {
        return node().compose(now -> objects()
                .compose(serving -> serving.objects
                        .objects()
                        .locate(bucket, new ObjectKey(key))
                        .compose(place -> now.partitions
                                .views()
                                .map(held -> ObjectPlaces.view(now.identity.partitioning(), place, held)))
                        .recover(failure -> Future.failedFuture(problem(failure)))));
    }

    private static Throwable problem(Throwable failure) {
        if (!(failure instanceof ObjectException refusal)) {
            return failure;
        }
        String detail = String.valueOf(refusal.getMessage());
        boolean unknown = refusal.error() == ObjectError.NO_SUCH_BUCKET || refusal.error() == ObjectError.NO_SUCH_KEY;
        return unknown
                ? new ProblemException(404, "No such object", detail)
                : new ProblemException(UNAVAILABLE, "Not answered", detail);
    }
}
