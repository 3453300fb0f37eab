package io.chordata.node.ring.status;

import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Timers;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ring of the whole cluster, what its nodes hold and what goes through them, seen from this node. The other nodes are asked about themselves, never
 * about each other, so the pictures show what each of them really believes, faults included.
 *
 * <p>However many people ask about the whole cluster, the nodes are asked once a second at most: a picture serves for that long, and
 * whoever asks while one is drawn gets that one. It is drawn on one loop; the methods may be called from any, and answer there.
 */
public final class ClusterRing {
    /** A picture of a larger ring would fill the memory. Some 2,000 nodes of weight 1. */
    public static final int POSITIONS_MAX = 65_536;

    private final Ports ports;
    private final Loop home;
    private final StatusAsker asker;
    private final Shared<RingPicture> ring;
    private final Shared<PartitionsPicture> partitions;
    private final Shared<FlowsPicture> flows;

    /** What it works with. */
    public record Ports(OwnRing own, Partitioning partitioning, Peers peers, Loops loops, Timers timers) {}

    /** @param home where pictures are drawn */
    public ClusterRing(Ports ports, Loop home) {
        this.ports = ports;
        this.home = home;
        this.asker = new StatusAsker(ports.peers(), ports.timers());
        this.ring = new Shared<>(ports.timers());
        this.partitions = new Shared<>(ports.timers());
        this.flows = new Shared<>(ports.timers());
    }

    /** From now on other nodes are answered. */
    public void serve() {
        ports.peers().serve(Service.STATUS, new StatusResponder(ports.own()));
    }

    /** Who is known at this moment. */
    public RingView view() {
        return ports.own().view();
    }

    /** Fails with {@link RingTooLargeException} where the ring has more than {@link #POSITIONS_MAX} positions. */
    public Future<RingPicture> whole() {
        return LoopCalls.call(ports.loops(), home, () -> ring.get(() -> draw(view())));
    }

    private Future<RingPicture> draw(RingView view) {
        if (view.positionCount() > POSITIONS_MAX) {
            return Future.failedFuture(new RingTooLargeException(view.positionCount()));
        }
        PictureBuilder picture = new PictureBuilder();
        return new SurveyRound<>(ports.timers(), view.nodes(), this::positions, picture::add)
                .run()
                .map(untold -> {
                    untold.forEach(node -> picture.addUntold(node, view.positionsOf(node.node())));
                    return picture.picture(view.version());
                });
    }

    private Future<List<PositionReport>> positions(NodeRecord node) {
        return isOwn(node) ? ports.own().positions(false) : asker.positions(node, false);
    }

    /** Who holds which partitions. A node that has only just begun is not in its own view, but knows what it holds. */
    public Future<PartitionsPicture> partitions() {
        return LoopCalls.call(ports.loops(), home, () -> partitions.get(this::askForPartitions));
    }

    private Future<PartitionsPicture> askForPartitions() {
        SortedMap<NodeId, List<PartitionReport>> told = new TreeMap<>();
        return ownPartitions().compose(held -> {
            told.put(ports.own().node(), held);
            return new SurveyRound<>(
                            ports.timers(),
                            others(),
                            node -> asker.partitions(node, ports.partitioning()),
                            (node, reports) -> told.put(node.node(), reports) == null)
                    .run()
                    .map(untold -> PartitionsPicture.of(
                            told, untold.stream().map(NodeRecord::node).toList()));
        });
    }

    /** What went through the nodes lately. */
    public Future<FlowsPicture> flows() {
        return LoopCalls.call(ports.loops(), home, () -> flows.get(this::askForFlows));
    }

    private Future<FlowsPicture> askForFlows() {
        FlowsBuilder picture = new FlowsBuilder();
        picture.add(ports.own().node(), ports.own().flows());
        return new SurveyRound<>(
                        ports.timers(), others(), asker::flows, (node, report) -> picture.add(node.node(), report))
                .run()
                .map(untold ->
                        picture.picture(untold.stream().map(NodeRecord::node).toList()));
    }

    /** What this node holds; nobody else is asked. */
    public Future<List<PartitionReport>> ownPartitions() {
        return LoopCalls.here(ports.loops(), ports.own().partitions());
    }

    private List<NodeRecord> others() {
        return view().nodes().stream().filter(node -> !isOwn(node)).toList();
    }

    /** The part of one node, with its fingers; it is asked each time. */
    public Future<RingPicture> of(NodeRecord node) {
        long version = view().version();
        return positionsAndFingers(node)
                .map(told -> new PictureBuilder().picture(version, node, told))
                .otherwise(failure -> PictureBuilder.untold(version, node, view().positionsOf(node.node())));
    }

    private Future<List<PositionReport>> positionsAndFingers(NodeRecord node) {
        if (isOwn(node)) {
            return ports.own().positions(true);
        }
        return isAskable(node)
                ? asker.positions(node, true)
                : Future.failedFuture("it is " + node.state() + ", so nobody asks it");
    }

    private boolean isOwn(NodeRecord node) {
        return node.node().equals(ports.own().node());
    }

    static boolean isAskable(NodeRecord node) {
        return node.state() != NodeState.DOWN && node.state() != NodeState.DECOMMISSIONED;
    }

    /**
     * Looks an id up.
     *
     * @param from the node whose lookup it is; if it is another, the future fails where that does not answer
     */
    public Future<LookupReport> lookup(RingId id, NodeRecord from, boolean viaFingers) {
        return isOwn(from) ? ports.own().lookup(id, viaFingers) : asker.lookup(from, id, viaFingers);
    }
}
