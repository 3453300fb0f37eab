package io.chordata.node.cli;

import io.chordata.node.admin.EventLog;
import io.chordata.node.admin.Metric;
import io.chordata.node.admin.NodeMeters;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Timers;
import io.chordata.node.ring.RingEvent;
import io.chordata.node.ring.RingEvent.NodeChanged;
import io.chordata.node.ring.RingEvent.PhaseChanged;
import io.chordata.node.ring.RingEvent.PointersChanged;
import io.chordata.node.ring.RingEvent.ViewChanged;
import io.chordata.node.ring.RingEvent.Warned;
import io.chordata.node.ring.RingEvents.Following;
import io.chordata.node.ring.RingFigures;
import io.chordata.node.ring.RingRule;
import io.chordata.node.ring.RingService;
import io.chordata.node.ring.directory.Counter;
import io.chordata.node.ring.view.NodeLoad;
import io.chordata.node.ring.view.NodeRecord;
import io.chordata.node.ring.view.NodeState;
import io.chordata.node.ring.view.RingView;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the ring every few seconds for the metrics, as a scrape cannot wait for its loop; says at the same time how loaded
 * this node is; and writes what happens on the ring into the log of events.
 */
final class RingWatch {
    private static final long PERIOD_MILLIS = 2_000;

    private final RingService ring;
    private final NodeId own;
    private final Supplier<Future<NodeLoad>> load;
    private final Consumer<RingView> onLook;
    private final Timers timers;
    private final Loop loop;
    private volatile @Nullable RingFigures latest;
    private volatile boolean stopped;
    private @Nullable Following following;

    /**
     * @param load of this node, now
     * @param onLook told at each look who is there
     */
    RingWatch(
            RingService ring,
            NodeId own,
            Supplier<Future<NodeLoad>> load,
            Consumer<RingView> onLook,
            Timers timers,
            Loop loop) {
        this.ring = ring;
        this.own = own;
        this.load = load;
        this.onLook = onLook;
        this.timers = timers;
        this.loop = loop;
    }

    void start(NodeMeters meters, EventLog events) {
        bindRing(meters);
        bindDirectory(meters);
        following = ring.events().follow(event -> log(event, events));
        loop.execute(this::look);
    }

    private void bindRing(NodeMeters meters) {
        meters.count(
                Metric.RING_LOOKUPS,
                () -> value(figures -> figures.lookups() - figures.lookupsStopped()),
                "result",
                "found");
        meters.count(Metric.RING_LOOKUPS, () -> value(RingFigures::lookupsStopped), "result", "stopped");
        meters.count(Metric.RING_HOPS, () -> value(RingFigures::lookupHops));
        meters.gauge(Metric.RING_LOOKUPS_OPEN, () -> value(RingFigures::lookupsOpen));
        meters.gauge(Metric.RING_POSITIONS, () -> value(RingFigures::positions));
        meters.gauge(Metric.RING_VIEW_VERSION, () -> value(RingFigures::viewVersion));
        meters.gauge(
                Metric.RING_VIEW_AGE, () -> value(RingFigures::viewAgeMillis) / (double) TimeUnit.SECONDS.toMillis(1));
        meters.count(
                Metric.RING_MESSAGES_REFUSED, () -> value(RingFigures::messagesUnreadable), "reason", "unreadable");
        meters.count(Metric.RING_MESSAGES_REFUSED, () -> value(RingFigures::messagesTooLarge), "reason", "too_large");
        meters.count(Metric.RING_MESSAGES_REFUSED, () -> value(RingFigures::messagesDropped), "reason", "crowded");
        for (RingRule rule : RingRule.values()) {
            meters.count(
                    Metric.RING_STEPS,
                    () -> value(figures -> figures.rules().getOrDefault(rule, 0L)),
                    "step",
                    RpcWatch.lower(rule));
        }
    }

    private void bindDirectory(NodeMeters meters) {
        for (Counter counter : Counter.values()) {
            meters.count(
                    Metric.DIRECTORY_STEPS,
                    () -> value(figures -> figures.directory().getOrDefault(counter, 0L)),
                    "step",
                    RpcWatch.lower(counter));
        }
        for (NodeState state : NodeState.values()) {
            meters.gauge(Metric.DIRECTORY_NODES, () -> nodesIn(state), "state", RpcWatch.lower(state));
        }
    }

    private double nodesIn(NodeState state) {
        return ring.view().nodes().stream()
                .filter(node -> node.state() == state)
                .count();
    }

    private double value(ToLongFunction<RingFigures> value) {
        RingFigures figures = latest;
        return figures == null ? 0 : value.applyAsLong(figures);
    }

    private void look() {
        if (stopped) {
            return;
        }
        onLook.accept(ring.view());
        load.get().onSuccess(ring::report);
        ring.figures()
                .onSuccess(figures -> latest = figures)
                .onComplete(done -> timers.once(PERIOD_MILLIS, this::look));
    }

    private void log(RingEvent event, EventLog log) {
        if (event instanceof NodeChanged changed) {
            log(changed, log);
        } else if (event instanceof PointersChanged changed) {
            log.pointers(
                    changed.wallMillis(),
                    own,
                    changed.pointers().stream()
                            .map(pointers -> pointers.at().id())
                            .toList());
        } else if (event instanceof ViewChanged changed) {
            log.view(changed.wallMillis(), changed.version());
        } else if (event instanceof PhaseChanged changed) {
            log.phase(changed.wallMillis(), own, changed.phase());
        } else if (event instanceof Warned warned) {
            log.warning(warned.wallMillis(), warned.text());
        }
    }

    private static void log(NodeChanged changed, EventLog log) {
        NodeRecord after = changed.after();
        NodeRecord shown = after != null ? after : changed.before();
        if (shown != null) {
            log.node(changed.wallMillis(), changed.kind(), shown, after == null);
        }
    }

    /** Nothing new begins. */
    void stop() {
        stopped = true;
        Following now = following;
        if (now != null) {
            now.close();
        }
    }
}
