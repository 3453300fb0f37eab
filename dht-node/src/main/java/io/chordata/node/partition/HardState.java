package io.chordata.node.partition;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.LogProtos;
import org.jspecify.annotations.Nullable;

/**
 * What a replica must not forget: it is synced before anything that follows from it leaves the node.
 *
 * @param term the newest seen; 0 before the first
 * @param vote who got this replica's vote in that term, or null
 * @param installGeneration which install of the applied rows is live
 */
record HardState(long term, @Nullable NodeId vote, long installGeneration) {
    static final HardState NONE = new HardState(0, null, 0);

    /** An election that the replica wins with its own vote. */
    HardState elect(NodeId self) {
        return new HardState(term + 1, self, installGeneration);
    }

    byte[] encode() {
        ByteString voted = vote == null
                ? ByteString.EMPTY
                : ByteString.copyFrom(vote.value().toBytes());
        return LogProtos.HardState.newBuilder()
                .setTerm(term)
                .setVote(voted)
                .setInstallGeneration(installGeneration)
                .build()
                .toByteArray();
    }

    static HardState decode(byte[] value) throws InvalidProtocolBufferException {
        LogProtos.HardState state = LogProtos.HardState.parseFrom(value);
        return new HardState(state.getTerm(), vote(state.getVote()), state.getInstallGeneration());
    }

    private static @Nullable NodeId vote(ByteString bytes) throws InvalidProtocolBufferException {
        if (bytes.isEmpty()) {
            return null;
        }
        if (bytes.size() != Uint128.BYTES) {
            throw new InvalidProtocolBufferException("a vote has 16 bytes, got " + bytes.size());
        }
        return new NodeId(Uint128.fromBytes(bytes.toByteArray(), 0));
    }
}
