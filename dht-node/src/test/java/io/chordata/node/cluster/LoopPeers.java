package io.chordata.node.cluster;

import io.chordata.node.core.Loop;
import io.chordata.node.core.LoopCalls;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.sim.SimLoops;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Peers as a process has them: what comes from the network comes on one of its loops, and not while it stands still. */
final class LoopPeers implements Peers {
    private final Peers network;
    private final SimLoops loops;
    private final Loop connections;

    LoopPeers(Peers network, SimLoops loops) {
        this.network = network;
        this.loops = loops;
        this.connections = loops.ownerOf(new PartitionId(0));
    }

    @Override
    public void send(Peer to, Service service, Buffer message) {
        network.send(to, service, message);
    }

    @Override
    public Future<Buffer> call(Peer to, Service service, Buffer request, long timeoutMillis) {
        return LoopCalls.here(loops, network.call(to, service, request, timeoutMillis));
    }

    @Override
    public void serve(Service service, Receiver receiver) {
        network.serve(service, new Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {
                connections.execute(() -> receiver.onMessage(from, message));
            }

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                Promise<Buffer> promise = Promise.promise();
                connections.execute(() -> answer(receiver, from, request).onComplete(promise));
                return promise.future();
            }
        });
    }

    private static Future<Buffer> answer(Receiver receiver, NodeId from, Buffer request) {
        try {
            return receiver.onCall(from, request);
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
