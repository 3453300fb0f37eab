package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.object.ShardMerge.Merged;
import io.chordata.node.object.ShardMerge.ShardPage;
import io.chordata.node.object.rules.MessageProtos.ListObjects;
import io.chordata.node.object.rules.MessageProtos.ObjectEntry;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the objects of a bucket: an ordered merge over its index shards. Each page shows every write acknowledged before
 * it was asked for and nothing deleted before; a listing of several pages is no snapshot.
 */
public final class Listings {
    private static final Comparator<ObjectEntry> BY_KEY =
            Comparator.comparing(ObjectEntry::getKey, ByteString.unsignedLexicographicalComparator());

    private final Index index;
    private final Buckets buckets;

    Listings(Index index, Buckets buckets) {
        this.index = index;
        this.buckets = buckets;
    }

    /** Fails with NO_SUCH_BUCKET. */
    public Future<Page> list(Request request) {
        return buckets.use(
                request.bucket(),
                bucket -> request.max() == 0
                        ? Future.succeededFuture(new Page(List.of(), List.of(), false, ""))
                        : list(bucket, request));
    }

    private Future<Page> list(Bucket bucket, Request request) {
        return new ShardMerge<ObjectEntry>(
                        1 << bucket.shardBits(),
                        request.max(),
                        BY_KEY,
                        (shard, after, max) -> fetch(bucket, request, shard, after, max))
                .run()
                .map(Listings::page);
    }

    private Future<ShardPage<ObjectEntry>> fetch(
            Bucket bucket, Request request, int shard, @Nullable ObjectEntry after, int max) {
        ListObjects list = ListObjects.newBuilder()
                .setPrefix(ByteString.copyFromUtf8(request.prefix()))
                .setDelimiter(ByteString.copyFromUtf8(request.delimiter()))
                .setStartAfter(after == null ? ByteString.copyFromUtf8(request.startAfter()) : after.getKey())
                .setMax(max)
                .build();
        return index.read(bucket.id(), shard, Query.newBuilder().setListObjects(list))
                .map(answer -> new ShardPage<>(
                        answer.getObjectPage().getEntriesList(),
                        answer.getObjectPage().getMore()));
    }

    private static Page page(Merged<ObjectEntry> merged) {
        List<StoredObject> objects = new ArrayList<>();
        List<String> commonPrefixes = new ArrayList<>();
        String last = "";
        for (ObjectEntry entry : merged.entries()) {
            last = entry.getKey().toStringUtf8();
            if (entry.hasHead()) {
                objects.add(Messages.object(new ObjectKey(last), entry.getHead()));
            } else {
                commonPrefixes.add(last);
            }
        }
        return new Page(objects, commonPrefixes, merged.more(), merged.more() ? last : "");
    }

    /**
     * @param prefix empty for all
     * @param delimiter empty for none; keys that have it after the prefix roll up into common prefixes
     * @param startAfter only keys (and common prefixes) after this text; empty for all
     * @param max 0 to 1,000, objects and common prefixes together
     */
    public record Request(String bucket, String prefix, String delimiter, String startAfter, int max) {}

    /**
     * @param objects without their metadata
     * @param next where the next page starts ({@code startAfter}), empty if nothing follows
     */
    public record Page(List<StoredObject> objects, List<String> commonPrefixes, boolean truncated, String next) {}
}
