package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Payload;
import io.chordata.node.block.WrittenBody;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.DeleteObject;
import io.chordata.node.object.rules.MessageProtos.PutObject;
import io.chordata.node.object.rules.RowProtos.Content;
import io.chordata.node.object.rules.RowProtos.Manifest;
import io.chordata.node.object.rules.RowProtos.Part;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs the operations on single objects. Futures complete on the caller's loop and fail with {@link ObjectException}. */
public final class Objects {
    /** Deletes of one request under way at a time: enough to share syncs, few enough to leave room for others. */
    private static final int DELETES_AT_ONCE = 64;

    private final Index index;
    private final Buckets buckets;
    private final ObjectReader reader;
    private final BodyWrites writes;
    private final ObjectOptions options;

    Objects(Index index, Buckets buckets, ObjectReader reader, BodyWrites writes, ObjectOptions options) {
        this.index = index;
        this.buckets = buckets;
        this.reader = reader;
        this.writes = writes;
        this.options = options;
    }

    /** Fails with NO_SUCH_BUCKET or NO_SUCH_KEY. */
    public Future<StoredObject> head(String bucket, ObjectKey key) {
        return reader.record(bucket, key, false).map(answer -> Messages.object(key, answer.getHead()));
    }

    /**
     * Opens the object for reading. {@code choose} sees the version that will be sent, says which bytes, and may refuse by
     * throwing (the future then fails with its exception); it is asked again if the version had to be read again.
     *
     * @param part the part to read, or 0 for the whole; the range is then relative to the part, whose size and place
     *     {@code choose} finds in {@link Choice}
     */
    public Future<OpenObject> open(String bucket, ObjectKey key, int part, Function<Choice, ByteRange> choose) {
        return reader.open(bucket, key, part, choose);
    }

    /**
     * What {@link #open} lets the caller choose from.
     *
     * @param offset where the part begins in the object; 0 for the whole
     * @param size that of the part if one was asked for
     */
    public record Choice(
            StoredObject object,
            long offset,
            long size,
            @Nullable StoredChecksum partChecksum) {}

    /** Stores the payload under the key. Nothing is visible before the future completes, or if it fails. */
    public Future<StoredObject> put(Invocation invocation, PutRequest request, Payload payload) {
        return buckets.use(request.bucket(), Future::succeededFuture)
                .compose(bucket ->
                        put(bucket, request, payload, written -> invocation.of(BodyWrites.fingerprint(written))));
    }

    /**
     * @param checksum which of the payload's checksums to keep, null for none
     */
    public record PutRequest(
            String bucket,
            ObjectKey key,
            ObjectMetadata metadata,
            WriteConditions conditions,
            @Nullable ChecksumAlgorithm checksum) {}

    /** Removes the object; a missing key is fine unless {@code conditions} ask for one. */
    public Future<Void> delete(Invocation invocation, String bucket, ObjectKey key, WriteConditions conditions) {
        DeleteObject delete = DeleteObject.newBuilder()
                .setKey(ByteString.copyFrom(key.bytes()))
                .setConditions(Messages.conditions(conditions))
                .build();
        return buckets.use(
                bucket,
                found -> index.propose(
                                invocation.next(found.id()),
                                found,
                                key,
                                Command.newBuilder().setDeleteObject(delete))
                        .mapEmpty());
    }

    /**
     * Removes up to 1,000 objects.
     *
     * @return an outcome for each item, in the order given: null for removed, else why not
     */
    public Future<List<@Nullable ObjectException>> deleteAll(
            Invocation invocation, String bucket, List<DeleteItem> items) {
        return new DeleteRun(invocation, bucket, items).run();
    }

    public record DeleteItem(ObjectKey key, WriteConditions conditions) {}

    /** Writes the source's bytes anew under the target's key. Source conditions are {@code sourceCheck}'s to refuse. */
    public Future<StoredObject> copy(Invocation invocation, CopyRequest request) {
        return reader.open(request.sourceBucket(), request.sourceKey(), 0, choice -> {
                    request.sourceCheck().accept(choice.object());
                    return new ByteRange(0, choice.size());
                })
                .compose(source -> {
                    PutRequest put = putOf(request, source.object());
                    return buckets.use(put.bucket(), Future::succeededFuture)
                            .compose(bucket ->
                                    put(bucket, put, CopyPayload.of(source, put.checksum()), written -> invocation))
                            .onFailure(failure -> source.close());
                });
    }

    /**
     * @param metadata null to take the source's
     * @param checksum the algorithm of the copy's checksum; null to keep the source's
     * @param sourceCheck sees the version that is being copied; throws to refuse
     */
    public record CopyRequest(
            String sourceBucket,
            ObjectKey sourceKey,
            String bucket,
            ObjectKey key,
            @Nullable ObjectMetadata metadata,
            WriteConditions conditions,
            @Nullable ChecksumAlgorithm checksum,
            Consumer<StoredObject> sourceCheck) {}

    /** The parts of an object, for GetObjectAttributes and part reads. Empty for a plain put. */
    public Future<List<StoredPart>> parts(String bucket, ObjectKey key) {
        return reader.record(bucket, key, true).map(answer -> {
            List<Part> parts = answer.getContent().getManifest().getPartsList();
            return IntStream.range(0, answer.getHead().getParts())
                    .mapToObj(place -> Messages.part(place + 1, parts.get(place)))
                    .toList();
        });
    }

