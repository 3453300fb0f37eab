package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import io.chordata.node.ring.directory.DirectoryMessage.Ping;
import io.chordata.node.ring.directory.DirectoryMessage.PingRequest;
import io.chordata.node.ring.directory.DirectoryMessage.PingResult;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Pings for others that got no answer themselves, and tells them either way before their time is up. */
final class Relays {
    private static final int OPEN_MAX = 256;

    private final Parts parts;
    private final Own own;
    private final Courier courier;
    private final Map<Long, Relay> open = new TreeMap<>();

    private record Relay(NodeId asker, long number, NodeId target, Agenda.Task end) {}

    Relays(Parts parts, Own own, Courier courier) {
        this.parts = parts;
        this.own = own;
        this.courier = courier;
    }

    void onRequest(Entry asker, PingRequest request) {
        Entry target = parts.table().get(request.target());
        if (target == null || !isWorthAsking(target) || open.size() >= OPEN_MAX) {
            courier.send(asker, new PingResult(request.number(), false));
            return;
        }
        long number = parts.numbers().next();
        Agenda.Task end = parts.agenda().in(timeoutMillis(), () -> finish(number, false));
        open.put(number, new Relay(asker.node(), request.number(), target.node(), end));
        courier.send(target, new Ping(number));
    }

    private boolean isWorthAsking(Entry target) {
        return !target.member().isDecommissioned() && !target.node().equals(own.node());
    }

    /** Whether it answers an open question. */
    boolean onAck(Entry from, long number) {
        Relay relay = open.get(number);
        if (relay == null || !relay.target().equals(from.node())) {
            return false;
        }
        finish(number, true);
        return true;
    }

    void onUnreachable(NodeId target) {
        List<Long> hopeless = open.entrySet().stream()
                .filter(each -> each.getValue().target().equals(target))
                .map(Map.Entry::getKey)
                .toList();
        hopeless.forEach(number -> finish(number, false));
    }

    /** Early enough that the asker has the answer before it ends its probe. */
    private long timeoutMillis() {
        DirectoryOptions options = parts.options();
        return (options.probePeriodMillis() - options.probeTimeoutMillis()) * 4 / 5;
    }

    private void finish(long number, boolean reached) {
        Relay relay = open.remove(number);
        if (relay == null) {
            return;
        }
        parts.agenda().cancel(relay.end());
        Entry asker = parts.table().get(relay.asker());
        if (asker != null) {
            courier.send(asker, new PingResult(relay.number(), reached));
        }
    }
}
