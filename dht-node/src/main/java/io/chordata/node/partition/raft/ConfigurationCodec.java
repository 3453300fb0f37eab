package io.chordata.node.partition.raft;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.NodeId;
import io.chordata.node.core.Uint128;
import java.util.ArrayList;
import java.util.List;

/** A {@link Configuration} as data of its log entry, and as a row of its own. */
public final class ConfigurationCodec {
    private ConfigurationCodec() {}

    public static byte[] encode(Configuration configuration) {
        return toProto(configuration).toByteArray();
    }

    public static LogProtos.Configuration toProto(Configuration configuration) {
        LogProtos.Configuration.Builder builder = LogProtos.Configuration.newBuilder();
        configuration.voters().forEach(member -> builder.addVoters(encode(member)));
        configuration.outgoing().forEach(member -> builder.addOutgoing(encode(member)));
        configuration.learners().forEach(member -> builder.addLearners(encode(member)));
        return builder.build();
    }

    /**
     * @param index of the entry whose data it is
     * @throws IllegalArgumentException if it is none
     */
    public static Configuration decode(long index, byte[] data) {
        try {
            return of(index, LogProtos.Configuration.parseFrom(data));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("entry " + index + " is no configuration", e);
        }
    }

    public static Configuration of(long index, LogProtos.Configuration proto) throws InvalidProtocolBufferException {
        return new Configuration(
                index, decode(proto.getVotersList()), decode(proto.getOutgoingList()), decode(proto.getLearnersList()));
    }

    public static LogProtos.Member encode(Member member) {
        return LogProtos.Member.newBuilder()
                .setNode(ByteString.copyFrom(member.node().value().toBytes()))
                .setTenure(member.tenure())
                .build();
    }

    private static List<Member> decode(List<LogProtos.Member> protos) throws InvalidProtocolBufferException {
        List<Member> members = new ArrayList<>(protos.size());
        for (LogProtos.Member proto : protos) {
            members.add(decode(proto));
        }
        return members;
    }

    public static Member decode(LogProtos.Member proto) throws InvalidProtocolBufferException {
        if (proto.getNode().size() != Uint128.BYTES || proto.getTenure() < 0) {
            throw new InvalidProtocolBufferException("a member is a NodeId of 16 bytes and a tenure, got "
                    + proto.getNode().size() + " bytes, " + proto.getTenure());
        }
        return new Member(new NodeId(Uint128.fromBytes(proto.getNode().toByteArray(), 0)), proto.getTenure());
    }
}
