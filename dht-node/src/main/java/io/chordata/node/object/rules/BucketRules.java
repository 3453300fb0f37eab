package io.chordata.node.object.rules;

import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.BeginBucket;
import io.chordata.node.object.rules.MessageProtos.BucketAnswer;
import io.chordata.node.object.rules.MessageProtos.BucketPage;
import io.chordata.node.object.rules.MessageProtos.Done;
import io.chordata.node.object.rules.MessageProtos.ForgetBucket;
import io.chordata.node.object.rules.MessageProtos.GetBucket;
import io.chordata.node.object.rules.MessageProtos.ListBuckets;
import io.chordata.node.object.rules.MessageProtos.StepBucket;
import io.chordata.node.object.rules.MessageProtos.StepBucket.Step;
import io.chordata.node.object.rules.RowProtos.BucketRow;
import io.chordata.node.object.rules.RowProtos.BucketRow.State;
import io.chordata.node.partition.StateMachine.RowCursor;
import io.chordata.node.partition.StateMachine.Rows;
import org.jspecify.annotations.Nullable;

/**
 * The names of buckets, in the system shard. A name's row says what is under way with the bucket, so that whoever meets
 * it can finish that; it alone decides, and the shards follow.
 *
 * <pre>
 * absent    → CREATING   begin
 * CREATING  → OPEN       finish create: every shard has its row
 * OPEN      → DELETING   begin delete, as the next attempt
 * DELETING  → DOOMED     doom: every shard is sealed; the name is free again
 * DELETING  → REOPENING  give up delete: a shard is not empty
 * REOPENING → OPEN       finish reopen: every shard is open and knows the attempt
 * DOOMED    → absent     forget: every shard is purged
 * </pre>
 *
 * <p>Two may work on one attempt: one finds a shard full and gives up, the other finds all of them sealed (the shard was
 * emptied in between) and dooms. Only one of the two steps is possible, and no shard is opened before the first is
 * taken, so a sealed shard stays sealed until the name's row has decided.
 */
final class BucketRules {
    private BucketRules() {}

    static Answer begin(Change change, BeginBucket begin) {
        BucketRow current = find(change.rows(), begin.getName());
        if (current != null) {
            return answer(current, false);
        }
        BucketRow row = BucketRow.newBuilder()
                .setName(begin.getName())
                .setId(begin.getId())
                .setShardBits(begin.getShardBits())
                .setCreatedMillis(change.timeMillis())
                .setState(State.CREATING)
                .build();
        change.put(Tables.BUCKETS, RowKeys.bucket(row.getName()), row);
        return answer(row, true);
    }

    /** Answers the row as it is afterwards, whether or not the step was possible. */
    static Answer step(Change change, StepBucket step) {
        BucketRow row = find(change.rows(), step.getName());
        if (row == null || !row.getId().equals(step.getId())) {
            return answer(row, false);
        }
        State next = next(step.getStep());
        if (row.getState() != before(step.getStep()) || row.getAttempt() != step.getAttempt()) {
            return answer(row, false);
        }
        BucketRow changed = row.toBuilder()
                .setState(next)
                .setAttempt(next == State.DELETING ? row.getAttempt() + 1 : row.getAttempt())
                .build();
        write(change, changed);
        return answer(changed, true);
    }

    private static void write(Change change, BucketRow row) {
        if (row.getState() == State.DOOMED) {
            change.delete(Tables.BUCKETS, RowKeys.bucket(row.getName()));
            change.put(Tables.DOOMED, RowKeys.id(row.getId()), row);
        } else {
            change.put(Tables.BUCKETS, RowKeys.bucket(row.getName()), row);
        }
    }

    private static State before(Step step) {
        return switch (step) {
            case FINISH_CREATE -> State.CREATING;
            case BEGIN_DELETE -> State.OPEN;
            case DOOM, GIVE_UP_DELETE -> State.DELETING;
            case FINISH_REOPEN -> State.REOPENING;
            case STEP_NONE, UNRECOGNIZED -> throw new IllegalStateException("unknown step of a bucket: " + step);
        };
    }

    private static State next(Step step) {
        return switch (step) {
            case FINISH_CREATE, FINISH_REOPEN -> State.OPEN;
            case BEGIN_DELETE -> State.DELETING;
            case DOOM -> State.DOOMED;
            case GIVE_UP_DELETE -> State.REOPENING;
            case STEP_NONE, UNRECOGNIZED -> throw new IllegalStateException("unknown step of a bucket: " + step);
        };
    }

    static Answer forget(Change change, ForgetBucket forget) {
        change.delete(Tables.DOOMED, RowKeys.id(forget.getId()));
        return Answer.newBuilder().setDone(Done.getDefaultInstance()).build();
    }

    static Answer get(Rows rows, GetBucket get) {
        return answer(find(rows, get.getName()), false);
    }

    static Answer list(Rows rows, ListBuckets list) {
        BucketPage.Builder page = BucketPage.newBuilder();
        byte[] from = list.getAfter().isEmpty()
                ? new byte[0]
                : RowKeys.next(list.getAfter().toByteArray());
        try (RowCursor cursor = rows.scan(list.getDoomed() ? Tables.DOOMED : Tables.BUCKETS, from, null)) {
            while (cursor.next()) {
                if (page.getBucketsCount() == list.getMax()) {
                    page.setMore(true);
                    break;
                }
                page.addBuckets(RowReader.parse(cursor.value(), BucketRow.parser()));
            }
        }
        return Answer.newBuilder().setBucketPage(page).build();
    }

    private static @Nullable BucketRow find(Rows rows, String name) {
        return RowReader.get(rows, Tables.BUCKETS, RowKeys.bucket(name), BucketRow.parser());
    }

    private static Answer answer(@Nullable BucketRow row, boolean changed) {
        BucketAnswer.Builder answer = BucketAnswer.newBuilder().setChanged(changed);
        if (row != null) {
            answer.setBucket(row);
        }
        return Answer.newBuilder().setBucket(answer).build();
    }
}
