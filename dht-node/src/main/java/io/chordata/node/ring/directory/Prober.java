package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.directory.DirectoryMessage.Ping;
import io.chordata.node.ring.directory.DirectoryMessage.PingRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who is there (SWIM, section 3.1): each period one node is pinged; where no answer comes in time, others are asked to
 * ping it, too; where none of them gets an answer before the period ends, it is accused.
 */
final class Prober {
    private static final int OPEN_MAX = 64;

    private final Parts parts;
    private final Courier courier;
    private final Judge judge;
    private final Runnable onPeriod;
    private final Consumer<Entry> onReconnected;
    private final Map<NodeId, Probe> open = new TreeMap<>();

    /** One node in question. */
    private static final class Probe {
        private final long number;
        private final long sinceMillis;
        private final boolean isReconnect;
        private final TreeSet<NodeId> helpers = new TreeSet<>();
        private final TreeSet<NodeId> failedHelpers = new TreeSet<>();
        private boolean isRefused;
        private boolean hasAskedOthers;
        private Agenda.@Nullable Task next;

        private Probe(long number, long sinceMillis, boolean isReconnect) {
            this.number = number;
            this.sinceMillis = sinceMillis;
            this.isReconnect = isReconnect;
        }
    }

    /** @param onPeriod called as each period begins */
    Prober(Parts parts, Courier courier, Judge judge, Runnable onPeriod, Consumer<Entry> onReconnected) {
        this.parts = parts;
        this.courier = courier;
        this.judge = judge;
        this.onPeriod = onPeriod;
        this.onReconnected = onReconnected;
    }

    void start() {
        DirectoryOptions options = parts.options();
        parts.agenda().in(parts.random().nextInt((int) options.probePeriodMillis()), this::onPeriod);
        parts.agenda().in(parts.jitter(options.reconnectPeriodMillis()), this::onReconnectPeriod);
    }

    private void onPeriod() {
        long period = parts.health().scale(parts.options().probePeriodMillis());
        parts.agenda().in(parts.jitter(period), this::onPeriod);
        onPeriod.run();
        NodeId target = parts.order().next(parts::isUp);
        if (target != null) {
            probe(target);
        }
    }

    /** So often that a node that is down is tried about once a period by the whole cluster together. */
    private void onReconnectPeriod() {
        parts.agenda().in(parts.jitter(parts.options().reconnectPeriodMillis()), this::onReconnectPeriod);
        if (parts.random().nextInt(parts.table().size()) < parts.table().downCount()) {
            parts.count(Counter.RECONNECTS);
            parts.order().sample(1, parts::isDown).forEach(this::probe);
        }
    }

    /** At once, unless it is being probed. */
    void probe(NodeId target) {
        Entry entry = parts.table().get(target);
        if (entry == null || entry.member().isDecommissioned() || open.containsKey(target) || open.size() >= OPEN_MAX) {
            return;
        }
        parts.count(Counter.PROBES);
        Probe probe = new Probe(
                parts.numbers().next(), parts.agenda().now(), entry.member().isDown());
        open.put(target, probe);
        probe.next =
                parts.agenda().in(parts.health().scale(parts.options().probeTimeoutMillis()), () -> askOthers(target));
        courier.send(entry, new Ping(probe.number));
    }

    /** A connection broke, or none could be made: no need to wait for an answer. */
    void onUnreachable(NodeId target) {
        Probe probe = open.get(target);
        if (probe == null) {
            if (parts.isUp(target)) {
                probe(target);
            }
        } else if (!probe.hasAskedOthers) {
            probe.isRefused = true;
            cancel(probe);
            askOthers(target);
        }
    }

    /** Whether it answers an open question. */
    boolean onAck(Entry from, long number) {
        Probe probe = open.get(from.node());
        if (probe == null || probe.number != number) {
            return false;
        }
        succeed(from.node(), probe);
        return true;
    }

    boolean onPingResult(Entry from, long number, boolean reached) {
        for (Map.Entry<NodeId, Probe> each : open.entrySet()) {
            Probe probe = each.getValue();
            if (probe.number == number && probe.helpers.contains(from.node())) {
                onPingResult(each.getKey(), probe, from.node(), reached);
                return true;
            }
        }
        return false;
    }

    private void onPingResult(NodeId target, Probe probe, NodeId helper, boolean reached) {
        if (reached) {
            parts.count(Counter.INDIRECT_RESCUES);
            succeed(target, probe);
            return;
        }
        probe.failedHelpers.add(helper);
        if (probe.isRefused && probe.failedHelpers.size() == probe.helpers.size()) {
            cancel(probe);
            fail(target);
        }
    }

    /** Also asks the target once more: the first ping, or its answer, may have been lost. */
    private void askOthers(NodeId target) {
        Probe probe = open.get(target);
        Entry entry = parts.table().get(target);
        if (probe == null || entry == null) {
            open.remove(target);
            return;
        }
        DirectoryOptions options = parts.options();
        long rest = options.probePeriodMillis() - options.probeTimeoutMillis();
        probe.hasAskedOthers = true;
        probe.next = parts.agenda().in(parts.health().scale(rest), () -> fail(target));
        if (!probe.isReconnect) {
            askOthers(entry, probe);
        }
    }

    private void askOthers(Entry target, Probe probe) {
        List<NodeId> helpers = parts.order()
                .sample(parts.options().indirectProbes(), node -> parts.isWell(node) && !node.equals(target.node()));
        for (NodeId helper : helpers) {
            Entry entry = parts.table().get(helper);
            if (entry != null) {
                parts.count(Counter.INDIRECT_PROBES);
                probe.helpers.add(helper);
                courier.send(entry, new PingRequest(probe.number, target.node()));
            }
        }
        if (!probe.isRefused) {
            courier.send(target, new Ping(probe.number));
        }
    }

    private void succeed(NodeId target, Probe probe) {
        open.remove(target);
        cancel(probe);
        parts.health().better();
        Entry entry = parts.table().get(target);
        if (probe.isReconnect && entry != null) {
            onReconnected.accept(entry);
        }
    }

    private void fail(NodeId target) {
        Probe probe = open.remove(target);
        Entry entry = parts.table().get(target);
        if (probe == null || entry == null || probe.isReconnect || entry.isHeardSince(probe.sinceMillis)) {
            return;
        }
        parts.count(Counter.PROBES_FAILED);
        parts.health().worse(blame(probe));
        judge.accuse(entry);
    }

    /** How far it may be this node's own fault: helpers that say nothing at all are a bad sign. */
    private static int blame(Probe probe) {
        if (probe.helpers.isEmpty()) {
            return probe.isRefused ? 0 : 1;
        }
        return probe.helpers.size() - probe.failedHelpers.size();
    }

    private void cancel(Probe probe) {
        if (probe.next != null) {
            parts.agenda().cancel(probe.next);
        }
    }
}
