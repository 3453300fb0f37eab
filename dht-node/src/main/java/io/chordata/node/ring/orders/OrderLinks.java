package io.chordata.node.ring.orders;

import io.chordata.node.core.NodeId;
import io.chordata.node.core.Peer;
import io.chordata.node.core.Peers;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.ring.view.NodeRecord;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Brings orders to the nodes that they concern, by {@link Service#ORDERS}. */
public final class OrderLinks {
    private static final long REPLY_MILLIS = 5_000;

    private final Peers peers;

    public OrderLinks(Peers peers) {
        this.peers = peers;
    }

    /** Completes with why the node refuses; null if it does not. Fails as {@link Peers#call} does. */
    public Future<@Nullable String> bring(DepartureOrder order, NodeRecord to) {
        return peers.call(
                        new Peer(to.contact().address(), to.node()),
                        Service.ORDERS,
                        OrderCodec.encode(order),
                        REPLY_MILLIS)
                .map(OrderCodec::refusal);
    }

    /** Gets what other nodes bring. */
    public interface Receiver {
        /** Completes with why it refuses; null if it does not. */
        Future<@Nullable String> onOrder(NodeId from, DepartureOrder order);
    }

    public void serve(Receiver receiver) {
        peers.serve(Service.ORDERS, new Peers.Receiver() {
            @Override
            public void onMessage(NodeId from, Buffer message) {}

            @Override
            public Future<Buffer> onCall(NodeId from, Buffer request) {
                return receiver.onOrder(from, OrderCodec.order(request)).map(OrderCodec::reply);
            }
        });
    }
}
