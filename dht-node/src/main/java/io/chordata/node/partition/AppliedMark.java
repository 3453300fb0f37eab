package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.partition.raft.LogEntry;
import io.chordata.node.partition.raft.LogProtos;

/** The newest entry whose effect the applied rows hold; it changes in one batch with the rows. */
record AppliedMark(long index, long term, long timeMillis) {
    static final AppliedMark NONE = new AppliedMark(0, 0, 0);

    static AppliedMark of(LogEntry entry) {
        return new AppliedMark(entry.index(), entry.term(), entry.timeMillis());
    }

    byte[] encode() {
        return toProto().toByteArray();
    }

    LogProtos.AppliedMark toProto() {
        return LogProtos.AppliedMark.newBuilder()
                .setIndex(index)
                .setTerm(term)
                .setTimeMillis(timeMillis)
                .build();
    }

    static AppliedMark decode(byte[] value) throws InvalidProtocolBufferException {
        return of(LogProtos.AppliedMark.parseFrom(value));
    }

    static AppliedMark of(LogProtos.AppliedMark mark) {
        return new AppliedMark(mark.getIndex(), mark.getTerm(), mark.getTimeMillis());
    }
}
