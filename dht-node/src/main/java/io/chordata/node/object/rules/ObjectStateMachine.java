package io.chordata.node.object.rules;

import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.PartitionId;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.partition.StateMachine;

/**
 * The object layer as a partition's state machine: decodes commands and queries, has the shard's row judge those that
 * concern a bucket, and hands each to the rules of its area. A command that it does not know stops the node: to skip it
 * would make this replica differ from the others.
 */
public final class ObjectStateMachine implements StateMachine {
    @Override
    public byte[] apply(Entry entry, RowWriter rows) {
        Command command = RowReader.parse(entry.command(), Command.parser());
        try {
            return apply(command, new Change(entry, command.getShard(), rows)).toByteArray();
        } catch (RuleRefusal refusal) {
            return refusal.answer().toByteArray();
        }
    }

    private static Answer apply(Command command, Change change) {
        return switch (command.getEffectCase()) {
            case PUT_OBJECT, DELETE_OBJECT, CREATE_UPLOAD, PUT_PART, COMPLETE_UPLOAD, ABORT_UPLOAD ->
                applyToBucket(command, change);
            case CONDEMN -> OrphanRules.condemn(change, command.getCondemn());
            case CREATE_SHARD -> Shards.create(change, command.getCreateShard());
            case SEAL_SHARD -> Shards.seal(change, command.getSealShard().getAttempt());
            case REOPEN_SHARD -> Shards.reopen(change, command.getReopenShard().getAttempt());
            case PURGE_SHARD -> Shards.purge(change, command.getPurgeShard());
            case DROP_BODIES -> DueRules.drop(change, command.getDropBodies());
            case COLLECT_DUE -> DueRules.collect(change, command.getCollectDue());
            case FORGET_DUE -> DueRules.forget(change, command.getForgetDue());
            case BEGIN_BUCKET -> BucketRules.begin(change, command.getBeginBucket());
            case STEP_BUCKET -> BucketRules.step(change, command.getStepBucket());
            case FORGET_BUCKET -> BucketRules.forget(change, command.getForgetBucket());
            case CREATE_KEY -> KeyRules.create(change, command.getCreateKey());
            case DELETE_KEY -> KeyRules.delete(change, command.getDeleteKey());
            case EFFECT_NOT_SET -> throw unknown("command");
        };
    }

    private static Answer applyToBucket(Command command, Change change) {
        Shards.requireOpen(change.rows(), change.shard());
        return switch (command.getEffectCase()) {
            case PUT_OBJECT -> ObjectRules.put(change, command.getPutObject());
            case DELETE_OBJECT -> ObjectRules.delete(change, command.getDeleteObject());
            case CREATE_UPLOAD -> UploadRules.create(change, command.getCreateUpload());
            case PUT_PART -> UploadRules.putPart(change, command.getPutPart());
            case COMPLETE_UPLOAD -> CompleteRules.complete(change, command.getCompleteUpload());
            case ABORT_UPLOAD -> UploadRules.abort(change, command.getAbortUpload());
            default -> throw unknown("command");
        };
    }

    @Override
    public byte[] query(PartitionId partition, byte[] query, Rows rows) {
        try {
            return answer(RowReader.parse(query, Query.parser()), rows).toByteArray();
        } catch (RuleRefusal refusal) {
            return refusal.answer().toByteArray();
        }
    }

    private static Answer answer(Query query, Rows rows) {
        return switch (query.getQuestionCase()) {
            case GET_OBJECT, LIST_OBJECTS, GET_UPLOAD, LIST_PARTS, LIST_UPLOADS -> answerFromBucket(query, rows);
            case IS_REFERENCED ->
                OrphanRules.isReferenced(
                        rows, query.getShard(), query.getIsReferenced().getOwner());
            case GET_SHARD -> Shards.get(rows, query.getShard());
            case HAS_DUE -> DueRules.hasDue(rows, query.getHasDue());
            case GET_BUCKET -> BucketRules.get(rows, query.getGetBucket());
            case LIST_BUCKETS -> BucketRules.list(rows, query.getListBuckets());
            case GET_KEY -> KeyRules.get(rows, query.getGetKey());
            case LIST_KEYS -> KeyRules.list(rows);
            case QUESTION_NOT_SET -> throw unknown("query");
        };
    }

    private static Answer answerFromBucket(Query query, Rows rows) {
        Shard shard = query.getShard();
        Shards.requireKnown(rows, shard);
        return switch (query.getQuestionCase()) {
            case GET_OBJECT -> ObjectRules.get(rows, shard, query.getGetObject());
            case LIST_OBJECTS -> ListingRules.objects(rows, shard, query.getListObjects());
            case GET_UPLOAD -> UploadRules.get(rows, shard, query.getGetUpload());
            case LIST_PARTS -> UploadRules.listParts(rows, shard, query.getListParts());
            case LIST_UPLOADS -> ListingRules.uploads(rows, shard, query.getListUploads());
            default -> throw unknown("query");
        };
    }

    @Override
    public boolean isDropped(BodyId body, Rows rows) {
        return DueRules.isDropped(rows, body);
    }

    @Override
    public boolean isKnown(byte[] command, int level) {
        try {
            return firstLevel(Command.parseFrom(command).getEffectCase()) <= level;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    /** From which level on replicas know the effect. */
    private static int firstLevel(Command.EffectCase effect) {
        return switch (effect) {
            case PUT_OBJECT,
                    DELETE_OBJECT,
                    CREATE_UPLOAD,
                    PUT_PART,
                    COMPLETE_UPLOAD,
                    ABORT_UPLOAD,
                    CONDEMN,
                    CREATE_SHARD,
                    SEAL_SHARD,
                    REOPEN_SHARD,
                    PURGE_SHARD,
                    DROP_BODIES,
                    COLLECT_DUE,
                    FORGET_DUE,
                    BEGIN_BUCKET,
                    STEP_BUCKET,
                    FORGET_BUCKET,
                    CREATE_KEY,
                    DELETE_KEY -> 1;
            case EFFECT_NOT_SET -> Integer.MAX_VALUE;
        };
    }

    @Override
    public boolean freesSpace(byte[] command) {
        return switch (RowReader.parse(command, Command.parser()).getEffectCase()) {
            case DELETE_OBJECT,
                    ABORT_UPLOAD,
                    CONDEMN,
                    SEAL_SHARD,
                    REOPEN_SHARD,
                    PURGE_SHARD,
                    DROP_BODIES,
                    COLLECT_DUE,
                    FORGET_DUE,
                    STEP_BUCKET,
                    FORGET_BUCKET,
                    DELETE_KEY -> true;
            default -> false;
        };
    }

    private static IllegalStateException unknown(String what) {
        return new IllegalStateException("a " + what + " of the object layer that this version does not know");
    }
}
