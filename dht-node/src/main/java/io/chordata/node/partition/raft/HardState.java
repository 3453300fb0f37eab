package io.chordata.node.partition.raft;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import org.jspecify.annotations.Nullable;

/**
 * What a replica must not forget: it is synced before anything that follows from it leaves the node. It outlives the
 * replica's removal from the group.
 *
 * @param generation of the group ({@link Generations}), to which the log belongs; ranks before the term
 * @param promised the newest that it has promised itself to, or has met; where that is a later one, it takes part in nothing
 *     any more, and its log stays as it is
 * @param givesWayTo the generation that begins on a log that has all of this one, so that what is here may be replaced by what comes of
 *     that; 0 if there is none
 * @param term the newest seen; 0 before the first
 * @param vote who got this replica's vote in that term, or null
 */
public record HardState(
        long generation,
        long promised,
        long givesWayTo,
        long term,
        @Nullable Member vote) {
    public static final HardState NONE = new HardState(Generations.FIRST, 0, null);

    public HardState {
        if (promised < generation || promised < givesWayTo) {
            throw new IllegalArgumentException(
                    "generation " + generation + " that gives way to " + givesWayTo + ", but promised to " + promised);
        }
    }

    /** Of a replica that takes part in its group. */
    public HardState(long generation, long term, @Nullable Member vote) {
        this(generation, generation, 0, term, vote);
    }

    public byte[] encode() {
        LogProtos.HardState.Builder builder =
                LogProtos.HardState.newBuilder().setGeneration(generation).setTerm(term);
        if (promised > generation) {
            builder.setPromised(promised);
        }
        builder.setGivesWayTo(givesWayTo);
        if (vote != null) {
            builder.setVote(ByteString.copyFrom(vote.node().value().toBytes())).setVoteTenure(vote.tenure());
        }
        return builder.build().toByteArray();
    }

    public static HardState decode(byte[] value) throws InvalidProtocolBufferException {
        LogProtos.HardState proto = LogProtos.HardState.parseFrom(value);
        long promised = Math.max(proto.getGeneration(), proto.getPromised());
        return new HardState(proto.getGeneration(), promised, proto.getGivesWayTo(), proto.getTerm(), voteOf(proto));
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

    /** Whether a replica of that generation may take this one's place. */
    public boolean mayGiveWayTo(long later) {
        return later > generation && later == promised && later == givesWayTo;
    }

    /** Of a node that has no replica; null if it is promised to a later one. */
    public @Nullable HardState promisedWithoutReplica(long later) {
        return RaftRules.RAFT.mayPromise(later, this) ? promisedTo(later) : null;
    }

    HardState inTerm(long newTerm) {
        return new HardState(generation, promised, givesWayTo, newTerm, null);
    }

    HardState votedFor(Member candidate) {
        return new HardState(generation, promised, givesWayTo, term, candidate);
    }

    HardState promisedTo(long later) {
        return new HardState(generation, later, givesWayTo, term, vote);
    }

    HardState givingWay() {
        return new HardState(generation, promised, promised, term, vote);
    }

    /** The survivor's, with which the generation begins. */
    HardState inGeneration(long later) {
        return new HardState(later, term + 1, null);
    }
}
