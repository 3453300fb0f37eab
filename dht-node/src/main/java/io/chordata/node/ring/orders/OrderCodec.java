package io.chordata.node.ring.orders;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.ring.view.Departure;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Orders and replies as bytes ({@code orders.proto}). What does not decode is an {@link IllegalArgumentException}. */
final class OrderCodec {
    private OrderCodec() {}

    static Buffer encode(DepartureOrder order) {
        return Buffer.buffer(OrderProtos.Order.newBuilder()
                .setDeparture(
                        switch (order.departure()) {
                            case NONE -> OrderProtos.Departure.STAY;
                            case DRAIN -> OrderProtos.Departure.DRAIN;
                            case DECOMMISSION -> OrderProtos.Departure.DECOMMISSION;
                        })
                .setAskedBy(order.askedBy())
                .setNode(ByteString.copyFrom(order.node().value().toBytes()))
                .build()
                .toByteArray());
    }

    static DepartureOrder order(Buffer bytes) {
        try {
            OrderProtos.Order order = OrderProtos.Order.parseFrom(bytes.getBytes());
            Departure departure = switch (order.getDeparture()) {
                case STAY -> Departure.NONE;
                case DRAIN -> Departure.DRAIN;
                case DECOMMISSION -> Departure.DECOMMISSION;
                case UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("an unknown order");
            };
            return new DepartureOrder(node(order.getNode()), departure, order.getAskedBy());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no order: " + e.getMessage(), e);
        }
    }

    private static NodeId node(ByteString bytes) {
        if (bytes.size() != Uint128.BYTES) {
            throw new IllegalArgumentException("an id of " + bytes.size() + " bytes");
        }
        return new NodeId(Uint128.fromBytes(bytes.toByteArray(), 0));
    }

    static Buffer reply(@Nullable String refusal) {
        return Buffer.buffer(OrderProtos.Reply.newBuilder()
                .setRefusal(refusal == null ? "" : refusal)
                .build()
                .toByteArray());
    }

    static @Nullable String refusal(Buffer bytes) {
        try {
            String refusal = OrderProtos.Reply.parseFrom(bytes.getBytes()).getRefusal();
            return refusal.isEmpty() ? null : refusal;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no reply to an order: " + e.getMessage(), e);
        }
    }
}
