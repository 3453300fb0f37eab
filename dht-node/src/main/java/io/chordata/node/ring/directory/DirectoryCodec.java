package io.chordata.node.ring.directory;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.ring.directory.DirectoryMessage.Ack;
import io.chordata.node.ring.directory.DirectoryMessage.Body;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeReply;
import io.chordata.node.ring.directory.DirectoryMessage.ExchangeRequest;
import io.chordata.node.ring.directory.DirectoryMessage.Gossip;
import io.chordata.node.ring.directory.DirectoryMessage.Header;
import io.chordata.node.ring.directory.DirectoryMessage.Ping;
import io.chordata.node.ring.directory.DirectoryMessage.PingRequest;
import io.chordata.node.ring.directory.DirectoryMessage.PingResult;
import io.chordata.node.ring.directory.DirectoryMessage.Refusal;
import io.chordata.node.ring.view.Contact;
import java.util.ArrayList;
import java.util.List;

/** Messages as bytes ({@code directory.proto}). What decodes is possible in itself; whether it fits, the machine knows. */
public final class DirectoryCodec {
    /** A larger message is nonsense: pieces of a table have half of this at most. */
    static final int MESSAGE_BYTES_MAX = 128 << 10;

    private DirectoryCodec() {}

    public static byte[] encode(DirectoryMessage message) {
        Header sender = message.sender();
        DirectoryProtos.Message.Builder builder = DirectoryProtos.Message.newBuilder()
                .setIncarnation(sender.life().incarnation())
                .setNonce(sender.life().nonce())
                .setVersion(sender.version())
                .setKnown(sender.known());
        if (sender.load() != null) {
            builder.setLoad(NodeCodec.encode(sender.load()));
        }
        message.news().forEach(update -> builder.addNews(NodeCodec.encode(update)));
        message.body().accept(new BodyEncoder(builder));
        return builder.build().toByteArray();
    }

    /** @throws MalformedException if it is none, or says what cannot be */
    public static DirectoryMessage decode(byte[] bytes) throws MalformedException {
        if (bytes.length > MESSAGE_BYTES_MAX) {
            throw new MalformedException(bytes.length + " bytes, at most " + MESSAGE_BYTES_MAX);
        }
        DirectoryProtos.Message message = parse(bytes);
        Life life = new Life(NodeCodec.number(message.getIncarnation()), message.getNonce());
        Load load = message.hasLoad() ? NodeCodec.decode(message.getLoad()) : null;
        Header sender = new Header(life, NodeCodec.number(message.getVersion()), message.getKnown(), load);
        return new DirectoryMessage(sender, body(message), updates(message.getNewsList()));
    }

    private static DirectoryProtos.Message parse(byte[] bytes) throws MalformedException {
        try {
            return DirectoryProtos.Message.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedException("no message: " + e.getMessage());
        }
    }

    private static List<Update> updates(List<DirectoryProtos.Node> nodes) throws MalformedException {
        List<Update> updates = new ArrayList<>(nodes.size());
        for (DirectoryProtos.Node node : nodes) {
            updates.add(NodeCodec.decode(node));
        }
        return updates;
    }

    private static Body body(DirectoryProtos.Message message) throws MalformedException {
        return switch (message.getBodyCase()) {
            case PING -> new Ping(NodeCodec.number(message.getPing().getNumber()));
            case ACK -> new Ack(NodeCodec.number(message.getAck().getNumber()));
            case PING_REQUEST -> body(message.getPingRequest());
            case PING_RESULT -> body(message.getPingResult());
            case GOSSIP -> new Gossip();
            case EXCHANGE_REQUEST -> body(message.getExchangeRequest());
            case EXCHANGE_REPLY -> body(message.getExchangeReply());
            case REFUSAL -> body(message.getRefusal());
            case BODY_NOT_SET -> throw new MalformedException("a message without body");
        };
    }

    private static Body body(DirectoryProtos.PingRequest request) throws MalformedException {
        return new PingRequest(NodeCodec.number(request.getNumber()), NodeCodec.id(request.getTarget()));
    }

    private static Body body(DirectoryProtos.PingResult result) throws MalformedException {
        return new PingResult(NodeCodec.number(result.getNumber()), result.getReached());
    }

    private static Body body(DirectoryProtos.ExchangeRequest request) throws MalformedException {
        if (request.getHashesCount() != MemberTable.BUCKETS) {
            throw new MalformedException(request.getHashesCount() + " hashes, not " + MemberTable.BUCKETS);
        }
        return new ExchangeRequest(
                NodeCodec.number(request.getNumber()),
                NodeCodec.optionalId(request.getAfter()),
                request.getHashesList());
    }

