package io.chordata.node.admin;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.status.FlowReport.Kind;
import io.chordata.node.ring.status.FlowsPicture;
import io.chordata.node.ring.status.FlowsPicture.LinkFlow;
import io.chordata.node.ring.status.FlowsPicture.NodeFlow;
import io.chordata.node.ring.status.FlowsPicture.OperationFlow;
import io.chordata.node.ring.status.LookupReport.Hop;
import io.chordata.node.ring.status.LookupReport.Source;
import io.chordata.node.ring.status.RingPicture;
import io.chordata.node.ring.status.RingPicture.FingerPicture;
import io.chordata.node.ring.status.RingPicture.Neighbours;
import io.chordata.node.ring.status.RingPicture.PositionPicture;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A ring of two nodes, of which the second does not answer; or one that is as large as a test wants it. */
final class FixedRing implements RingQueries {
    private static final NodeId ONE = AdminFixtures.id(1);
    private static final NodeId TWO = AdminFixtures.id(2);
    private static final List<PositionPicture> POSITIONS = List.of(
            new PositionPicture(id(1), ONE, new Neighbours(id(2), List.of(id(2)))),
            new PositionPicture(id(2), TWO, null));

    volatile int positions = POSITIONS.size();
    volatile @Nullable String lastLookup;

    static RingId id(int number) {
        return new RingId(new Uint128(0, number));
    }

    @Override
    public Future<RingPicture> ring() {
        List<PositionPicture> all = new ArrayList<>(POSITIONS);
        for (int number = all.size() + 1; number <= positions; number++) {
            all.add(new PositionPicture(id(number), ONE, new Neighbours(id(number - 1), List.of(id(number + 1)))));
        }
        return Future.succeededFuture(new RingPicture(12, all, List.of(TWO), null));
    }

    @Override
    public Future<RingPicture> ring(NodeId node) {
        if (node.equals(ONE)) {
            return Future.succeededFuture(new RingPicture(
                    12, POSITIONS.subList(0, 1), List.of(), List.of(new FingerPicture(id(9), id(2), TWO))));
        }
        return Future.failedFuture(new ProblemException(400, "Unknown node", "there is no node " + node));
    }

    @Override
    public Future<FlowsPicture> flows() {
        return Future.succeededFuture(new FlowsPicture(
                List.of(new NodeFlow(ONE, 12.34, 1, 1_000.4, 2_000.6, 3_000), new NodeFlow(TWO, 0, 0, 0, 0, 0)),
                List.of(new OperationFlow("GetObject", 12.34, 1_000, 3_000)),
                List.of(new LinkFlow(ONE, TWO, Kind.REPLICATION, 4_096), new LinkFlow(TWO, ONE, Kind.MOVEMENT, 12.6)),
                3,
                List.of(AdminFixtures.id(3))));
    }

    @Override
    public Future<LookupView> lookup(RingId id, @Nullable NodeId from, boolean viaFingers) {
        lastLookup = id + " from " + from + " " + viaFingers;
        if (id.equals(id(503))) {
            return Future.failedFuture(new ProblemException(503, "Lookup stopped", "the lookup stopped at its start"));
        }
        return Future.succeededFuture(new LookupView(
                id,
                id(2),
                TWO,
                0,
                List.of(TWO, ONE),
                List.of(new Hop(ONE, null, Source.SELF, 0), new Hop(TWO, id(2), Source.FINGER, 1_500))));
    }
}
