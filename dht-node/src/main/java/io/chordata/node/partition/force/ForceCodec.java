package io.chordata.node.partition.force;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.partition.raft.ConfigurationCodec;
import io.chordata.node.partition.raft.Member;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is asked of nodes about what they have of a partition, as bytes ({@code force.proto}). */
final class ForceCodec {
    private ForceCodec() {}

    static Buffer survey(PartitionId partition) {
        return bytes(about(partition).setSurvey(true));
    }

    static Buffer promise(PartitionId partition, long generation) {
        return bytes(about(partition).setPromise(generation));
    }

    static Buffer begin(PartitionId partition, long generation) {
        return bytes(about(partition).setBegin(generation));
    }

    static Buffer giveWay(PartitionId partition, long generation) {
        return bytes(about(partition).setGiveWay(generation));
    }

    private static ForceProtos.ForceQuestion.Builder about(PartitionId partition) {
        return ForceProtos.ForceQuestion.newBuilder().setPartition(partition.number());
    }

    private static Buffer bytes(ForceProtos.ForceQuestion.Builder question) {
        return Buffer.buffer(question.build().toByteArray());
    }

    /** @throws IllegalArgumentException if that is no question */
    static Future<Remains> ask(Partitioning partitioning, byte[] bytes, LocalRemains remains) {
        ForceProtos.ForceQuestion question = parse(bytes, ForceProtos.ForceQuestion::parseFrom);
        int number = question.getPartition();
        if (number < 0 || number >= partitioning.count()) {
            throw new IllegalArgumentException("no partition " + Integer.toUnsignedString(number));
        }
        PartitionId partition = new PartitionId(number);
        return switch (question.getQuestionCase()) {
            case SURVEY -> remains.survey(partition);
            case PROMISE -> remains.promise(partition, question.getPromise());
            case BEGIN -> remains.begin(partition, question.getBegin());
            case GIVE_WAY -> remains.giveWay(partition, question.getGiveWay());
            case QUESTION_NOT_SET -> throw new IllegalArgumentException("an unknown question");
        };
    }

    static Buffer answer(Remains remains) {
        ForceProtos.Remains.Builder answer = ForceProtos.Remains.newBuilder()
                .setGeneration(remains.generation())
                .setPromised(remains.promised());
        Remains.Copy copy = remains.copy();
        if (copy != null) {
            answer.setCopy(toProto(copy));
        }
        return Buffer.buffer(answer.build().toByteArray());
    }

    private static ForceProtos.Copy toProto(Remains.Copy copy) {
        String unfit = copy.unfit();
        ForceProtos.Copy.Builder proto = ForceProtos.Copy.newBuilder();
        copy.terms()
                .forEach((first, term) -> proto.addTerms(
                        ForceProtos.TermRun.newBuilder().setFirstIndex(first).setTerm(term)));
        return proto.setTenure(copy.self().tenure())
                .setLastTerm(copy.lastTerm())
                .setLastIndex(copy.lastIndex())
                .setNewestIndex(copy.newest().index())
                .setNewest(ByteString.copyFrom(ConfigurationCodec.encode(copy.newest())))
                .setCommittedIndex(copy.committed().index())
                .setCommitted(ByteString.copyFrom(ConfigurationCodec.encode(copy.committed())))
                .setUnfit(unfit == null ? "" : unfit)
                .build();
    }

    /** @param node who answered */
    static Remains readRemains(NodeId node, byte[] bytes) {
        ForceProtos.Remains answer = parse(bytes, ForceProtos.Remains::parseFrom);
        return new Remains(
                answer.getGeneration(), answer.getPromised(), answer.hasCopy() ? copy(node, answer.getCopy()) : null);
    }

    private static Remains.Copy copy(NodeId node, ForceProtos.Copy copy) {
        @Nullable String unfit = copy.getUnfit().isEmpty() ? null : copy.getUnfit();
        TreeMap<Long, Long> terms = new TreeMap<>();
        copy.getTermsList().forEach(run -> terms.put(run.getFirstIndex(), run.getTerm()));
        return new Remains.Copy(
                new Member(node, copy.getTenure()),
                copy.getLastTerm(),
                copy.getLastIndex(),
                ConfigurationCodec.decode(
                        copy.getNewestIndex(), copy.getNewest().toByteArray()),
                ConfigurationCodec.decode(
                        copy.getCommittedIndex(), copy.getCommitted().toByteArray()),
                unfit,
                terms);
    }

    private interface Parser<T> {
        T parse(byte[] bytes) throws InvalidProtocolBufferException;
    }

    private static <T> T parse(byte[] bytes, Parser<T> parser) {
        try {
            return parser.parse(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no question and no answer", e);
        }
    }
}
