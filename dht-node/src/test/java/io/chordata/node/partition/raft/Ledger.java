package io.chordata.node.partition.raft;

import io.chordata.node.sim.SimRandom;
import java.nio.ByteBuffer;

/** The state that a simulated group keeps: which entry wrote each key last, and a hash of all entries so far. Immutable. */
final class Ledger {
    static final int KEYS = 4;
    static final Ledger EMPTY = new Ledger(0, 0, new long[KEYS]);

    private static final int HEAD_BYTES = Long.BYTES + 1;

    private final long index;
    private final long hash;
    private final long[] writes;

    private Ledger(long index, long hash, long[] writes) {
        this.index = index;
        this.hash = hash;
        this.writes = writes;
    }

    /** A command that no other equals. */
    static byte[] command(long id, int key, SimRandom random) {
        ByteBuffer command = ByteBuffer.allocate(HEAD_BYTES + random.nextInt(40));
        command.putLong(id).put((byte) key);
        return command.array();
    }

    static long idOf(byte[] command) {
        return ByteBuffer.wrap(command).getLong();
    }

    static int keyOf(byte[] command) {
        return command[Long.BYTES];
    }

    /** Up to where the log is applied. */
    long index() {
        return index;
    }

    long hash() {
        return hash;
    }

    long lastWriteOf(int key) {
        return writes[key];
    }

    Ledger apply(LogEntry entry) {
        if (entry.index() != index + 1) {
            throw new AssertionError("entry " + entry.index() + " applied after " + index);
        }
        if (entry.kind() != EntryKind.COMMAND) {
            return new Ledger(entry.index(), mix(entry, entry.data().length), writes);
        }
        long[] written = writes.clone();
        written[keyOf(entry.data())] = entry.index();
        return new Ledger(entry.index(), mix(entry, idOf(entry.data())), written);
    }

    private long mix(LogEntry entry, long content) {
        long mixed = hash;
        for (long part : new long[] {entry.index(), entry.timeMillis(), entry.level(), content}) {
            mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
            mixed ^= mixed >>> 29;
        }
        return mixed;
    }

    @Override
    public String toString() {
        return "applied up to " + index;
    }
}
