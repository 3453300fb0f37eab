package io.chordata.node.cli;

import io.chordata.node.admin.PartitionView;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.ring.status.ClusterRing;
import io.chordata.node.ring.status.PartitionReport;
import io.chordata.node.ring.status.PartitionsPicture;
import io.chordata.node.ring.status.PartitionsPicture.Holder;
import io.chordata.node.ring.view.Placement;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who holds the cluster's partitions, as the nodes say themselves, beside who should, as follows from the ring. */
final class ClusterPartitions {
    private final ClusterRing ring;
    private final Partitioning partitioning;
    private final Placements placements;

    ClusterPartitions(ClusterRing ring, Partitioning partitioning, Placements placements) {
        this.ring = ring;
        this.partitioning = partitioning;
        this.placements = placements;
    }

    /**
     * Sums over all partitions.
     *
     * @param copies of the partition that has the fewest
     * @param lacking partitions that one who should hold them does not
     * @param unserved partitions that nobody takes commands for
     * @param moving partitions with members that are on their way
     * @param zonesYielded partitions that should stand in fewer zones than they could, so that no node is overloaded
     */
    record Figures(int copies, int lacking, int unserved, int moving, int zonesYielded) {
        private Figures plus(Group group) {
            return new Figures(
                    Math.min(copies, group.copies()),
                    lacking + (group.lacks() ? 1 : 0),
                    unserved + (group.leader() == null ? 1 : 0),
                    moving + (group.isMoving() ? 1 : 0),
                    zonesYielded);
        }
    }

    private record Group(PartitionId partition, List<NodeId> desired, List<Holder> holders) {
        private static final Comparator<PartitionReport> BY_AGE =
                Comparator.comparingLong(PartitionReport::term).thenComparingLong(PartitionReport::commitIndex);

        /** Of several that take it for theirs, the one with the newest log. */
        @Nullable
        Holder leader() {
            return newest(holders.stream().filter(holder -> holder.report().isServing()));
        }

        private static @Nullable Holder newest(Stream<Holder> some) {
            return some.max(Comparator.comparing(Holder::report, BY_AGE)).orElse(null);
        }

        /** Who knows best of those who tell. */
        private @Nullable Holder teller() {
            Holder leader = leader();
            return leader != null ? leader : newest(holders.stream());
        }

        /** As the one says who knows best; where that one says nothing of others, those who hold it. */
        List<NodeId> voters() {
            Holder teller = teller();
            return teller == null || teller.report().voters().isEmpty()
                    ? holders.stream().map(Holder::node).toList()
                    : teller.report().voters();
        }

        List<NodeId> learners() {
            Holder teller = teller();
            return teller == null ? List.of() : teller.report().learners();
        }

        /** Members who say themselves that they hold it. */
        int copies() {
            List<NodeId> voters = voters();
            List<NodeId> learners = learners();
            return (int) holders.stream()
                    .map(Holder::node)
                    .filter(node -> voters.contains(node) || learners.contains(node))
                    .count();
        }

        /** Of an even number of members one stays a learner, as voters are odd in number. */
        boolean isMoving() {
            return learners().size() > (desired.size() % 2 == 0 ? 1 : 0) || isChanging();
        }

        /** While its voters change, those who come get what they lack, and those who go may be needed yet. */
        boolean lacks() {
            return !voters().containsAll(desired) || isChanging();
        }

        private boolean isChanging() {
            Holder teller = teller();
            return teller != null && teller.report().isChanging();
        }

        PartitionView view(Partitioning partitioning) {
            Holder leader = leader();
            Holder newest = teller();
            return new PartitionView(
                    partition.number(),
                    partitioning.point(partition).toString(),
                    texts(desired),
                    texts(voters()),
                    texts(learners()),
                    leader == null ? null : leader.node().toString(),
                    newest == null ? 0 : newest.report().term(),
                    newest == null ? 0 : newest.report().commitIndex(),
                    null,
                    null,
                    null,
                    leader == null ? "unavailable" : state());
        }

        private String state() {
            return isMoving() ? "moving" : lacks() ? "short" : "healthy";
        }

        private static List<String> texts(List<NodeId> nodes) {
            return nodes.stream().map(NodeId::toString).toList();
        }
    }

    /** In order of their numbers. */
    Future<List<PartitionView>> views() {
        return groups((wanted, groups) ->
                groups.map(group -> group.view(partitioning)).toList());
    }

    Future<Figures> figures() {
        return groups((wanted, groups) -> groups.reduce(
                new Figures(Integer.MAX_VALUE, 0, 0, 0, wanted.yielded().size()), Figures::plus, (one, other) -> one));
    }

    private <T> Future<T> groups(BiFunction<Placement, Stream<Group>, T> sum) {
        return ring.partitions()
                .compose(held -> placements
                        .of(ring.view())
                        .map(wanted -> sum.apply(
                                wanted,
                                partitions().map(id -> new Group(id, wanted.replicas(id), held.holdersOf(id))))));
    }

    private Stream<PartitionId> partitions() {
        return IntStream.range(0, partitioning.count()).mapToObj(PartitionId::new);
    }

    /** Whether the leader of each of them says that the node is no member. */
    static boolean areAllWithout(List<PartitionView> views, NodeId node) {
        String id = node.toString();
        return views.stream()
                .allMatch(view -> view.leader() != null
                        && !view.voters().contains(id)
                        && !view.learners().contains(id));
    }

    /** Whether somebody takes commands for each of them. A node that does so for all need not ask. */
    Future<Boolean> areServed() {
        return ring.ownPartitions()
                .compose(own -> own.stream().filter(PartitionReport::isServing).count() == partitioning.count()
                        ? Future.succeededFuture(true)
                        : ring.partitions().map(this::areServed));
    }

    /** Whether somebody takes commands for any of them. */
    Future<Boolean> isAnyServed() {
        return ring.partitions().map(held -> partitions().anyMatch(held::isServed));
    }

    private boolean areServed(PartitionsPicture held) {
        return partitions().allMatch(held::isServed);
    }
}
