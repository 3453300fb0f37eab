package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.partition.raft.Configuration;
import io.chordata.node.partition.raft.ConfigurationCodec;
import io.chordata.node.partition.raft.LogProtos;

/**
 * What a replica's log begins behind, and as whom it keeps it. It changes in one batch with the log: when that is cut, and
 * when a snapshot takes the place of all of it. Of a replica that was removed it is the tombstone, together with term and vote:
 * a replica may take its place only under a higher tenure.
 *
 * @param mark of the last entry that is gone; its time is one that no later entry's is before
 * @param configuration as of that entry
 * @param level that no later entry's is below
 * @param installGeneration which install of the applied rows is live; 0 until a snapshot is installed
 * @param tenure of this replica
 * @param removal whether it is one still
 */
record LogBase(
        AppliedMark mark,
        Configuration configuration,
        int level,
        long installGeneration,
        long tenure,
        Removal removal) {
    /** What became of a replica. */
    enum Removal {
        /** It is one. */
        KEPT,
        /** It was removed, and rows or blocks of it may be left. */
        ERASING,
        /** It was removed, and nothing of it is left. */
        ERASED
    }

    LogBase(AppliedMark mark, Configuration configuration, int level, long installGeneration, long tenure) {
        this(mark, configuration, level, installGeneration, tenure, Removal.KEPT);
    }

    /** That of a replica to which nothing was sent yet. */
    static LogBase ofNew(Configuration configuration, long tenure, long installGeneration) {
        return new LogBase(AppliedMark.NONE, configuration, 1, installGeneration, tenure);
    }

    /** The tombstone of this replica. */
    LogBase removed(Removal how) {
        return new LogBase(AppliedMark.NONE, configuration, 1, installGeneration, tenure, how);
    }

    long index() {
        return mark.index();
    }

    byte[] encode() {
        return LogProtos.LogBase.newBuilder()
                .setIndex(mark.index())
                .setTerm(mark.term())
                .setTimeMillis(mark.timeMillis())
                .setLevel(level)
                .setInstallGeneration(installGeneration)
                .setTenure(tenure)
                .setRemovalValue(removal.ordinal())
                .setConfigurationIndex(configuration.index())
                .setConfiguration(ConfigurationCodec.toProto(configuration))
                .build()
                .toByteArray();
    }

    static LogBase decode(byte[] value) throws InvalidProtocolBufferException {
        LogProtos.LogBase base = LogProtos.LogBase.parseFrom(value);
        if (base.getRemovalValue() < 0 || base.getRemovalValue() >= Removal.values().length) {
            throw new InvalidProtocolBufferException("no such removal: " + base.getRemovalValue());
        }
        return new LogBase(
                new AppliedMark(base.getIndex(), base.getTerm(), base.getTimeMillis()),
                ConfigurationCodec.of(base.getConfigurationIndex(), base.getConfiguration()),
                base.getLevel(),
                base.getInstallGeneration(),
                base.getTenure(),
                Removal.values()[base.getRemovalValue()]);
    }
}
