package io.chordata.node.object.rules;

import com.google.protobuf.ByteString;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.Uint128;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.CollectDue;
import io.chordata.node.object.rules.MessageProtos.Done;
import io.chordata.node.object.rules.MessageProtos.DropBodies;
import io.chordata.node.object.rules.MessageProtos.DuePage;
import io.chordata.node.object.rules.MessageProtos.ForgetDue;
import io.chordata.node.object.rules.MessageProtos.HasDue;
import io.chordata.node.object.rules.RowProtos.DueRow;
import io.chordata.node.partition.StateMachine.RowCursor;
import io.chordata.node.partition.StateMachine.RowWriter;
import io.chordata.node.partition.StateMachine.Rows;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes when its time has come. Rows go at once; bodies have blocks in other partitions, so their entries are
 * answered, and forgotten when those partitions have dropped them. A collector that stops in between only leaves it to
 * be done again.
 */
final class DueRules {
    /** Bodies in one answer; one row alone may have more. */
    private static final int MAX_BODIES = 10_000;

    private DueRules() {}

    /** By the asker's clock: a hint that collecting is worth a log entry. */
    static Answer hasDue(Rows rows, HasDue query) {
        try (RowCursor due = rows.scan(Tables.DUE, new byte[0], RowKeys.dueAfter(query.getUntilMillis()))) {
            return done(due.next());
        }
    }

    static Answer collect(Change change, CollectDue collect) {
        List<DuePage.Entry> due = read(change, collect.getMaxRows());
        DuePage.Builder page = DuePage.newBuilder().setMore(due.size() == collect.getMaxRows());
        int bodies = 0;
        for (DuePage.Entry entry : due) {
            if (entry.getRow().hasRow()) {
                DueRow.Row row = entry.getRow().getRow();
                change.delete(row.getTable(), row.getKey().toByteArray());
                change.delete(Tables.DUE, entry.getKey().toByteArray());
            } else if (bodies < MAX_BODIES) {
                page.addEntries(entry);
                bodies += Math.max(1, entry.getRow().getBodies().getBodiesCount());
            } else {
                page.setMore(true);
            }
        }
        return Answer.newBuilder().setDuePage(page).build();
    }

    private static List<DuePage.Entry> read(Change change, int max) {
        List<DuePage.Entry> entries = new ArrayList<>();
        byte[] to = RowKeys.dueAfter(change.timeMillis());
        try (RowCursor due = change.rows().scan(Tables.DUE, new byte[0], to)) {
            while (entries.size() < max && due.next()) {
                entries.add(DuePage.Entry.newBuilder()
                        .setKey(ByteString.copyFrom(due.key()))
                        .setRow(RowReader.parse(due.value(), DueRow.parser()))
                        .build());
            }
        }
        return entries;
    }

    static Answer forget(Change change, ForgetDue forget) {
        forget.getKeysList().forEach(key -> change.delete(Tables.DUE, key.toByteArray()));
        return done(false);
    }

    static Answer drop(RowWriter rows, DropBodies drop) {
        drop.getBodiesList().forEach(body -> rows.drop(new BodyId(Uint128.fromBytes(RowKeys.id(body), 0))));
        return done(false);
    }

    private static Answer done(boolean more) {
        return Answer.newBuilder().setDone(Done.newBuilder().setMore(more)).build();
    }
}
