package io.chordata.node.object.rules;

import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.Part;
import io.chordata.node.partition.StateMachine.RowCursor;
import java.util.ArrayList;
import java.util.List;

/** Removes what an empty, sealed shard still has: parts (their bodies become garbage), uploads, completed uploads. */
final class ShardPurge {
    private final Change change;
    private final List<Body> bodies = new ArrayList<>();
    private int left;

    ShardPurge(Change change, int maxRows) {
        this.change = change;
        this.left = maxRows;
    }

    /** True if rows are left. */
    boolean run() {
        boolean more = clear(Tables.PARTS) || clear(Tables.UPLOADS) || clear(Tables.COMPLETED);
        change.discard(bodies);
        return more;
    }

    private boolean clear(int table) {
        byte[] from = RowKeys.shard(change.shard());
        List<byte[]> keys = new ArrayList<>();
        try (RowCursor rows = change.rows().scan(table, from, RowKeys.behindAll(from))) {
            while (rows.next()) {
                if (left == 0) {
                    deleteAll(table, keys);
                    return true;
                }
                left--;
                keys.add(rows.key());
                keepBody(table, rows.value());
            }
        }
        deleteAll(table, keys);
        return false;
    }

    private void keepBody(int table, byte[] value) {
        if (table == Tables.PARTS) {
            Part part = RowReader.parse(value, Part.parser());
            if (part.hasBody()) {
                bodies.add(part.getBody());
            }
        }
    }

    private void deleteAll(int table, List<byte[]> keys) {
        keys.forEach(key -> change.delete(table, key));
    }
}
