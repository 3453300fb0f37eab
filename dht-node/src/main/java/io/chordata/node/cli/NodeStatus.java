package io.chordata.node.cli;

import io.chordata.node.admin.ClusterStatus;
import io.chordata.node.admin.ClusterView;
import io.chordata.node.admin.NodeView;
import io.chordata.node.admin.ObjectPlaceView;
import io.chordata.node.admin.ObjectPlaceView.BlockPlace;
import io.chordata.node.admin.PartitionView;
import io.chordata.node.admin.ProblemException;
import io.chordata.node.config.HostPort;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.core.BlockRef;
import io.chordata.node.core.BlockStore;
import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.RecordStore.Family;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectException;
import io.chordata.node.object.ObjectKey;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.object.ObjectPlace;
import io.chordata.node.partition.LocalPartitions;
import io.chordata.node.partition.PartitionsView;
import io.chordata.node.ring.view.Contact;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Weight;
import io.chordata.node.storage.Identity;
import io.vertx.core.Future;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of a cluster of one, from what the node itself knows; nothing is made up before it serves. */
final class NodeStatus implements ClusterStatus {
    /** An answer names no more blocks than this, so that a huge object cannot fill the memory. */
    private static final int BLOCKS_SHOWN_MAX = 10_000;

    private static final int UNAVAILABLE = 503;

    private final NodeConfig config;
    private volatile @Nullable Parts parts;
    private volatile String whyNot = "the node is starting";

    /** What a serving node consists of. */
    record Parts(
            Identity identity,
            NodeStores stores,
            LocalPartitions partitions,
            ObjectLayer objects,
            HostPort s3,
            HostPort admin) {}

    NodeStatus(NodeConfig config) {
        this.config = config;
    }

    void serving(Parts now) {
        parts = now;
    }

    void notServing(String why) {
        whyNot = why;
    }

    private Future<Parts> parts() {
        Parts now = parts;
        return now == null
                ? Future.failedFuture(new ProblemException(UNAVAILABLE, "Not serving", whyNot))
                : Future.succeededFuture(now);
    }

    @Override
    public Future<ClusterView> cluster() {
        return parts().compose(now -> now.partitions.view().map(view -> cluster(now, view)));
    }

    private static ClusterView cluster(Parts now, PartitionsView view) {
        int count = view.partitions().size();
        int unavailable = count - (int) view.totals().serving();
        String state = unavailable == 0 ? "healthy" : unavailable == count ? "unavailable" : "degraded";
        return new ClusterView(now.identity.cluster().toString(), 1, count, 1, 1, state, unavailable, unavailable, 0);
    }

    @Override
    public Future<List<NodeView>> nodes() {
        return parts().compose(now -> now.partitions.view().map(view -> List.of(node(now, view))));
    }

    private NodeView node(Parts now, PartitionsView view) {
        return new NodeView(
                new NodeRecord(
                        new Contact(now.identity.node(), address(config.cluster().advertise()), now.identity.incarnation()),
                        config.name(),
                        address(now.s3),
                        address(now.admin),
                        config.zone(),
                        Weight.ONE,
                        NodeVersion.text(),
                        List.of(),
                        NodeState.ALIVE,
                        NodeState.ALIVE),
                load(now, view));
    }

    private static NodeAddress address(HostPort address) {
        return new NodeAddress(address.host(), address.port());
    }

    private static NodeLoad load(Parts now, PartitionsView view) {
        BlockStore.Stats stats = now.stores.blocks().stats();
        long recordBytes = Arrays.stream(Family.values())
                .mapToLong(now.stores.records()::approximateBytes)
                .sum();
        return new NodeLoad(
                view.partitions().size(),
                (int) view.totals().serving(),
                0,
                stats.blocks(),
                recordBytes + stats.segmentBytes(),
                stats.freeBytes(),
                Math.max(0, Math.min(1, loadPerCore())));
    }

    private static double loadPerCore() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? load : load / Runtime.getRuntime().availableProcessors();
    }

    @Override
    public Future<List<PartitionView>> partitions() {
        return parts().compose(now -> now.partitions
                .view()
                .map(view -> view.partitions().stream()
                        .map(partition -> partition(now, partition))
                        .toList()));
    }

    private static PartitionView partition(Parts now, PartitionsView.PartitionView view) {
        List<String> members = members(now);
        return new PartitionView(
                view.partition().number(),
                now.identity.partitioning().point(view.partition()).toString(),
                members,
                members,
                List.of(),
                view.isServing() ? members.get(0) : null,
                view.term(),
                view.commitIndex(),
                null,
                null,
                null,
                view.isServing() ? "healthy" : "unavailable");
    }

    private static List<String> members(Parts now) {
        return List.of(now.identity.node().toString());
    }

    @Override
    public Future<ObjectPlaceView> locate(String bucket, String key) {
        return parts().compose(now -> now.objects
                .objects()
                .locate(bucket, new ObjectKey(key))
                .map(place -> place(now, place))
                .recover(failure -> Future.failedFuture(problem(failure))));
    }

    private static ObjectPlaceView place(Parts now, ObjectPlace place) {
        List<String> members = members(now);
        return new ObjectPlaceView(
                place.index().number(),
                members.get(0),
                members,
                place.object().versionId(),
                place.object().size(),
                place.inline(),
                blocks(now.identity.partitioning(), place, members));
    }

    private static List<BlockPlace> blocks(Partitioning partitioning, ObjectPlace place, List<String> members) {
        List<BlockPlace> blocks = new ArrayList<>();
        place.bodies().forEach(body -> {
            for (int i = 0; i < body.blocks() && blocks.size() < BLOCKS_SHOWN_MAX; i++) {
                BlockRef block = BlockRef.of(partitioning, body.id(), i);
                String id = DerivedIds.blockId(body.id(), i).toString();
                blocks.add(new BlockPlace(blocks.size(), id, block.partition().number(), members));
            }
        });
        return blocks;
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
