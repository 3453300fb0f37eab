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

    private static final byte[] NOTHING = new byte[0];

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

    /** The bodies' blocks go, and no late copy of them is taken for a while. */
    static Answer drop(Change change, DropBodies drop) {
        for (ByteString body : drop.getBodiesList()) {
            byte[] key = RowKeys.id(body);
            change.rows().drop(new BodyId(Uint128.fromBytes(key, 0)));
            if (drop.getRemembered() && change.rows().get(Tables.DROPPED, key) == null) {
                change.rows().put(Tables.DROPPED, key, NOTHING);
                change.rows().put(Tables.DROPS, RowKeys.drop(change.timeMillis(), key), NOTHING);
            }
        }
        if (drop.getRemembered()) {
            forgetDrops(change, 2 * drop.getBodiesCount());
        }
        return done(false);
    }

    /** Each drop takes two old ones with it, so that they do not pile up. */
    private static void forgetDrops(Change change, int max) {
        List<byte[]> old = new ArrayList<>();
        byte[] to = RowKeys.dueAfter(Math.max(-1, change.timeMillis() - Periods.DROPPED_MILLIS));
        try (RowCursor drops = change.rows().scan(Tables.DROPS, new byte[0], to)) {
            while (old.size() < max && drops.next()) {
                old.add(drops.key());
            }
        }
        for (byte[] key : old) {
            change.delete(Tables.DROPS, key);
            change.delete(Tables.DROPPED, RowKeys.bodyOfDrop(key));
        }
    }

    static boolean isDropped(Rows rows, BodyId body) {
        return rows.get(Tables.DROPPED, body.value().toBytes()) != null;
    }

    private static Answer done(boolean more) {
        return Answer.newBuilder().setDone(Done.newBuilder().setMore(more)).build();
    }
}
