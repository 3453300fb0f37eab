package io.chordata.node.partition;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.partition.raft.EntryKind;
import io.chordata.node.partition.raft.LogEntry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An entry of the log, to bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LogEntryBenchmark {
    @Param({"200", "4096"})
    public int commandBytes;

    private LogEntry entry = new LogEntry(1, 1, 1, LogEntry.CURRENT_LEVEL, EntryKind.EMPTY, new byte[0]);
    private byte[] encoded = new byte[0];

    @Setup
    public void encodeOnce() {
        entry = new LogEntry(
                1, 1, 1_750_000_000_000L, LogEntry.CURRENT_LEVEL, EntryKind.COMMAND, new byte[commandBytes]);
        encoded = entry.encode();
    }

    @Benchmark
    public Object encode() {
        return entry.encode();
    }

    @Benchmark
    public Object decode() throws InvalidProtocolBufferException {
        return LogEntry.decode(1, encoded);
    }
}