    /** Where the object's record and bytes are, for status. Fails as {@link #head} does. */
    public Future<ObjectPlace> locate(String bucket, ObjectKey key) {
        return buckets.find(bucket)
                .compose(found -> reader.record(bucket, key, true)
                        .map(answer -> new ObjectPlace(
                                Messages.object(key, answer.getHead()),
                                index.partitionOf(found, key),
                                answer.getContent().hasInlined(),
                                answer.getContent().getManifest().getPartsList().stream()
                                        .map(part -> Messages.body(part.getBody()))
                                        .toList())));
    }

    /** @param named whence the command's id comes once the bytes are known; a copy's need not be the same again */
    private Future<StoredObject> put(
            Bucket bucket, PutRequest request, Payload payload, Function<WrittenBody, Invocation> named) {
        BlockOwner owner = new BlockOwner(bucket.id(), request.key().bytes(), null, 0, index.timeMillis());
        return writes.writeAndCommit(owner, payload, options.inlineLimitBytes(), written -> {
                    Invocation invocation = named.apply(written);
                    return buckets.useAgainIfStale(
                            bucket, current -> commit(invocation, current, request, written, owner));
                })
                .map(answer -> Messages.object(request.key(), answer.getHead()));
    }

    private Future<Answer> commit(
            Invocation invocation, Bucket bucket, PutRequest request, WrittenBody written, BlockOwner owner) {
        if (written.body() != null && !bucket.id().equals(owner.bucket())) {
            return Future.failedFuture(new ObjectException(
                    ObjectError.BUCKET_BUSY, "the bucket was made anew during the upload; try again"));
        }
        Part part = BodyWrites.part(0, written, owner.startedMillis(), request.checksum());
        PutObject.Builder put = PutObject.newBuilder()
                .setKey(ByteString.copyFrom(owner.key()))
                .setConditions(Messages.conditions(request.conditions()))
                .setSize(written.size())
                .setEtag(HexFormat.of().formatHex(written.digests().md5()))
                .setMetadata(Messages.metadata(request.metadata()))
                .setContent(content(written, part));
        if (part.hasChecksum()) {
            put.setChecksum(part.getChecksum());
        }
        return index.propose(
                invocation.next(bucket.id()),
                bucket,
                request.key(),
                Command.newBuilder().setPutObject(put));
    }

    private static Content content(WrittenBody written, Part part) {
        return written.inline() != null
                ? Content.newBuilder()
                        .setInlined(ByteString.copyFrom(written.inline()))
                        .build()
                : Content.newBuilder()
                        .setManifest(Manifest.newBuilder().addParts(part))
                        .build();
    }

    private static PutRequest putOf(CopyRequest request, StoredObject source) {
        ChecksumAlgorithm kept =
                source.checksum() == null ? null : source.checksum().algorithm();
        return new PutRequest(
                request.bucket(),
                request.key(),
                request.metadata() == null ? source.metadata() : request.metadata(),
                request.conditions(),
                request.checksum() == null ? kept : request.checksum());
    }

    /**
     * Works through the items of one request, a few at a time. Once nobody answers for one of them, the rest is not begun: each
     * might wait for as long.
     */
    private final class DeleteRun {
        private final Invocation invocation;
        private final String bucket;
        private final List<DeleteItem> items;
        private final @Nullable ObjectException[] outcomes;
        private int next;
        private @Nullable ObjectException unanswered;

        DeleteRun(Invocation invocation, String bucket, List<DeleteItem> items) {
            this.invocation = invocation;
            this.bucket = bucket;
            this.items = items;
            this.outcomes = new ObjectException[items.size()];
        }

        Future<List<@Nullable ObjectException>> run() {
            return buckets.use(bucket, Future::succeededFuture).compose(found -> {
                List<Future<Void>> lanes = IntStream.range(0, Math.min(DELETES_AT_ONCE, items.size()))
                        .mapToObj(lane -> deleteNext())
                        .toList();
                return Future.join(lanes).map(done -> Arrays.asList(outcomes));
            });
        }

        private Future<Void> deleteNext() {
            if (next == items.size()) {
                return Future.succeededFuture();
            }
            int place = next++;
            if (unanswered != null) {
                outcomes[place] = unanswered;
                return deleteNext();
            }
            DeleteItem item = items.get(place);
            byte[] key = item.key().bytes();
            byte[] what = ByteBuffer.allocate(Integer.BYTES + key.length)
                    .putInt(place)
                    .put(key)
                    .array();
            return delete(invocation.of(what), bucket, item.key(), item.conditions())
                    .recover(failure -> keep(place, failure))
                    .compose(done -> deleteNext());
        }

        private Future<Void> keep(int place, Throwable failure) {
            if (failure instanceof ObjectException refusal) {
                outcomes[place] = refusal;
                if (refusal.error() == ObjectError.UNAVAILABLE || refusal.error() == ObjectError.UNKNOWN_OUTCOME) {
                    unanswered = refusal;
                }
                return Future.succeededFuture();
            }
            return Future.failedFuture(failure);
        }
    }
}
