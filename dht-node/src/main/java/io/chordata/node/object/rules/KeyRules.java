package io.chordata.node.object.rules;

import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.CreateKey;
import io.chordata.node.object.rules.MessageProtos.DeleteKey;
import io.chordata.node.object.rules.MessageProtos.GetKey;
import io.chordata.node.object.rules.MessageProtos.KeyAnswer;
import io.chordata.node.object.rules.MessageProtos.KeyPage;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;
import io.chordata.node.object.rules.RowProtos.KeyRow;
import io.chordata.node.partition.StateMachine.RowCursor;
import io.chordata.node.partition.StateMachine.Rows;
import org.jspecify.annotations.Nullable;

/** Access keys, in the system shard. A secret is there sealed: no rule can read it. */
final class KeyRules {
    /** More than people handle; few enough to be listed at once. */
    static final int MAX_KEYS = 1_000;

    private KeyRules() {}

    static Answer create(Change change, CreateKey create) {
        KeyRow current = find(change.rows(), create.getAccessKey());
        if (current != null) {
            return answer(current, false);
        }
        if (list(change.rows()).getKeyPage().getKeysCount() >= MAX_KEYS) {
            throw new RuleRefusal(Reason.TOO_MANY_KEYS, "there are " + MAX_KEYS + " access keys; delete one first");
        }
        KeyRow row = KeyRow.newBuilder()
                .setAccessKey(create.getAccessKey())
                .setSealedSecret(create.getSealedSecret())
                .setNote(create.getNote())
                .setCreatedMillis(change.timeMillis())
                .build();
        change.put(Tables.KEYS, RowKeys.accessKey(row.getAccessKey()), row);
        return answer(row, true);
    }

    static Answer delete(Change change, DeleteKey delete) {
        KeyRow current = find(change.rows(), delete.getAccessKey());
        if (current != null) {
            change.delete(Tables.KEYS, RowKeys.accessKey(delete.getAccessKey()));
        }
        return answer(current, current != null);
    }

    static Answer get(Rows rows, GetKey get) {
        return answer(find(rows, get.getAccessKey()), false);
    }

    static Answer list(Rows rows) {
        KeyPage.Builder page = KeyPage.newBuilder();
        try (RowCursor cursor = rows.scan(Tables.KEYS, new byte[0], null)) {
            while (cursor.next()) {
                page.addKeys(RowReader.parse(cursor.value(), KeyRow.parser()));
            }
        }
        return Answer.newBuilder().setKeyPage(page).build();
    }

    private static @Nullable KeyRow find(Rows rows, String accessKey) {
        return RowReader.get(rows, Tables.KEYS, RowKeys.accessKey(accessKey), KeyRow.parser());
    }

    private static Answer answer(@Nullable KeyRow row, boolean changed) {
        KeyAnswer.Builder answer = KeyAnswer.newBuilder().setChanged(changed);
        if (row != null) {
            answer.setKey(row);
        }
        return Answer.newBuilder().setKey(answer).build();
    }
}
