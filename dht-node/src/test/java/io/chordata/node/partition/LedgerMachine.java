package io.chordata.node.partition;

import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.Uint128;
import io.chordata.node.partition.raft.LogEntry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A state machine that notices when it is misused: it numbers the commands of a partition, knows each by its id, and
 * keeps two rows that must always be equal. Also remembers, beside the rows, which entries it was given.
 */
final class LedgerMachine implements StateMachine {
    static final int COUNT = 0;
    static final int ITEMS = 1;
    static final int SEEN = 2;
    static final int TWINS = 254;

    private static final byte[] ONLY = {};
    private static final byte[] LEFT = {0};
    private static final byte[] RIGHT = {(byte) 0xff};
    private static final int ITEMS_KEPT = 5;

    private final Map<PartitionId, TreeMap<Long, Entry>> given = new HashMap<>();

    /** What the version that runs here can apply. */
    int level = LogEntry.CURRENT_LEVEL;

    /** Runs between the two reads of a query. */
    Runnable amidQuery = () -> {};

    /** What a command does, besides being counted. */
    enum Op {
        ADD,
        /** Scans the items and deletes the oldest. */
        TRIM,
        /** Drops the body whose id is the command's. */
        DROP
    }

    /** The answer to a command. */
    record Receipt(long position, long index) {
        static Receipt parse(byte[] answer) {
            ByteBuffer buffer = ByteBuffer.wrap(answer);
            return new Receipt(buffer.getLong(), buffer.getLong());
        }
    }

    static byte[] command(Op op, long id, int padding) {
        return ByteBuffer.allocate(1 + Long.BYTES + padding)
                .put((byte) op.ordinal())
                .putLong(id)
                .array();
    }

    static BodyId bodyOf(long id) {
        return new BodyId(new Uint128(0, id));
    }

    /** Asks how many commands were counted. */
    static byte[] countQuery() {
        return new byte[] {0};
    }

    /** Asks the same in a way that needs a scan. */
    static byte[] scanQuery() {
        return new byte[] {1};
    }

    static long number(byte @Nullable [] value) {
        return value == null ? 0 : ByteBuffer.wrap(value).getLong();
    }

    static byte[] bytes(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    @Override
    public byte[] apply(Entry entry, RowWriter rows) {
        given.computeIfAbsent(entry.partition(), p -> new TreeMap<>()).put(entry.index(), entry);
        ByteBuffer command = ByteBuffer.wrap(entry.command());
        Op op = Op.values()[command.get()];
        long id = command.getLong();
        long position = number(rows.get(COUNT, ONLY)) + 1;
        if (rows.get(SEEN, bytes(id)) != null) {
            throw new AssertionError(entry.partition() + " applied command " + id + " twice");
        }
        rows.put(COUNT, ONLY, bytes(position));
        rows.put(TWINS, LEFT, bytes(position));
        rows.put(ITEMS, bytes(entry.index()), bytes(id));
        rows.put(SEEN, bytes(id), bytes(position));
        rows.put(TWINS, RIGHT, bytes(position));
        if (op == Op.TRIM) {
            trim(rows);
        } else if (op == Op.DROP) {
            rows.drop(bodyOf(id));
        }
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(position)
                .putLong(entry.index())
                .array();
    }

    private static void trim(RowWriter rows) {
        List<byte[]> keys = new ArrayList<>();
        try (RowCursor items = rows.scan(ITEMS, ONLY, null)) {
            while (items.next()) {
                keys.add(items.key());
            }
        }
        keys.stream().limit(Math.max(0, keys.size() - ITEMS_KEPT)).forEach(key -> rows.delete(ITEMS, key));
    }

    @Override
    public byte[] query(PartitionId partition, byte[] query, Rows rows) {
        return bytes(
                switch (query[0]) {
                    case 0 -> count(partition, rows);
                    case 1 -> countByScan(partition, rows);
                    default ->
                        number(rows.get(SEEN, bytes(ByteBuffer.wrap(query).getLong(1))));
                });
    }

    private long count(PartitionId partition, Rows rows) {
        long left = number(rows.get(TWINS, LEFT));
        amidQuery.run();
        long right = number(rows.get(TWINS, RIGHT));
        if (left != right || number(rows.get(COUNT, ONLY)) != left) {
            throw new AssertionError("query of " + partition + " saw half of a command: " + left + ", " + right);
        }
        return left;
    }

    private long countByScan(PartitionId partition, Rows rows) {
        long seen = 0;
        try (RowCursor cursor = rows.scan(SEEN, ONLY, null)) {
            while (cursor.next()) {
                seen++;
            }
        }
        if (seen != count(partition, rows)) {
            throw new AssertionError("scan of " + partition + " saw half of a command");
        }
        return seen;
    }

    @Override
    public boolean isDropped(BodyId body, Rows rows) {
        return false;
    }

    @Override
    public boolean isKnown(byte[] command, int level) {
        return command.length > Long.BYTES && command[0] < Op.values().length;
    }

    @Override
    public boolean freesSpace(byte[] command) {
        return command[0] == Op.DROP.ordinal();
    }

    @Override
    public int level() {
        return level;
    }

    /** The entries given last under each index, in order. */
    List<Entry> given(PartitionId partition) {
        return List.copyOf(given.getOrDefault(partition, new TreeMap<>()).values());
    }
}
