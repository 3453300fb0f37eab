package io.chordata.node.ring.status;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Peers;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.LookupResult.Reason;
import io.chordata.node.ring.status.LookupReport.End;
import io.chordata.node.ring.status.LookupReport.Found;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.LookupReport.Stopped;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.Position;
import io.chordata.node.ring.view.RingView;
import io.chordata.node.sim.SimLoops;
import io.chordata.node.sim.SimPeerNetwork;
import io.chordata.node.sim.SimPeers;
import io.chordata.node.sim.SimScheduler;
import io.chordata.node.sim.SimTimers;
import io.chordata.node.sim.TestNodes;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Simulated nodes on one ring that is in order; what each of them reports follows from the view that all have. */
public final class RingWorld {
    private static final int SUCCESSORS = 4;
    public static final Partitioning PARTITIONING = Partitioning.DEFAULT;

    private static final ClusterId CLUSTER = new ClusterId(new Uint128(1, 1));

    public final SimScheduler scheduler;
    final int positionsPerNode;
    private final Partitioning partitioning;
    public final SimLoops loops;
    private final SimPeerNetwork network;
    private RingView view = RingView.EMPTY;

    public RingWorld(long seed, int nodes, int positionsPerNode) {
        this(seed, nodes, positionsPerNode, PARTITIONING);
    }

    RingWorld(long seed, int nodes, int positionsPerNode, Partitioning partitioning) {
        this.partitioning = partitioning;
        this.scheduler = new SimScheduler(seed);
        this.loops = new SimLoops(scheduler, 2);
        this.network = new SimPeerNetwork(scheduler);
        this.positionsPerNode = positionsPerNode;
        List<NodeRecord> records = new ArrayList<>();
        for (int number = 0; number < nodes; number++) {
            records.add(record(number));
        }
        view = view.change(records, List.of());
    }

    public static NodeId id(int number) {
        return TestNodes.id(number);
    }

    private NodeRecord record(int number) {
        return TestNodes.record(number, Collections.nCopies(positionsPerNode, 0), NodeState.ALIVE);
    }

    public RingView view() {
        return view;
    }

    public NodeRecord node(int number) {
        NodeRecord record = view.node(id(number));
        if (record == null) {
            throw new IllegalArgumentException("there is no node " + number);
        }
        return record;
    }

    public void become(int number, NodeState state) {
        view = view.with(node(number).withState(state));
    }

    /** Its place in the view is as this says from now on. */
    public void set(NodeRecord record) {
        view = view.with(record);
    }

    public void forget(int number) {
        view = view.without(id(number));
    }

    /** A process of that node, which serves nothing yet. */
    public SimPeers start(int number) {
        return new SimPeers(network, CLUSTER, id(number), node(number).contact().address(), peer -> {});
    }

    /** A process of that node that answers the others by what it believes. */
    public void serve(int number, OwnRing own) {
        start(number).serve(Peers.Service.STATUS, new StatusResponder(own));
    }

    /** The ring from that node, which answers, too. */
    public ClusterRing ringOf(int number) {
        return ringOf(start(number), new TrueRing(number));
    }

    public ClusterRing ringOf(SimPeers peers, OwnRing own) {
        ClusterRing ring = new ClusterRing(
                new ClusterRing.Ports(own, partitioning, peers, loops, new SimTimers(scheduler, loops)),
                loops.ownerOf(new PartitionId(1)));
        ring.serve();
        return ring;
    }

    public <T> T await(Future<T> future) {
        return scheduler.await(future);
    }

    /** Tells what is. */
    public class TrueRing implements OwnRing {
        public final List<PartitionReport> partitions = new ArrayList<>();
        public FlowReport flows = FlowReport.NOTHING;
        private final int number;
        int asked;

        public TrueRing(int number) {
            this.number = number;
        }

        /** How often others wanted to know something of it, or itself did. */
        public int asked() {
            return asked;
        }

        @Override
        public NodeId node() {
            return id(number);
        }

        @Override
        public RingView view() {
            return view;
        }

        @Override
        public Future<List<PositionReport>> positions(boolean withFingers) {
            asked++;
            return Future.succeededFuture(view.positionsOf(node()).stream()
                    .sorted(Comparator.comparingInt(Position::index))
                    .map(position -> report(position, withFingers))
                    .toList());
        }

        @Override
        public Future<List<PartitionReport>> partitions() {
            asked++;
            return Future.succeededFuture(List.copyOf(partitions));
        }

        @Override
        public FlowReport flows() {
            asked++;
            return flows;
        }

        private PositionReport report(Position position, boolean withFingers) {
            Position predecessor = view.predecessor(position.id());
            List<RingId> successors = new ArrayList<>();
            Iterator<Position> walk = view.clockwise(position.id());
            walk.next();
            while (walk.hasNext() && successors.size() < SUCCESSORS) {
                successors.add(walk.next().id());
            }
            if (successors.isEmpty()) {
                successors.add(position.id());
            }
            return new PositionReport(
                    position.index(),
                    position.candidate(),
                    predecessor == null ? position.id() : predecessor.id(),
                    successors,
                    withFingers ? fingers(position) : List.of());
        }

        private List<FingerReport> fingers(Position position) {
            List<FingerReport> fingers = new ArrayList<>();
            for (int exponent = 100; exponent < 128; exponent++) {
                RingId start = position.id().plus(new Uint128(1L << (exponent - 64), 0));
                Position finger = view.successor(start);
                if (finger != null) {
                    fingers.add(new FingerReport(
                            exponent, finger.id(), finger.owner().node()));
                }
            }
            return fingers;
        }

        @Override
        public Future<LookupReport> lookup(RingId id, boolean viaFingers) {
            Position owner = view.successor(id);
            if (owner == null) {
                return Future.succeededFuture(new Stopped(Reason.NOBODY_CLOSER, new End(id, node()), List.of()));
            }
            Source source = viaFingers ? Source.FINGER : Source.DIRECTORY;
            NodeId node = owner.owner().node();
            return Future.succeededFuture(new Found(
                    owner.id(),
                    node,
                    List.of(new Hop(node(), null, Source.SELF, 0), new Hop(node, null, source, 900))));
        }
    }
}
