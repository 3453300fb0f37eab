package io.chordata.node.rpc;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The connections of one event loop; touched by that loop alone. */
final class LoopPeers implements AcceptedConnection.Door {
    private static final long TICK_MILLIS_MIN = 10;
    private static final long TICK_MILLIS_MAX = 1_000;

    private final ContextInternal context;
    private final RpcSetting setting;
    private final Consumer<NodeId> onProved;
    private final Map<Peer, PeerLink> links = new LinkedHashMap<>();

    /** Accepted and not proved yet, the oldest first; at most {@code handshakesMax}. */
    private final Set<AcceptedConnection> strangers = new LinkedHashSet<>();

    private final Set<AcceptedConnection> accepted = new LinkedHashSet<>();
    private boolean stopped;

    LoopPeers(ContextInternal context, RpcSetting setting, Consumer<NodeId> onProved) {
        this.context = context;
        this.setting = setting;
        this.onProved = onProved;
    }

    void start() {
        long period = Math.max(
                TICK_MILLIS_MIN, Math.min(TICK_MILLIS_MAX, setting.options().heartbeatMillis() / 2));
        context.setPeriodic(period, fired -> tick());
    }

    /** Runs {@code task} on this loop, at once if that is where the caller is. */
    void execute(Runnable task) {
        if (context.nettyEventLoop().inEventLoop()) {
            task.run();
        } else {
            context.nettyEventLoop().execute(task);
        }
    }

    PeerLink linkTo(Peer peer) {
        return links.computeIfAbsent(peer, added -> new PeerLink(added, context, setting));
    }

    void accept(NetSocket socket) {
        if (stopped) {
            socket.close();
            return;
        }
        if (!Sockets.isNode(socket, setting.options())) {
            setting.reports().closed(false, socket.remoteAddress(), Closing.WRONG_NAME);
            socket.close();
            return;
        }
        if (strangers.size() >= setting.options().handshakesMax()) {
            strangers.iterator().next().close(Closing.CROWDED_OUT);
        }
        AcceptedConnection connection = new AcceptedConnection(socket, context, setting, this);
        strangers.add(connection);
        connection.begin();
    }

    @Override
    public void onProved(AcceptedConnection connection, NodeId peer) {
        strangers.remove(connection);
        accepted.add(connection);
        onProved.accept(peer);
    }

    @Override
    public void onEnded(AcceptedConnection connection) {
        strangers.remove(connection);
        accepted.remove(connection);
    }

    void onHeardOf(NodeId node) {
        links.values().forEach(link -> link.onHeardOf(node));
    }

    void stop() {
        stopped = true;
        allAccepted().forEach(connection -> connection.close(Closing.STOPPED));
        new ArrayList<>(links.values()).forEach(PeerLink::stop);
    }

    private void tick() {
        long now = setting.nowNanos();
        allAccepted().forEach(connection -> connection.tick(now));
        new ArrayList<>(links.values()).forEach(link -> link.tick(now));
        if (!stopped) {
            links.values().removeIf(PeerLink::isForgettable);
        }
    }

    private List<AcceptedConnection> allAccepted() {
        List<AcceptedConnection> all = new ArrayList<>(strangers);
        all.addAll(accepted);
        return all;
    }
}