    private static Body body(DirectoryProtos.ExchangeReply reply) throws MalformedException {
        List<Update> members = updates(reply.getMembersList());
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i - 1).node().compareTo(members.get(i).node()) >= 0) {
                throw new MalformedException("the nodes of a piece are not in order");
            }
        }
        return new ExchangeReply(
                NodeCodec.number(reply.getNumber()),
                reply.getBuckets(),
                NodeCodec.optionalId(reply.getUpTo()),
                members);
    }

    private static Body body(DirectoryProtos.Refusal refusal) throws MalformedException {
        return new Refusal(
                new Life(NodeCodec.number(refusal.getIncarnation()), refusal.getNonce()),
                reason(refusal.getReason()),
                refusal.hasOther() ? contact(refusal.getOther()) : null);
    }

    private static RefusalReason reason(DirectoryProtos.Refusal.Reason reason) throws MalformedException {
        return switch (reason) {
            case DECOMMISSIONED -> RefusalReason.DECOMMISSIONED;
            case STALE_START -> RefusalReason.STALE_START;
            case ALREADY_LIVE -> RefusalReason.ALREADY_LIVE;
            case UNKNOWN, UNRECOGNIZED -> throw new MalformedException("unknown reason");
        };
    }

    private static Contact contact(DirectoryProtos.Contact contact) throws MalformedException {
        try {
            return new Contact(
                    NodeCodec.id(contact.getId()),
                    NodeCodec.address(contact.getAddress()),
                    NodeCodec.number(contact.getIncarnation()));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("impossible contact: " + e.getMessage());
        }
    }

    /** Puts a body into the message of its kind. */
    private record BodyEncoder(DirectoryProtos.Message.Builder message) implements DirectoryMessage.Visitor {
        @Override
        public void onPing(Ping ping) {
            message.getPingBuilder().setNumber(ping.number());
        }

        @Override
        public void onAck(Ack ack) {
            message.getAckBuilder().setNumber(ack.number());
        }

        @Override
        public void onPingRequest(PingRequest request) {
            message.getPingRequestBuilder().setNumber(request.number()).setTarget(NodeCodec.encode(request.target()));
        }

        @Override
        public void onPingResult(PingResult result) {
            message.getPingResultBuilder().setNumber(result.number()).setReached(result.reached());
        }

        @Override
        public void onGossip(Gossip gossip) {
            message.getGossipBuilder();
        }

        @Override
        public void onExchangeRequest(ExchangeRequest request) {
            DirectoryProtos.ExchangeRequest.Builder builder = message.getExchangeRequestBuilder()
                    .setNumber(request.number())
                    .addAllHashes(request.hashes());
            NodeId after = request.after();
            if (after != null) {
                builder.setAfter(NodeCodec.encode(after));
            }
        }

        @Override
        public void onExchangeReply(ExchangeReply reply) {
            DirectoryProtos.ExchangeReply.Builder builder =
                    message.getExchangeReplyBuilder().setNumber(reply.number()).setBuckets(reply.buckets());
            NodeId upTo = reply.upTo();
            if (upTo != null) {
                builder.setUpTo(NodeCodec.encode(upTo));
            }
            reply.members().forEach(update -> builder.addMembers(NodeCodec.encode(update)));
        }

        @Override
        public void onRefusal(Refusal refusal) {
            DirectoryProtos.Refusal.Builder builder = message.getRefusalBuilder()
                    .setIncarnation(refusal.refused().incarnation())
                    .setNonce(refusal.refused().nonce())
                    .setReason(encode(refusal.reason()));
            Contact other = refusal.other();
            if (other != null) {
                builder.setOther(encode(other));
            }
        }

        private static DirectoryProtos.Refusal.Reason encode(RefusalReason reason) {
            return switch (reason) {
                case DECOMMISSIONED -> DirectoryProtos.Refusal.Reason.DECOMMISSIONED;
                case STALE_START -> DirectoryProtos.Refusal.Reason.STALE_START;
                case ALREADY_LIVE -> DirectoryProtos.Refusal.Reason.ALREADY_LIVE;
            };
        }

        private static DirectoryProtos.Contact.Builder encode(Contact contact) {
            return DirectoryProtos.Contact.newBuilder()
                    .setId(NodeCodec.encode(contact.node()))
                    .setAddress(NodeCodec.encode(contact.address()))
                    .setIncarnation(contact.incarnation());
        }
    }
}
