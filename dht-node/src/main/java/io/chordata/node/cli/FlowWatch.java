package io.chordata.node.cli;

import io.chordata.node.core.Clock;
import io.chordata.node.core.Loop;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PeerBytes;
import io.chordata.node.core.Timers;
import io.chordata.node.ring.status.FlowReport;
import io.chordata.node.ring.status.FlowReport.Kind;
import io.chordata.node.ring.status.FlowReport.Link;
import io.chordata.node.ring.status.FlowReport.Requests;
import io.chordata.node.ring.status.LatencyCounts;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What went through this node within the last ten seconds: looks once a second, and keeps ten looks. */
final class FlowWatch {
    static final int STEPS = 10;

    private static final long STEP_MILLIS = 1_000;

    private final Supplier<Requests> requests;
    private final Clock clock;
    private final Timers timers;
    private final Deque<FlowReport> steps = new ArrayDeque<>();
    private final Map<Source, Map<NodeId, Long>> told = new TreeMap<>(Comparator.comparing(Source::name));
    private List<Source> sources = List.of();
    private long lookedNanos;
    private volatile FlowReport latest = FlowReport.NOTHING;
    private volatile boolean stopped;

    /**
     * Bytes between this node and others.
     *
     * @param name tells it from other sources of the same kind
     */
    record Source(String name, Kind kind, PeerBytes bytes) {}

    /** @param requests of S3 since it was last asked */
    FlowWatch(Supplier<Requests> requests, Clock clock, Timers timers) {
        this.requests = requests;
        this.clock = clock;
        this.timers = timers;
        this.lookedNanos = clock.monotonicNanos();
    }

    /** From any thread. */
    FlowReport latest() {
        return latest;
    }

    /** @param loop on which it looks */
    void start(List<Source> from, Loop loop) {
        loop.execute(() -> {
            sources = from;
            timers.once(STEP_MILLIS, this::look);
        });
    }

    private void look() {
        if (stopped) {
            return;
        }
        long now = clock.monotonicNanos();
        long millis = Math.max(1, TimeUnit.NANOSECONDS.toMillis(now - lookedNanos));
        lookedNanos = now;
        steps.add(new FlowReport(millis, requests.get(), takeLinks()));
        if (steps.size() > STEPS) {
            steps.remove();
        }
        latest = sum(List.copyOf(steps));
        timers.once(STEP_MILLIS, this::look);
    }

    private List<Link> takeLinks() {
        List<Link> links = new ArrayList<>();
        for (Source source : sources) {
            Map<NodeId, Long> now = source.bytes().byPeer();
            Map<NodeId, Long> before = told.getOrDefault(source, Map.of());
            now.forEach((peer, bytes) -> {
                long grown = bytes - before.getOrDefault(peer, 0L);
                if (grown > 0) {
                    links.add(new Link(peer, source.kind(), grown));
                }
            });
            told.put(source, now);
        }
        return heaviest(links);
    }

    private static List<Link> heaviest(List<Link> links) {
        return links.stream()
                .sorted(Comparator.comparingLong(Link::bytes).reversed())
                .limit(FlowReport.LINKS_MAX)
                .toList();
    }

    static FlowReport sum(List<FlowReport> steps) {
        long millis = 0;
        Requests all = FlowReport.NOTHING.requests();
        SortedMap<Kind, SortedMap<NodeId, Long>> links = new TreeMap<>();
        for (FlowReport step : steps) {
            millis += step.millis();
            all = plus(all, step.requests());
            step.links()
                    .forEach(link -> links.computeIfAbsent(link.kind(), added -> new TreeMap<>())
                            .merge(link.peer(), link.bytes(), Long::sum));
        }
        List<Link> summed = new ArrayList<>();
        links.forEach((kind, byPeer) -> byPeer.forEach((peer, bytes) -> summed.add(new Link(peer, kind, bytes))));
        return new FlowReport(Math.max(1, millis), all, heaviest(summed));
    }

    private static Requests plus(Requests a, Requests b) {
        SortedMap<String, LatencyCounts> operations = new TreeMap<>(a.operations());
        b.operations().forEach((name, counts) -> operations.merge(name, counts, LatencyCounts::plus));
        return new Requests(
                a.answered() + b.answered(),
                a.failed() + b.failed(),
                a.receivedBytes() + b.receivedBytes(),
                a.sentBytes() + b.sentBytes(),
                operations);
    }

    /** Nothing new begins. */
    void stop() {
        stopped = true;
    }
}
