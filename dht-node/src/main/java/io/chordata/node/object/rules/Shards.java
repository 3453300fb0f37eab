package io.chordata.node.object.rules;

import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.CreateShard;
import io.chordata.node.object.rules.MessageProtos.Done;
import io.chordata.node.object.rules.MessageProtos.PurgeShard;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.object.rules.RowProtos.ShardRow;
import io.chordata.node.object.rules.RowProtos.ShardRow.State;
import io.chordata.node.partition.StateMachine.RowCursor;
import io.chordata.node.partition.StateMachine.Rows;
import org.jspecify.annotations.Nullable;

/**
 * A bucket's row in each of its index shards. Object commands are judged by that row alone.
 *
 * <pre>
 * absent  → OPEN     create
 * OPEN    → SEALED   seal, if its attempt is new here and the shard is empty
 * SEALED  → OPEN     reopen; an OPEN row only notes the attempt
 * SEALED  → REMOVED  purge, when uploads and parts are gone
 * REMOVED → absent   a day later
 * </pre>
 *
 * <p>Attempts at deleting a bucket are numbered by its name's row. Reopening notes the number, so a seal of the same
 * attempt that comes late finds that the attempt was given up.
 */
final class Shards {
    private static final Answer DONE =
            Answer.newBuilder().setDone(Done.getDefaultInstance()).build();
    private static final Answer MORE =
            Answer.newBuilder().setDone(Done.newBuilder().setMore(true)).build();

    private Shards() {}

    /** For commands on objects and uploads. */
    static void requireOpen(Rows rows, Shard shard) {
        if (requireKnown(rows, shard).getState() == State.SEALED) {
            throw new RuleRefusal(Reason.SEALED, "the bucket is being deleted");
        }
    }

    /** For queries: a sealed shard is empty, and may say so. */
    static ShardRow requireKnown(Rows rows, Shard shard) {
        ShardRow row = find(rows, shard);
        if (row == null || row.getState() == State.REMOVED) {
            throw new RuleRefusal(Reason.UNKNOWN_SHARD, "the bucket does not exist");
        }
        return row;
    }

    static Answer get(Rows rows, Shard shard) {
        return Answer.newBuilder().setShard(requireKnown(rows, shard)).build();
    }

    static Answer create(Change change, CreateShard create) {
        if (find(change.rows(), change.shard()) == null) {
            ShardRow row =
                    ShardRow.newBuilder().setShardBits(create.getShardBits()).build();
            write(change, row, State.OPEN, 0);
        }
        return DONE;
    }

    static Answer seal(Change change, long attempt) {
        ShardRow row = requireKnown(change.rows(), change.shard());
        if (row.getState() == State.SEALED && row.getAttempt() == attempt) {
            return DONE;
        }
        if (row.getAttempt() >= attempt) {
            throw new RuleRefusal(Reason.STALE_ATTEMPT, "the bucket is no longer being deleted");
        }
        if (holdsObjects(change)) {
            throw new RuleRefusal(Reason.NOT_EMPTY, "the bucket is not empty");
        }
        write(change, row, State.SEALED, attempt);
        return DONE;
    }

    static Answer reopen(Change change, long attempt) {
        ShardRow row = requireKnown(change.rows(), change.shard());
        if (row.getAttempt() <= attempt) {
            write(change, row, State.OPEN, attempt);
        }
        return DONE;
    }

    /** Only a bucket whose name is gone is purged, so nothing opens the shard again in between. */
    static Answer purge(Change change, PurgeShard purge) {
        ShardRow row = find(change.rows(), change.shard());
        if (row == null || row.getState() == State.REMOVED) {
            return DONE;
        }
        if (row.getState() != State.SEALED) {
            throw new IllegalStateException("purge of a shard that is " + row.getState());
        }
        if (new ShardPurge(change, purge.getMaxRows()).run()) {
            return MORE;
        }
        write(change, row, State.REMOVED, row.getAttempt());
        change.forgetLater(Periods.REMOVED_SHARD_MILLIS, Tables.SHARDS, RowKeys.shard(change.shard()));
        return DONE;
    }

    private static boolean holdsObjects(Change change) {
        byte[] from = RowKeys.shard(change.shard());
        try (RowCursor heads = change.rows().scan(Tables.HEADS, from, RowKeys.behindAll(from))) {
            return heads.next();
        }
    }

    private static void write(Change change, ShardRow row, State state, long attempt) {
        change.put(
                Tables.SHARDS,
                RowKeys.shard(change.shard()),
                row.toBuilder().setState(state).setAttempt(attempt).build());
    }

    static @Nullable ShardRow find(Rows rows, Shard shard) {
        return RowReader.get(rows, Tables.SHARDS, RowKeys.shard(shard), ShardRow.parser());
    }
}
