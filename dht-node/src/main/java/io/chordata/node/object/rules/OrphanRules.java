package io.chordata.node.object.rules;

import io.chordata.node.core.BucketId;
import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.Uint128;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Condemn;
import io.chordata.node.object.rules.MessageProtos.Owner;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.object.rules.MessageProtos.Verdict;
import io.chordata.node.object.rules.RowProtos.DueRow;
import io.chordata.node.object.rules.RowProtos.Head;
import io.chordata.node.object.rules.RowProtos.Part;
import io.chordata.node.object.rules.RowProtos.ShardRow;
import io.chordata.node.partition.StateMachine.Rows;
import org.jspecify.annotations.Nullable;

/**
 * Bodies that were written and never referred to. A body is condemned only when no row refers to it and log time is past
 * the last moment at which a command could first do so; both are decided in one log, so never both happen.
 */
final class OrphanRules {
    private OrphanRules() {}

    static Answer isReferenced(Rows rows, Shard shard, Owner owner) {
        return verdict(refers(rows, shard, owner));
    }

    /** It waits like garbage: a body overwritten a moment ago may be among what a reader still needs. */
    static Answer condemn(Change change, Condemn condemn) {
        Owner owner = condemn.getOwner();
        if (!WriteRules.isTooOld(change, owner.getStartedMillis()) || refers(change.rows(), change.shard(), owner)) {
            return verdict(true);
        }
        DueRow.Stray stray = DueRow.Stray.newBuilder()
                .setBody(owner.getBody())
                .setPartition(condemn.getPartition())
                .build();
        change.later(Periods.GARBAGE_MILLIS, DueRow.newBuilder().setStray(stray).build());
        return verdict(false);
    }

    private static boolean refers(Rows rows, Shard shard, Owner owner) {
        ShardRow row = Shards.find(rows, shard);
        if (row == null || row.getState() == ShardRow.State.REMOVED) {
            return false;
        }
        return isElsewhere(row, shard, owner) || openPartRefers(rows, shard, owner) || objectRefers(rows, shard, owner);
    }

    /** Whoever asks the wrong shard must not conclude anything from its silence. */
    private static boolean isElsewhere(ShardRow row, Shard shard, Owner owner) {
        BucketId bucket = new BucketId(Uint128.fromBytes(RowKeys.id(shard.getBucket()), 0));
        Uint128 record =
                DerivedIds.recordId(bucket, owner.getKey().toByteArray()).value();
        return record.leadingBits(row.getShardBits()) != shard.getNumber();
    }

    private static boolean openPartRefers(Rows rows, Shard shard, Owner owner) {
        if (owner.getUpload().isEmpty()) {
            return false;
        }
        byte[] key = RowKeys.part(shard, owner.getUpload(), owner.getPart());
        return isBodyOf(RowReader.get(rows, Tables.PARTS, key, Part.parser()), owner);
    }

    private static boolean objectRefers(Rows rows, Shard shard, Owner owner) {
        Head head = ObjectRules.find(rows, shard, owner.getKey());
        return head != null
                && !head.getInlined()
                && ObjectRules.content(rows, shard, owner.getKey(), head).getManifest().getPartsList().stream()
                        .anyMatch(part -> isBodyOf(part, owner));
    }

    private static boolean isBodyOf(@Nullable Part part, Owner owner) {
        return part != null && part.getBody().getId().equals(owner.getBody());
    }

    private static Answer verdict(boolean referenced) {
        return Answer.newBuilder()
                .setVerdict(Verdict.newBuilder().setReferenced(referenced))
                .build();
    }
}
