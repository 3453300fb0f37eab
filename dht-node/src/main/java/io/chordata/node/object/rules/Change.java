package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.DueRow;
import io.chordata.node.partition.StateMachine.Entry;
import io.chordata.node.partition.StateMachine.RowWriter;
import java.util.List;

/** One entry under way: where it is in the log, the shard it is for, the rows it changes, what it leaves for later. */
final class Change {
    private final Entry entry;
    private final Shard shard;
    private final RowWriter rows;
    private int due;

    Change(Entry entry, Shard shard, RowWriter rows) {
        this.entry = entry;
        this.shard = shard;
        this.rows = rows;
    }

    Shard shard() {
        return shard;
    }

    RowWriter rows() {
        return rows;
    }

    long index() {
        return entry.index();
    }

    long timeMillis() {
        return entry.timeMillis();
    }

    void put(int table, byte[] key, Message row) {
        rows.put(table, key, row.toByteArray());
    }

    void delete(int table, byte[] key) {
        rows.delete(table, key);
    }

    /** Nothing refers to these bodies any more; readers under way may still need them for a while. */
    void discard(List<Body> bodies) {
        if (!bodies.isEmpty()) {
            DueRow row = DueRow.newBuilder()
                    .setBodies(DueRow.Bodies.newBuilder().addAllBodies(bodies))
                    .build();
            later(Periods.GARBAGE_MILLIS, row);
        }
    }

    /** The row goes when this much log time has passed. */
    void forgetLater(long delayMillis, int table, byte[] key) {
        DueRow.Row row = DueRow.Row.newBuilder()
                .setTable(table)
                .setKey(ByteString.copyFrom(key))
                .build();
        later(delayMillis, DueRow.newBuilder().setRow(row).build());
    }

    void later(long delayMillis, DueRow row) {
        put(Tables.DUE, RowKeys.due(timeMillis() + delayMillis, index(), due++), row);
    }
}
