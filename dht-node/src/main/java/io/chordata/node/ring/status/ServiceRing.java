package io.chordata.node.ring.status;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.RingId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.Finger;
import io.chordata.node.ring.Pointers;
import io.chordata.node.ring.RingOptions.Routing;
import io.chordata.node.ring.RingService;
import io.chordata.node.ring.RingStatus;
import io.chordata.node.ring.view.Position;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** This node on the ring, as its {@link RingService} knows it; what it holds, its owner tells. */
public final class ServiceRing implements OwnRing {
    private static final Routing FINGERS_AND_LISTS = new Routing(true, false, false);
    private static final Comparator<FingerReport> BY_EXPONENT = Comparator.comparingInt(FingerReport::exponent);

    private final NodeId node;
    private final RingService service;
    private final Supplier<Future<List<PartitionReport>>> partitions;
    private final Supplier<FlowReport> flows;
    private volatile @Nullable Reports latest;

    /** What a status comes to, so that it is not worked out for each who asks. */
    private record Reports(RingStatus of, boolean withFingers, List<PositionReport> reports) {}

    /**
     * @param node this one
     * @param partitions that it holds, by rising number
     * @param flows that went through it lately
     */
    public ServiceRing(
            NodeId node,
            RingService service,
            Supplier<Future<List<PartitionReport>>> partitions,
            Supplier<FlowReport> flows) {
        this.node = node;
        this.service = service;
        this.partitions = partitions;
        this.flows = flows;
    }

    @Override
    public NodeId node() {
        return node;
    }

    @Override
    public RingView view() {
        return service.view();
    }

    @Override
    public Future<List<PositionReport>> positions(boolean withFingers) {
        return service.ownStatus().map(status -> latest(status, withFingers));
    }

    private List<PositionReport> latest(RingStatus status, boolean withFingers) {
        Reports known = latest;
        if (known == null || known.of != status || known.withFingers != withFingers) {
            known = new Reports(status, withFingers, reports(status, withFingers));
            latest = known;
        }
        return known.reports;
    }

    @Override
    public Future<List<PartitionReport>> partitions() {
        return partitions.get();
    }

    @Override
    public FlowReport flows() {
        return flows.get();
    }

    @Override
    public Future<LookupReport> lookup(RingId id, boolean viaFingers) {
        return (viaFingers ? service.lookup(id, FINGERS_AND_LISTS) : service.lookup(id)).map(LookupReport::of);
    }

    static List<PositionReport> reports(RingStatus status, boolean withFingers) {
        Map<RingId, List<FingerReport>> fingers = new TreeMap<>();
        status.pointers().forEach(pointers -> fingers.put(pointers.at().id(), new ArrayList<>()));
        if (withFingers) {
            status.fingers().forEach(finger -> assign(finger, fingers));
        }
        return status.pointers().stream()
                .map(pointers ->
                        report(pointers, fingers.getOrDefault(pointers.at().id(), List.of())))
                .sorted(Comparator.comparingInt(PositionReport::index))
                .toList();
    }

    /** To the position that it begins a power of two behind of; long fingers are the many. */
    private static void assign(Finger finger, Map<RingId, List<FingerReport>> fingers) {
        for (int exponent = FingerReport.EXPONENT_MAX; exponent >= 0; exponent--) {
            RingId at = finger.start().plus(Uint128.ZERO.minus(FingerReport.distance(exponent)));
            List<FingerReport> own = fingers.get(at);
            if (own != null) {
                Position position = finger.position();
                own.add(new FingerReport(
                        exponent, position.id(), position.owner().node()));
                return;
            }
        }
    }

    private static PositionReport report(Pointers pointers, List<FingerReport> fingers) {
        return new PositionReport(
                pointers.at().index(),
                pointers.at().candidate(),
                pointers.predecessor().id(),
                pointers.successors().stream().map(Position::id).toList(),
                fingers.stream().sorted(BY_EXPONENT).toList());
    }
}
