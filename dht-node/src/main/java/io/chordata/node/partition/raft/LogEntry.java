package io.chordata.node.partition.raft;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;

/**
 * One entry of a partition's log.
 *
 * @param index from 1, without gaps
 * @param term of the leader that appended it
 * @param timeMillis log time: milliseconds since 1970, never lower than that of the entry before
 * @param level the behaviour level under which to apply, never lower than that of the entry before
 * @param data empty for an empty entry, and for it alone
 */
public record LogEntry(long index, long term, long timeMillis, int level, EntryKind kind, byte[] data) {
    /** The level of a new group, and the highest that this version can apply. */
    public static final int CURRENT_LEVEL = 1;

    public LogEntry {
        if ((kind == EntryKind.EMPTY) != (data.length == 0)) {
            throw new IllegalArgumentException("an entry of kind " + kind + " with " + data.length + " bytes");
        }
    }

    public byte[] encode() {
        return toProto().toByteArray();
    }

    LogProtos.LogEntry toProto() {
        return LogProtos.LogEntry.newBuilder()
                .setTerm(term)
                .setTimeMillis(timeMillis)
                .setLevel(level)
                .setConfiguration(kind == EntryKind.CONFIGURATION)
                .setRequest(kind == EntryKind.REQUEST)
                .setCommand(UnsafeByteOperations.unsafeWrap(data))
                .build();
    }

    public static LogEntry decode(long index, byte[] value) throws InvalidProtocolBufferException {
        return of(index, LogProtos.LogEntry.parseFrom(value));
    }

    static LogEntry of(long index, LogProtos.LogEntry proto) throws InvalidProtocolBufferException {
        byte[] data = proto.getCommand().toByteArray();
        if (proto.getConfiguration() && data.length == 0) {
            throw new InvalidProtocolBufferException("entry " + index + " is a configuration without members");
        }
        return new LogEntry(index, proto.getTerm(), proto.getTimeMillis(), proto.getLevel(), kindOf(proto), data);
    }

    private static EntryKind kindOf(LogProtos.LogEntry proto) {
        if (proto.getCommand().isEmpty()) {
            return EntryKind.EMPTY;
        }
        if (proto.getConfiguration()) {
            return EntryKind.CONFIGURATION;
        }
        return proto.getRequest() ? EntryKind.REQUEST : EntryKind.COMMAND;
    }
}
