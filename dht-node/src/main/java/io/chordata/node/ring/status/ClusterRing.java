package io.chordata.node.ring.status;

import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.Loops;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Timers;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ring of the whole cluster, seen from this node. The other nodes are asked about themselves, never about each other, so
 * the picture shows what each of them really believes, faults included.
 *
 * <p>However many people ask for the whole ring, the nodes are asked once a second at most: a picture serves for that long, and
 * whoever asks while one is drawn gets that one. It is drawn on one loop; the methods may be called from any, and answer there.
 */
public final class ClusterRing {
    /** A picture of a larger ring would fill the memory. Some 2,000 nodes of weight 1. */
    public static final int POSITIONS_MAX = 65_536;

    private static final long FRESH_MILLIS = 1_000;

    private final Ports ports;
    private final Loop home;
    private final StatusAsker asker;
    private @Nullable Future<RingPicture> latest;

    /** What it works with. */
    public record Ports(OwnRing own, Peers peers, Loops loops, Timers timers) {}

    /** @param home where pictures are drawn */
    public ClusterRing(Ports ports, Loop home) {
        this.ports = ports;
        this.home = home;
        this.asker = new StatusAsker(ports.peers());
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
        return LoopCalls.call(ports.loops(), home, this::latest);
    }

    private Future<RingPicture> latest() {
        Future<RingPicture> known = latest;
        if (known != null) {
            return known;
        }
        Future<RingPicture> next = draw(view());
        latest = next;
        next.onComplete(drawn -> ports.timers().once(FRESH_MILLIS, () -> latest = null));
        return next;
    }

    private Future<RingPicture> draw(RingView view) {
        return view.positionCount() > POSITIONS_MAX
                ? Future.failedFuture(new RingTooLargeException(view.positionCount()))
                : new SurveyRound(ports, asker, view).run();
    }

    /** The part of one node, with its fingers; it is asked each time. */
    public Future<RingPicture> of(NodeRecord node) {
        long version = view().version();
        return positions(node)
                .map(told -> new PictureBuilder().picture(version, node, told))
                .otherwise(failure -> PictureBuilder.untold(version, node, view().positionsOf(node.node())));
    }

    private Future<List<PositionReport>> positions(NodeRecord node) {
        if (node.node().equals(ports.own().node())) {
            return ports.own().positions(true);
        }
        return isAskable(node)
                ? asker.positions(node, true)
                : Future.failedFuture("it is " + node.state() + ", so nobody asks it");
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
        NodeId own = ports.own().node();
        return from.node().equals(own) ? ports.own().lookup(id, viaFingers) : asker.lookup(from, id, viaFingers);
    }
}
