package io.chordata.node.partition.raft;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;

/**
 * What a replica must not forget: it is synced before anything that follows from it leaves the node. It outlives the
 * replica's removal from the group.
 *
 * @param generation how often the group was recovered by force; ranks before the term
 * @param term the newest seen; 0 before the first
 * @param vote who got this replica's vote in that term, or null
 */
public record HardState(
        long generation, long term, @Nullable Member vote) {
    public static final HardState NONE = new HardState(0, 0, null);

    public byte[] encode() {
        LogProtos.HardState.Builder builder =
                LogProtos.HardState.newBuilder().setGeneration(generation).setTerm(term);
        if (vote != null) {
            builder.setVote(ByteString.copyFrom(vote.node().value().toBytes())).setVoteTenure(vote.tenure());
        }
        return builder.build().toByteArray();
    }

    public static HardState decode(byte[] value) throws InvalidProtocolBufferException {
        LogProtos.HardState proto = LogProtos.HardState.parseFrom(value);
        return new HardState(proto.getGeneration(), proto.getTerm(), voteOf(proto));
    }

    private static @Nullable Member voteOf(LogProtos.HardState proto) throws InvalidProtocolBufferException {
        if (proto.getVote().isEmpty()) {
            return null;
        }
        return ConfigurationCodec.decode(LogProtos.Member.newBuilder()
                .setNode(proto.getVote())
                .setTenure(proto.getVoteTenure())
                .build());
    }

    HardState inTerm(long newTerm) {
        return new HardState(generation, newTerm, null);
    }

    HardState votedFor(Member candidate) {
        return new HardState(generation, term, candidate);
    }
}
