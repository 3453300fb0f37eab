package io.chordata.node.cli;

import io.chordata.node.admin.PartitionView;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Timers;
import io.chordata.node.core.Timers.Timer;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectException;
import io.chordata.node.partition.GroupKnowledge;
import io.chordata.node.partition.RoutedPartitions;
import io.chordata.node.partition.raft.Member;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.s3.Routing;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells clients who holds what; looks once a second whether anything that this node has heard is another. */
final class NodeRouting implements Routing {
    private static final long LOOK_MILLIS = 1_000;

    private final Timers timers;
    private volatile long version;
    private volatile @Nullable Parts parts;
    private @Nullable Timer timer;
    private List<Group> groups = List.of();
    private long viewVersion;

    /** What it tells by, once the node is on the ring. */
    record Parts(
            Supplier<RingView> view, Partitioning partitioning, RoutedPartitions known, ClusterPartitions cluster) {}

    private record Group(List<NodeId> members, @Nullable NodeId leader) {
        private static final Group UNKNOWN = new Group(List.of(), null);

        static Group of(@Nullable GroupKnowledge known) {
            if (known == null) {
                return UNKNOWN;
            }
            Member leader = known.leader();
            return new Group(
                    known.configuration().members().stream().map(Member::node).toList(),
                    leader == null ? null : leader.node());
        }
    }

    /** @param version from where it rises: the time, so that it does over restarts */
    NodeRouting(Timers timers, long version) {
        this.timers = timers;
        this.version = version;
    }

    /** On the loop on which it is to look. */
    void serving(Parts now) {
        parts = now;
        look();
    }

    private void look() {
        Parts now = parts;
        if (now == null) {
            return;
        }
        List<Group> next = new ArrayList<>();
        for (int number = 0; number < now.partitioning.count(); number++) {
            next.add(Group.of(now.known.known(new PartitionId(number))));
        }
        long nextView = now.view.get().version();
        if (nextView != viewVersion || !next.equals(groups)) {
            viewVersion = nextView;
            groups = next;
            version = version + 1;
        }
        timer = timers.once(LOOK_MILLIS, this::look);
    }

    void stop() {
        parts = null;
        if (timer != null) {
            timer.cancel();
        }
    }

    @Override
    public long version() {
        return version;
    }

    @Override
    public Future<Table> table() {
        Parts now = parts;
        return now == null
                ? Future.failedFuture(new ObjectException(ObjectError.UNAVAILABLE, NodeStatus.STARTING))
                : now.cluster
                        .views()
                        .map(views -> new Table(
                                nodes(now.view.get()),
                                views.stream().map(NodeRouting::partition).toList()));
    }

    private static List<Node> nodes(RingView view) {
        return view.nodes().stream()
                .filter(node -> node.state() != NodeState.DECOMMISSIONED && node.state() != NodeState.DOWN)
                .map(NodeRouting::node)
                .toList();
    }

    private static Node node(NodeRecord node) {
        return new Node(node.node().toString(), node.s3().toString());
    }

    private static Partition partition(PartitionView view) {
        return new Partition(view.point(), view.voters(), view.leader());
    }
}
