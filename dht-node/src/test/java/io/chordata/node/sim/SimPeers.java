package io.chordata.node.sim;

import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeAddress;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.PeerRefusedException;
import io.chordata.node.core.PeerUnreachableException;
import io.chordata.node.core.PeerUnreachableException.Found;
import io.chordata.node.core.Peers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The simulated twin of {@link Peers}: one process on a {@link SimPeerNetwork}. A restart makes a new one. */
public final class SimPeers implements Peers {
    private static final String UNSERVED = "it does not serve that";

    private final long number;
    private final SimPeerNetwork network;
    private final ClusterId cluster;
    private final NodeId node;
    private final NodeAddress address;
    private final Listener listener;
    private final Map<Service, Receiver> receivers = new EnumMap<>(Service.class);
    private final Map<Long, OpenCall> calls = new TreeMap<>();
    private long lastRequest;
    private boolean stopped;

    private record OpenCall(Peer to, SimPeers process, Promise<Buffer> promise) {}

    /** @param cluster {@link ClusterId#NONE} for a node that has none yet */
    public SimPeers(SimPeerNetwork network, ClusterId cluster, NodeId node, NodeAddress address, Listener listener) {
        this.network = network;
        this.cluster = cluster;
        this.node = node;
        this.address = address;
        this.listener = listener;
        this.number = network.nextNumber();
        network.listen(address, this);
    }

    NodeId node() {
        return node;
    }

    NodeAddress address() {
        return address;
    }

    long number() {
        return number;
    }

    boolean isStopped() {
        return stopped;
    }

    public void stop() {
        stopped = true;
        network.stop(address);
        new ArrayList<>(calls.keySet()).forEach(request -> fail(request, "this node stops"));
    }

    @Override
    public void serve(Service service, Receiver receiver) {
        if (receivers.putIfAbsent(service, receiver) != null) {
            throw new IllegalStateException(service + " has a receiver");
        }
    }

    @Override
    public void send(Peer to, Service service, Buffer message) {
        requireFits(service, message);
        SimPeers process = find(to);
        if (process == null) {
            network.after(this, () -> listener.onUnreachable(to));
            return;
        }
        if (isBarred(process, service)) {
            return;
        }
        Buffer copy = message.copy();
        network.deliver(this, process, other -> other.onMessage(node, service, copy));
    }

    @Override
    public Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis) {
        requireFits(service, request);
        Promise<Buffer> promise = Promise.promise();
        SimPeers process = find(to);
        if (process == null) {
            network.after(this, () -> refuse(to, promise));
            return promise.future();
        }
        long number = ++lastRequest;
        calls.put(number, new OpenCall(to, process, promise));
        network.afterMillis(timeoutMillis, () -> fail(number, "not within " + timeoutMillis + " ms"));
        Buffer copy = request.copy();
        network.deliver(this, process, other -> other.onRequest(this, service, number, copy));
        return promise.future();
    }

    private boolean isBarred(SimPeers other, Service service) {
        return (cluster.isNone() || other.cluster.isNone()) && !service.isForNewcomers();
    }

    private boolean isOfOtherCluster(SimPeers other) {
        return !cluster.isNone() && !other.cluster.isNone() && !cluster.equals(other.cluster);
    }

    private static void requireFits(Service service, Buffer bytes) {
        if (bytes.length() > service.bytesMax()) {
            throw new IllegalArgumentException(service + " takes at most " + service.bytesMax() + " bytes");
        }
    }

    /** As in the handshake, nodes of other clusters are refused, and one on a copy of this one's disk. */
    private @Nullable SimPeers find(Peer to) {
        SimPeers found = network.at(to.address(), to.node());
        boolean isRefused = found != null && (found.node.equals(node) || isOfOtherCluster(found));
        return stopped || isRefused ? null : found;
    }

    private void refuse(Peer to, Promise<Buffer> promise) {
        Found found = to.address().equals(address) ? Found.THE_ASKER : Found.NOBODY_KNOWN;
        promise.fail(new PeerUnreachableException(to, "nobody else is there", found).unsent());
        listener.onUnreachable(to);
    }

    private void onMessage(NodeId from, Service service, Buffer message) {
        Receiver receiver = receivers.get(service);
        if (receiver != null) {
            receiver.onMessage(from, message);
        }
    }

    private void onRequest(SimPeers from, Service service, long request, Buffer payload) {
        Receiver receiver = receivers.get(service);
        if (receiver == null || isBarred(from, service)) {
            reply(from, request, Future.failedFuture(UNSERVED));
        } else {
            ask(receiver, from.node, payload)
                    .onComplete(done -> reply(
                            from,
                            request,
                            done.succeeded()
                                    ? Future.succeededFuture(done.result().copy())
                                    : Future.failedFuture("it failed")));
        }
    }

    private static Future<Buffer> ask(Receiver receiver, NodeId from, Buffer payload) {
        try {
            return receiver.onCall(from, payload);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void reply(SimPeers to, long request, Future<Buffer> outcome) {
        network.deliver(this, to, asker -> asker.onOutcome(request, outcome));
    }

    private void onOutcome(long request, Future<Buffer> outcome) {
        OpenCall call = calls.remove(request);
        if (call == null) {
            return;
        }
        if (outcome.succeeded()) {
            call.promise().complete(outcome.result());
        } else {
            String why = String.valueOf(outcome.cause().getMessage());
            call.promise().fail(new PeerRefusedException(call.to(), why, UNSERVED.equals(why)));
        }
    }

    void onBroken(SimPeers process) {
        listener.onUnreachable(new Peer(process.address, process.node));
        failAll(process, "the connection broke");
    }

    private void failAll(SimPeers process, String why) {
        for (Map.Entry<Long, OpenCall> call : new ArrayList<>(calls.entrySet())) {
            if (call.getValue().process() == process) {
                fail(call.getKey(), why);
            }
        }
    }

    void onDisconnected(SimPeers process) {
        for (Map.Entry<Long, OpenCall> call : new ArrayList<>(calls.entrySet())) {
            if (call.getValue().process() == process) {
                listener.onUnreachable(call.getValue().to());
                fail(call.getKey(), "it stopped");
            }
        }
    }

    private void fail(long request, String why) {
        OpenCall call = calls.remove(request);
        if (call != null) {
            call.promise().fail(new PeerUnreachableException(call.to(), why));
        }
    }
}
