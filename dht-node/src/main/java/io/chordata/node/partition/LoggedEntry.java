package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;

/**
 * One entry of a partition's log.
 *
 * @param index from 1, without gaps
 * @param term of the leader that appended it
 * @param timeMillis log time, never lower than that of the entry before
 * @param level the behaviour level under which to apply
 * @param command empty for the entry with which a term begins
 */
record LoggedEntry(long index, long term, long timeMillis, int level, byte[] command) {
    /** The level that new entries get, and the highest that this version can apply. */
    static final int CURRENT_LEVEL = 1;

    boolean beginsTerm() {
        return command.length == 0;
    }

    byte[] encode() {
        return LogProtos.LogEntry.newBuilder()
                .setTerm(term)
                .setTimeMillis(timeMillis)
                .setLevel(level)
                .setCommand(UnsafeByteOperations.unsafeWrap(command))
                .build()
                .toByteArray();
    }

    static LoggedEntry decode(long index, byte[] value) throws InvalidProtocolBufferException {
        LogProtos.LogEntry entry = LogProtos.LogEntry.parseFrom(value);
        return new LoggedEntry(
                index,
                entry.getTerm(),
                entry.getTimeMillis(),
                entry.getLevel(),
                entry.getCommand().toByteArray());
    }
}
