package io.chordata.node.partition.move;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes ask each other about members that move, as bytes ({@code moves.proto}). What decodes is possible in itself. */
final class MoveCodec {
    private static final int DESIRED_MAX = 64;
    private static final int ID_BYTES = 16;
    private static final NewcomerAnswer[] ANSWERS = NewcomerAnswer.values();

    private MoveCodec() {}

    /** One method for each question. */
    interface Questions<T> {
        T onAsk(PartitionId partition, List<NodeId> desired, boolean isComing);

        T onOrder(PartitionId partition, RemovalOrder order);

        T onIsNeeded(PartitionId partition, long generation, Member asker);
    }

    static Buffer ask(PartitionId partition, List<NodeId> desired, boolean isComing) {
        MoveProtos.NewcomerQuestion.Builder question =
                MoveProtos.NewcomerQuestion.newBuilder().setComing(isComing);
        desired.forEach(
                node -> question.addDesired(ByteString.copyFrom(node.value().toBytes())));
        return bytes(about(partition).setNewcomer(question));
    }

    static Buffer order(PartitionId partition, RemovalOrder order) {
        return bytes(about(partition).setOrder(toProto(order)));
    }

    static Buffer isNeeded(PartitionId partition, long generation, long tenure) {
        return bytes(about(partition).setNeededTenure(tenure).setNeededGeneration(generation));
    }

    private static MoveProtos.MoveQuestion.Builder about(PartitionId partition) {
        return MoveProtos.MoveQuestion.newBuilder().setPartition(partition.number());
    }

    private static Buffer bytes(MoveProtos.MoveQuestion.Builder question) {
        return Buffer.buffer(question.build().toByteArray());
    }

    private static MoveProtos.RemovalOrder toProto(RemovalOrder order) {
        return MoveProtos.RemovalOrder.newBuilder()
                .setGeneration(order.generation())
                .setTenure(order.removed().tenure())
                .setConfigurationIndex(order.configurationIndex())
                .setCommittedIndex(order.committedIndex())
                .build();
    }

    /**
     * @param self who is asked
     * @param from who asks
     * @throws IllegalArgumentException if that is no question
     */
    static <T> T readQuestion(
            Partitioning partitioning, NodeId self, NodeId from, byte[] bytes, Questions<T> questions) {
        MoveProtos.MoveQuestion question = parse(bytes, MoveProtos.MoveQuestion::parseFrom);
        int number = question.getPartition();
        if (number < 0 || number >= partitioning.count()) {
            throw new IllegalArgumentException("no partition " + Integer.toUnsignedString(number));
        }
        PartitionId partition = new PartitionId(number);
        return switch (question.getQuestionCase()) {
            case NEWCOMER ->
                questions.onAsk(
                        partition,
                        nodes(question.getNewcomer().getDesiredList()),
                        question.getNewcomer().getComing());
            case ORDER -> questions.onOrder(partition, order(self, question.getOrder()));
            case NEEDED_TENURE ->
                questions.onIsNeeded(
                        partition, question.getNeededGeneration(), new Member(from, question.getNeededTenure()));
            case QUESTION_NOT_SET -> throw new IllegalArgumentException("an unknown question");
        };
    }

    private static List<NodeId> nodes(List<ByteString> ids) {
        if (ids.size() > DESIRED_MAX) {
            throw new IllegalArgumentException(ids.size() + " desired members");
        }
        List<NodeId> nodes = new ArrayList<>();
        ids.forEach(id -> nodes.add(node(id)));
        return nodes;
    }

    private static NodeId node(ByteString id) {
        if (id.size() != ID_BYTES) {
            throw new IllegalArgumentException("a node's id of " + id.size() + " bytes");
        }
        return new NodeId(Uint128.fromBytes(id.toByteArray(), 0));
    }

    private static RemovalOrder order(NodeId removed, MoveProtos.RemovalOrder order) {
        return new RemovalOrder(
                order.getGeneration(),
                new Member(removed, order.getTenure()),
                order.getConfigurationIndex(),
                order.getCommittedIndex());
    }

    static Buffer answer(NewcomerAnswer answer) {
        return Buffer.buffer(MoveProtos.MoveReply.newBuilder()
                .setNewcomerValue(answer.ordinal() + 1)
                .build()
                .toByteArray());
    }

    /** @param order null if the asker may be needed */
    static Buffer answer(@Nullable RemovalOrder order) {
        MoveProtos.MoveReply.Builder reply = MoveProtos.MoveReply.newBuilder();
        if (order != null) {
            reply.setOrder(toProto(order));
        }
        return Buffer.buffer(reply.build().toByteArray());
    }

    static NewcomerAnswer readNewcomerAnswer(byte[] bytes) {
        int value = parse(bytes, MoveProtos.MoveReply::parseFrom).getNewcomerValue();
        if (value < 1 || value > ANSWERS.length) {
            throw new IllegalArgumentException("an unknown answer: " + value);
        }
        return ANSWERS[value - 1];
    }

    /** @param asker who asked whether it is needed */
    static @Nullable RemovalOrder readOrder(NodeId asker, byte[] bytes) {
        MoveProtos.MoveReply reply = parse(bytes, MoveProtos.MoveReply::parseFrom);
        return reply.hasOrder() ? order(asker, reply.getOrder()) : null;
    }

    private interface Parser<T> {
        T parse(byte[] bytes) throws InvalidProtocolBufferException;
    }

    private static <T> T parse(byte[] bytes, Parser<T> parser) {
        try {
            return parser.parse(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("not to be read: " + e.getMessage(), e);
        }
    }
}
