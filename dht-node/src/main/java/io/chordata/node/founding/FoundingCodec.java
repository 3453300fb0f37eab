package io.chordata.node.founding;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.ClusterId;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Partitioning;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.Vote;

/** Questions and answers as bytes ({@code founding.proto}). What decodes is possible in itself. */
public final class FoundingCodec {
    private FoundingCodec() {}

    public static byte[] encode(Question question) {
        FoundingProtos.Question.Builder builder =
                FoundingProtos.Question.newBuilder().setNumber(question.number());
        Vote vote = question.vote();
        return (vote == null ? builder : builder.setVote(encode(vote))).build().toByteArray();
    }

    /** @throws MalformedException if it is none, or says what cannot be */
    public static Question question(byte[] bytes) throws MalformedException {
        try {
            FoundingProtos.Question question = FoundingProtos.Question.parseFrom(bytes);
            return new Question(question.getNumber(), question.hasVote() ? vote(question.getVote()) : null);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedException("no question: " + e.getMessage());
        }
    }

    public static byte[] encode(Answer answer) {
        FoundingProtos.Answer.Builder builder = FoundingProtos.Answer.newBuilder();
        Membership membership = answer.membership();
        if (membership != null) {
            builder.setMember(FoundingProtos.Member.newBuilder()
                    .setCluster(bytes(membership.cluster().value()))
                    .setPartitionBits(membership.partitioning().bits()));
        } else {
            FoundingProtos.Unfounded.Builder unfounded = FoundingProtos.Unfounded.newBuilder();
            Vote vote = answer.vote();
            builder.setUnfounded(vote == null ? unfounded : unfounded.setVote(encode(vote)));
        }
        return builder.build().toByteArray();
    }

    /** @throws MalformedException if it is none, or says what cannot be */
    public static Answer answer(byte[] bytes) throws MalformedException {
        try {
            return answer(FoundingProtos.Answer.parseFrom(bytes));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedException("no answer: " + e.getMessage());
        }
    }

    private static Answer answer(FoundingProtos.Answer answer) throws MalformedException {
        return switch (answer.getKindCase()) {
            case MEMBER -> Answer.of(membership(answer.getMember()));
            case UNFOUNDED ->
                Answer.unfounded(
                        answer.getUnfounded().hasVote()
                                ? vote(answer.getUnfounded().getVote())
                                : null);
            default -> throw new MalformedException("an answer of a kind that this release does not know");
        };
    }

    private static Membership membership(FoundingProtos.Member member) {
        return new Membership(new ClusterId(id(member.getCluster())), new Partitioning(member.getPartitionBits()));
    }

    private static FoundingProtos.Vote encode(Vote vote) {
        return FoundingProtos.Vote.newBuilder()
                .setCluster(bytes(vote.cluster().value()))
                .setFounder(bytes(vote.founder().value()))
                .setNumber(vote.number())
                .build();
    }

    private static Vote vote(FoundingProtos.Vote vote) {
        return new Vote(new ClusterId(id(vote.getCluster())), new NodeId(id(vote.getFounder())), vote.getNumber());
    }

    private static ByteString bytes(Uint128 id) {
        return ByteString.copyFrom(id.toBytes());
    }

    private static Uint128 id(ByteString bytes) {
        if (bytes.size() != Uint128.BYTES) {
            throw new IllegalArgumentException("ids have " + Uint128.BYTES + " bytes, got " + bytes.size());
        }
        return Uint128.fromBytes(bytes.toByteArray(), 0);
    }
}
