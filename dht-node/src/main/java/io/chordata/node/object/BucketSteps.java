package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.core.BucketId;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.core.RandomSource;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.BeginBucket;
import io.chordata.node.object.rules.MessageProtos.BucketAnswer;
import io.chordata.node.object.rules.MessageProtos.BucketPage;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.CreateShard;
import io.chordata.node.object.rules.MessageProtos.ForgetBucket;
import io.chordata.node.object.rules.MessageProtos.GetBucket;
import io.chordata.node.object.rules.MessageProtos.ListBuckets;
import io.chordata.node.object.rules.MessageProtos.PurgeShard;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.MessageProtos.ReopenShard;
import io.chordata.node.object.rules.MessageProtos.SealShard;
import io.chordata.node.object.rules.MessageProtos.StepBucket;
import io.chordata.node.object.rules.MessageProtos.StepBucket.Step;
import io.chordata.node.object.rules.RowProtos.BucketRow;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The single steps of creating and deleting buckets: one command or query each, or the same one to every shard. Every
 * step but the first may be repeated, by anyone, at any time.
 */
final class BucketSteps {
    private final Index index;
    private final RandomSource random;
    private final ObjectOptions options;

    BucketSteps(Index index, RandomSource random, ObjectOptions options) {
        this.index = index;
        this.random = random;
        this.options = options;
    }

    /** The same steps, put to another index. */
    BucketSteps by(Index other) {
        return new BucketSteps(other, random, options);
    }

    /** The row of the name, null if there is none. */
    Future<@Nullable BucketRow> read(String name) {
        return index.readSystem(
                        Query.newBuilder().setGetBucket(GetBucket.newBuilder().setName(name)))
                .map(answer -> rowOf(answer.getBucket()));
    }

    Future<BucketAnswer> begin(Invocation invocation, String name) {
        BeginBucket begin = BeginBucket.newBuilder()
                .setName(name)
                .setId(Ids.of(BucketId.random(random)))
                .setShardBits(options.shardBits())
                .build();
        return index.proposeToSystem(
                        invocation.next(Index.SYSTEM), Command.newBuilder().setBeginBucket(begin))
                .map(Answer::getBucket);
    }

    /** The row as it is afterwards; null if the name is free. */
    Future<@Nullable BucketRow> step(BucketRow row, Step step) {
        StepBucket command = StepBucket.newBuilder()
                .setName(row.getName())
                .setId(row.getId())
                .setAttempt(row.getAttempt())
                .setStep(step)
                .build();
        return index.proposeToSystem(Command.newBuilder().setStepBucket(command))
                .map(answer -> rowOf(answer.getBucket()));
    }

    Future<Void> createShards(BucketRow row) {
        CreateShard create =
                CreateShard.newBuilder().setShardBits(row.getShardBits()).build();
        return toEachShard(row, () -> Command.newBuilder().setCreateShard(create));
    }

    /** Fails with BUCKET_NOT_EMPTY, BUCKET_BUSY (that attempt was given up), or NO_SUCH_BUCKET (already purged). */
    Future<Void> sealShards(BucketRow row) {
        SealShard seal = SealShard.newBuilder().setAttempt(row.getAttempt()).build();
        return toEachShard(row, () -> Command.newBuilder().setSealShard(seal));
    }

    Future<Void> reopenShards(BucketRow row) {
        ReopenShard reopen =
                ReopenShard.newBuilder().setAttempt(row.getAttempt()).build();
        return toEachShard(row, () -> Command.newBuilder().setReopenShard(reopen));
    }

    /** Removes what is left of a bucket whose name is gone. */
    Future<Void> purge(BucketRow row) {
        BucketId id = Ids.bucket(row.getId());
        return eachShard(row, shard -> FutureLoop.until(() -> purge(id, shard)))
                .compose(purged -> index.proposeToSystem(Command.newBuilder()
                        .setForgetBucket(ForgetBucket.newBuilder().setId(row.getId()))))
                .mapEmpty();
    }

    /** Removes a batch of rows; gives whether more are left. */
    private Future<Boolean> purge(BucketId id, int shard) {
        PurgeShard purge = PurgeShard.newBuilder()
                .setMaxRows(options.housekeepingRowsMax())
                .build();
        return index.propose(id, shard, Command.newBuilder().setPurgeShard(purge))
                .map(answer -> answer.getDone().getMore());
    }

    /** A page of the buckets that have names, or of the doomed. */
    Future<BucketPage> list(ByteString after, int max, boolean doomed) {
        ListBuckets list = ListBuckets.newBuilder()
                .setAfter(after)
                .setMax(max)
                .setDoomed(doomed)
                .build();
        return index.readSystem(Query.newBuilder().setListBuckets(list)).map(Answer::getBucketPage);
    }

    private Future<Void> toEachShard(BucketRow row, Supplier<Command.Builder> command) {
        BucketId id = Ids.bucket(row.getId());
        return eachShard(row, shard -> index.propose(id, shard, command.get()).mapEmpty());
    }

    /** Waits for all shards, also when one fails, so that nothing is under way when the next step is chosen. */
    private static Future<Void> eachShard(BucketRow row, IntFunction<Future<Void>> act) {
        List<Future<Void>> acts =
                IntStream.range(0, 1 << row.getShardBits()).mapToObj(act).toList();
        return Future.join(acts).mapEmpty();
    }

    private static @Nullable BucketRow rowOf(BucketAnswer answer) {
        return answer.hasBucket() ? answer.getBucket() : null;
    }
}
