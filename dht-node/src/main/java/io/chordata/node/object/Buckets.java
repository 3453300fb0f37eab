package io.chordata.node.object;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.ByteString;
import io.chordata.node.core.FutureLoop;
import io.chordata.node.object.rules.MessageProtos.BucketAnswer;
import io.chordata.node.object.rules.MessageProtos.BucketPage;
import io.chordata.node.object.rules.MessageProtos.ListObjects;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.MessageProtos.StepBucket.Step;
import io.chordata.node.object.rules.RowProtos.BucketRow;
import io.chordata.node.object.rules.RowProtos.BucketRow.State;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, finds and deletes buckets. Each step of a create or delete that was cut short is finished by whoever meets
 * the bucket's record next. Futures fail with {@link ObjectException}.
 *
 * <p>Operations on objects take the bucket from a cache. It may be stale: the shards' own rows judge, and when one says
 * that it does not know the bucket, or that the bucket is being deleted, the record is read again and the operation is
 * done once more ({@link #use}).
 */
public final class Buckets {
    private static final Logger LOG = LoggerFactory.getLogger(Buckets.class);
    private static final int PAGE = 1_000;

    /** Steps that one operation takes to bring a bucket to rest while others start new ones. */
    private static final int MAX_STEPS = 16;

    private final Index index;
    private final BucketSteps steps;
    private final Cache<String, Bucket> cache;

    Buckets(Index index, BucketSteps steps, ObjectOptions options) {
        this.index = index;
        this.steps = steps;
        this.cache = Caffeine.newBuilder().maximumSize(options.bucketCacheMax()).build();
    }

    private Buckets(Index index, BucketSteps steps, Cache<String, Bucket> cache) {
        this.index = index;
        this.steps = steps;
        this.cache = cache;
    }

    /** The same buckets, and one cache of them, as another index sees them. */
    Buckets readBy(Index other) {
        return new Buckets(other, steps.by(other), cache);
    }

    /** Fails with INVALID_BUCKET_NAME or BUCKET_ALREADY_OWNED. */
    public Future<Bucket> create(Invocation invocation, String name) {
        try {
            BucketName.check(name);
        } catch (ObjectException e) {
            return Future.failedFuture(e);
        }
        return create(invocation, name, MAX_STEPS);
    }

    private Future<Bucket> create(Invocation invocation, String name, int left) {
        return steps.begin(invocation, name)
                .compose(
                        begun -> settle(begun.getBucket(), left).compose(row -> created(invocation, begun, row, left)));
    }

    private Future<Bucket> created(Invocation invocation, BucketAnswer begun, @Nullable BucketRow row, int left) {
        if (begun.getChanged()) {
            return row != null && row.getId().equals(begun.getBucket().getId())
                    ? Future.succeededFuture(remember(row))
                    : Future.succeededFuture(bucketOf(begun.getBucket()));
        }
        if (row == null) {
            return left == 0
                    ? busy(begun.getBucket().getName())
                    : create(invocation, begun.getBucket().getName(), left - 1);
        }
        return Future.failedFuture(
                new ObjectException(ObjectError.BUCKET_ALREADY_OWNED, "the bucket exists already and is yours"));
    }

    /** Fails with NO_SUCH_BUCKET. Reads the record itself, never the cache. */
    public Future<Bucket> find(String name) {
        return steps.read(name)
                .compose(row -> row == null
                        ? gone(name)
                        : settle(row, MAX_STEPS)
                                .compose(settled ->
                                        settled == null ? gone(name) : Future.succeededFuture(remember(settled))));
    }

    /** Fails with NO_SUCH_BUCKET or BUCKET_NOT_EMPTY (open uploads do not count, as at S3: they go with the bucket). */
    public Future<Void> delete(String name) {
        return find(name)
                .compose(bucket -> requireEmpty(bucket)
                        .compose(empty -> steps.read(name))
                        .compose(row -> row == null ? gone(name) : beginDelete(row)));
    }

    private Future<Void> beginDelete(BucketRow row) {
        return steps.step(row, Step.BEGIN_DELETE)
                .compose(begun -> begun == null ? Future.succeededFuture() : settle(begun, MAX_STEPS))
                .compose(settled -> {
                    cache.invalidate(row.getName());
                    return settled != null && settled.getId().equals(row.getId())
                            ? notEmpty()
                            : Future.succeededFuture();
                });
    }

    /** An ordinary refusal must not disturb writers by sealing anything. */
    private Future<Void> requireEmpty(Bucket bucket) {
        ListObjects one = ListObjects.newBuilder().setMax(1).build();
        List<Future<Void>> shards = IntStream.range(0, 1 << bucket.shardBits())
                .mapToObj(shard -> index.read(
                                bucket.id(), shard, Query.newBuilder().setListObjects(one))
                        .compose(answer -> answer.getObjectPage().getEntriesCount() == 0
                                ? Future.<Void>succeededFuture()
                                : notEmpty()))
                .toList();
        return Future.join(shards).mapEmpty();
    }

    /** All buckets, by name. */
    public Future<List<Bucket>> list() {
        List<Bucket> found = new ArrayList<>();
        Pages pages = new Pages(false, row -> ByteString.copyFromUtf8(row.getName()));
        return FutureLoop.until(() -> pages.next(page -> {
                    page.getBucketsList().stream()
                            .filter(row -> row.getState() != State.CREATING)
                            .map(Buckets::bucketOf)
                            .forEach(found::add);
                    return Future.succeededFuture();
                }))
                .map(found);
    }

    /** Goes through the rows of buckets, page by page. */
    private final class Pages {
        private final boolean doomed;
        private final Function<BucketRow, ByteString> keyOf;
        private ByteString after = ByteString.EMPTY;

        Pages(boolean doomed, Function<BucketRow, ByteString> keyOf) {
            this.doomed = doomed;
            this.keyOf = keyOf;
        }

        /** Gives whether there are more. */
        Future<Boolean> next(Function<BucketPage, Future<Void>> act) {
            return steps.list(after, PAGE, doomed).compose(page -> {
                if (page.getMore()) {
                    after = keyOf.apply(page.getBuckets(page.getBucketsCount() - 1));
                }
                return act.apply(page).map(page.getMore());
            });
        }
    }

    /** Runs an operation on the bucket of that name. */
    <T> Future<T> use(String name, Function<Bucket, Future<T>> operation) {
        Bucket cached = cache.getIfPresent(name);
        return cached == null
                ? find(name).compose(bucket -> useAgainIfStale(bucket, operation))
                : useAgainIfStale(cached, operation);
    }

    /** Runs an operation; once more, with the bucket as it is by then, if a shard says that this one is stale. */
    <T> Future<T> useAgainIfStale(Bucket bucket, Function<Bucket, Future<T>> operation) {
        return operation.apply(bucket).recover(failure -> {
            if (!Failures.is(failure, ObjectError.NO_SUCH_BUCKET) && !Failures.is(failure, ObjectError.BUCKET_BUSY)) {
                return Future.failedFuture(failure);
            }
            cache.invalidate(bucket.name());
            return find(bucket.name()).compose(operation);
        });
    }

    /** Finishes what a crash cut short of deleting buckets whose names are gone; one that cannot be is put off. */
    Future<Void> purgeDoomed() {
        Pages pages = new Pages(true, BucketRow::getId);
        return FutureLoop.until(() -> pages.next(page -> FutureLoop.each(page.getBucketsList(), this::purge)));
    }

    /** Finishes what is under way with a bucket. Gives its row when it is open, null when the name is free. */
    private Future<@Nullable BucketRow> settle(BucketRow row, int left) {
        if (row.getState() == State.OPEN) {
            return Future.succeededFuture(row);
        }
        if (row.getState() == State.DOOMED) {
            purge(row);
            return Future.succeededFuture(null);
        }
        return left == 0
                ? busy(row.getName())
                : advance(row).compose(next -> {
                    if (next == null) {
                        return Future.succeededFuture(null);
                    }
                    return settle(next, left - 1);
                });
    }

    private Future<@Nullable BucketRow> advance(BucketRow row) {
        return switch (row.getState()) {
            case CREATING -> steps.createShards(row).compose(done -> steps.step(row, Step.FINISH_CREATE));
            case REOPENING -> steps.reopenShards(row).compose(done -> steps.step(row, Step.FINISH_REOPEN));
            case DELETING ->
                steps.sealShards(row)
                        .compose(done -> steps.step(row, Step.DOOM))
                        .recover(failure -> afterFailedSeal(row, failure));
            default -> Future.failedFuture(new IllegalStateException("a bucket is " + row.getState()));
        };
    }

    private Future<@Nullable BucketRow> afterFailedSeal(BucketRow row, Throwable failure) {
        if (Failures.is(failure, ObjectError.BUCKET_NOT_EMPTY)) {
            return steps.step(row, Step.GIVE_UP_DELETE);
        }
        boolean decidedByOther =
                Failures.is(failure, ObjectError.BUCKET_BUSY) || Failures.is(failure, ObjectError.NO_SUCH_BUCKET);
        return decidedByOther ? steps.read(row.getName()) : Future.failedFuture(failure);
    }

    /** The bucket is gone for everyone already; if this stops, {@link #purgeDoomed} goes on. */
    private Future<Void> purge(BucketRow row) {
        return steps.purge(row).recover(failure -> {
            LOG.warn(
                    "event=bucket_purge_put_off bucket={} id={} reason={}",
                    row.getName(),
                    Ids.bucket(row.getId()),
                    String.valueOf(failure.getMessage()));
            return Future.succeededFuture();
        });
    }

    private Bucket remember(BucketRow row) {
        Bucket bucket = bucketOf(row);
        cache.put(bucket.name(), bucket);
        return bucket;
    }

    private static Bucket bucketOf(BucketRow row) {
        return new Bucket(row.getName(), Ids.bucket(row.getId()), row.getShardBits(), row.getCreatedMillis());
    }

    private static <T> Future<T> gone(String name) {
        return Future.failedFuture(
                new ObjectException(ObjectError.NO_SUCH_BUCKET, "the bucket '" + name + "' does not exist"));
    }

    private static <T> Future<T> busy(String name) {
        return Future.failedFuture(new ObjectException(
                ObjectError.BUCKET_BUSY, "the bucket '" + name + "' is being created or deleted; try again"));
    }

    private static <T> Future<T> notEmpty() {
        return Future.failedFuture(new ObjectException(ObjectError.BUCKET_NOT_EMPTY, "the bucket is not empty"));
    }
}
