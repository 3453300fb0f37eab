package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.ConfigurationCodec;
import io.chordata.node.partition.raft.LogProtos;

/**
 * What a log that was cut begins behind; it changes in one batch with the cut.
 *
 * @param index of the last entry that is gone
 * @param term of that entry
 * @param configuration as of that entry
 * @param installGeneration which install of the applied rows is live; 0 until a snapshot is installed
 */
record LogBase(long index, long term, Configuration configuration, long installGeneration) {
    byte[] encode() {
        return LogProtos.LogBase.newBuilder()
                .setIndex(index)
                .setTerm(term)
                .setInstallGeneration(installGeneration)
                .setConfigurationIndex(configuration.index())
                .setConfiguration(ConfigurationCodec.toProto(configuration))
                .build()
                .toByteArray();
    }

    static LogBase decode(byte[] value) throws InvalidProtocolBufferException {
        LogProtos.LogBase base = LogProtos.LogBase.parseFrom(value);
        return new LogBase(
                base.getIndex(),
                base.getTerm(),
                ConfigurationCodec.of(base.getConfigurationIndex(), base.getConfiguration()),
                base.getInstallGeneration());
    }
}
