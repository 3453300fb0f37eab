package io.chordata.node.object;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.chordata.node.core.BodyId;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.DerivedIds;
import io.chordata.node.core.PartitionId;
import io.chordata.node.core.RequestId;
import io.chordata.node.core.Uint128;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.DropBodies;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.MessageProtos.Shard;
import io.chordata.node.partition.Partitions;
import io.vertx.core.Future;
import java.util.List;

/**
 * Puts commands and queries to the partitions that index shards live in. Refusals and failures arrive as
 * {@link ObjectException}. A command without an id may be repeated at any time without harm; one with an id happens once.
 */
final class Index {
    /** Whose only shard has the names of buckets. */
    static final BucketId SYSTEM = new BucketId(Uint128.ZERO);

    private final Partitions partitions;

    Index(Partitions partitions) {
        this.partitions = partitions;
    }

    /** The shard of the bucket that has the key's records. */
    static int shardOf(Bucket bucket, ObjectKey key) {
        return shardOf(bucket.id(), bucket.shardBits(), key.bytes());
    }

    static int shardOf(BucketId bucket, int shardBits, byte[] key) {
        return DerivedIds.recordId(bucket, key).value().leadingBits(shardBits);
    }

    PartitionId partitionOf(Bucket bucket, ObjectKey key) {
        return partitionOf(bucket.id(), shardOf(bucket, key));
    }

    Future<Answer> propose(RequestId id, Bucket bucket, ObjectKey key, Command.Builder command) {
        int shard = shardOf(bucket, key);
        return propose(id, partitionOf(bucket.id(), shard), command.setShard(shard(bucket.id(), shard)));
    }

    Future<Answer> propose(BucketId bucket, int shard, Command.Builder command) {
        return propose(partitionOf(bucket, shard), command.setShard(shard(bucket, shard)));
    }

    Future<Answer> proposeToSystem(RequestId id, Command.Builder command) {
        return propose(id, partitionOf(SYSTEM, 0), command);
    }

    Future<Answer> proposeToSystem(Command.Builder command) {
        return propose(ofBuckets(), command);
    }

    Future<Answer> propose(PartitionId partition, Command.Builder command) {
        return answerOf(partitions.propose(partition, command.build().toByteArray()));
    }

    private Future<Answer> propose(RequestId id, PartitionId partition, Command.Builder command) {
        return answerOf(partitions.propose(partition, id, command.build().toByteArray()));
    }

    private static Future<Answer> answerOf(Future<byte[]> proposal) {
        return proposal.recover(Failures::ofProposal).compose(Index::decode);
    }

    Future<Answer> read(Bucket bucket, ObjectKey key, Query.Builder query) {
        return read(bucket.id(), shardOf(bucket, key), query);
    }

    Future<Answer> read(BucketId bucket, int shard, Query.Builder query) {
        return read(partitionOf(bucket, shard), query.setShard(shard(bucket, shard)));
    }

    Future<Answer> readSystem(Query.Builder query) {
        return read(ofBuckets(), query);
    }

    Future<Answer> read(PartitionId partition, Query.Builder query) {
        return partitions
                .read(partition, query.build().toByteArray())
                .recover(Failures::ofStep)
                .compose(Index::decode);
    }

    /** The blocks of the bodies in that partition go, and do not come back. */
    Future<Void> drop(PartitionId partition, List<BodyId> bodies) {
        DropBodies.Builder drop = DropBodies.newBuilder().setRemembered(true);
        bodies.forEach(body -> drop.addBodies(Ids.of(body)));
        return propose(partition, Command.newBuilder().setDropBodies(drop)).mapEmpty();
    }

    /** When what is written now begins, as the rules will judge it. */
    long timeMillis() {
        return partitions.timeMillis();
    }

    /** Where the names of all buckets are. */
    PartitionId ofBuckets() {
        return partitionOf(SYSTEM, 0);
    }

    private PartitionId partitionOf(BucketId bucket, int shard) {
        return partitions.partitioning().partitionOf(DerivedIds.shardPoint(bucket, shard));
    }

    private static Shard.Builder shard(BucketId bucket, int shard) {
        return Shard.newBuilder()
                .setBucket(ByteString.copyFrom(bucket.value().toBytes()))
                .setNumber(shard);
    }

    private static Future<Answer> decode(byte[] bytes) {
        try {
            Answer answer = Answer.parseFrom(bytes);
            return answer.hasRefusal()
                    ? Future.failedFuture(Failures.of(answer.getRefusal()))
                    : Future.succeededFuture(answer);
        } catch (InvalidProtocolBufferException e) {
            return Future.failedFuture(new IllegalStateException("an answer of a partition does not parse", e));
        }
    }
}
