package io.chordata.node.partition;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.chordata.node.core.RequestId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.LogProtos;

/**
 * A command that happens once, however often and at whichever replica it is proposed.
 *
 * @param id the same in each attempt
 * @param timeMillis log time as its proposer knew it at the first attempt, in milliseconds since 1970; the same in each
 */
record Request(RequestId id, long timeMillis, byte[] command) {
    Request {
        if (timeMillis < 0 || command.length == 0) {
            throw new IllegalArgumentException("a request of " + timeMillis + " with " + command.length + " bytes");
        }
    }

    byte[] encode() {
        return LogProtos.Request.newBuilder()
                .setId(UnsafeByteOperations.unsafeWrap(id.value().toBytes()))
                .setTimeMillis(timeMillis)
                .setCommand(UnsafeByteOperations.unsafeWrap(command))
                .build()
                .toByteArray();
    }

    /** @throws IllegalArgumentException if it is none */
    static Request decode(byte[] value) {
        try {
            LogProtos.Request proto = LogProtos.Request.parseFrom(value);
            return new Request(
                    id(proto.getId()), proto.getTimeMillis(), proto.getCommand().toByteArray());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("a request that does not parse", e);
        }
    }

    private static RequestId id(ByteString bytes) {
        if (bytes.size() != Uint128.BYTES) {
            throw new IllegalArgumentException("a request's id has " + Uint128.BYTES + " bytes, got " + bytes.size());
        }
        return new RequestId(Uint128.fromBytes(bytes.toByteArray(), 0));
    }
}
