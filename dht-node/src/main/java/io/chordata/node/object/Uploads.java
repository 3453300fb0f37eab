package io.chordata.node.object;

import com.google.protobuf.ByteString;
import io.chordata.node.block.ChecksumAlgorithm;
import io.chordata.node.block.Payload;
import io.chordata.node.block.WrittenBody;
import io.chordata.node.core.BlockOwner;
import io.chordata.node.core.Clock;
import io.chordata.node.core.RandomSource;
import io.chordata.node.core.Uint128;
import io.chordata.node.core.UploadId;
import io.chordata.node.object.ShardMerge.Merged;
import io.chordata.node.object.ShardMerge.ShardPage;
import io.chordata.node.object.rules.MessageProtos;
import io.chordata.node.object.rules.MessageProtos.AbortUpload;
import io.chordata.node.object.rules.MessageProtos.Answer;
import io.chordata.node.object.rules.MessageProtos.Command;
import io.chordata.node.object.rules.MessageProtos.CompleteUpload;
import io.chordata.node.object.rules.MessageProtos.CompleteUpload.NamedPart;
import io.chordata.node.object.rules.MessageProtos.CreateUpload;
import io.chordata.node.object.rules.MessageProtos.GetUpload;
import io.chordata.node.object.rules.MessageProtos.ListParts;
import io.chordata.node.object.rules.MessageProtos.ListUploads;
import io.chordata.node.object.rules.MessageProtos.PutPart;
import io.chordata.node.object.rules.MessageProtos.Query;
import io.chordata.node.object.rules.MessageProtos.UploadEntry;
import io.chordata.node.object.rules.RowProtos.UploadRow;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the multipart operations. Futures complete on the caller's loop and fail with {@link ObjectException}. */
public final class Uploads {
    public static final int MAX_PARTS = 10_000;
    public static final long MIN_PART_BYTES = 5L << 20;
    public static final long MAX_PART_BYTES = 5L << 30;

    private static final int PART_ETAG_DIGITS = 32;

    private static final Comparator<UploadEntry> BY_KEY_AND_AGE = Comparator.comparing(
                    UploadEntry::getKey, ByteString.unsignedLexicographicalComparator())
            .thenComparing(UploadEntry::getUpload, ByteString.unsignedLexicographicalComparator());

    private final Index index;
    private final Buckets buckets;
    private final ObjectReader reader;
    private final BodyWrites writes;
    private final Clock clock;
    private final RandomSource random;

    Uploads(Index index, Buckets buckets, ObjectReader reader, BodyWrites writes, Clock clock, RandomSource random) {
        this.index = index;
        this.buckets = buckets;
        this.reader = reader;
        this.writes = writes;
        this.clock = clock;
        this.random = random;
    }

    public Future<UploadId> create(Invocation invocation, CreateRequest request) {
        CreateUpload create = CreateUpload.newBuilder()
                .setKey(bytes(request.key()))
                .setUpload(Ids.of(newId()))
                .setMetadata(Messages.metadata(request.metadata()))
                .setAlgorithm(Messages.algorithm(request.checksum()))
                .setChecksumType(Messages.type(request.checksumType()))
                .build();
        return buckets.use(
                request.bucket(),
                bucket -> index.propose(
                                invocation.next(bucket.id()),
                                bucket,
                                request.key(),
                                Command.newBuilder().setCreateUpload(create))
                        .map(answer -> Ids.upload(answer.getUpload().getId())));
    }

    /** @param checksumType null together with {@code checksum} */
    public record CreateRequest(
            String bucket,
            ObjectKey key,
            ObjectMetadata metadata,
            @Nullable ChecksumAlgorithm checksum,
            StoredChecksum.@Nullable Type checksumType) {}

    /** Which upload. */
    public record UploadName(String bucket, ObjectKey key, UploadId id) {}

    /** Stores a part; an earlier one of that number is replaced. Fails with NO_SUCH_UPLOAD or INVALID_REQUEST. */
    public Future<StoredPart> putPart(
            Invocation invocation,
            UploadName upload,
            int number,
            @Nullable ChecksumAlgorithm checksum,
            Payload payload) {
        return putPart(upload, number, checksum, payload, written -> invocation.of(BodyWrites.fingerprint(written)));
    }

    private Future<StoredPart> putPart(
            UploadName upload,
            int number,
            @Nullable ChecksumAlgorithm checksum,
            Payload payload,
            Function<WrittenBody, Invocation> named) {
        if (number < 1 || number > MAX_PARTS) {
            return Future.failedFuture(new ObjectException(
                    ObjectError.INVALID_ARGUMENT, "part numbers are 1 to " + MAX_PARTS + ", got " + number));
        }
        return buckets.use(upload.bucket(), bucket -> require(bucket, upload).map(bucket))
                .compose(bucket -> putPart(bucket, upload, number, checksum, payload, named));
    }

    /** The upload as it was created: its checksum algorithm and type tell what its parts carry. */
    public Future<UploadInfo> find(UploadName upload) {
        return buckets.use(upload.bucket(), bucket -> require(bucket, upload));
    }

    /** Stores a part from an object's bytes; {@code choose} picks them, or refuses by throwing. */
    public Future<StoredPart> copyPart(
            Invocation invocation,
            UploadName upload,
            int number,
            String sourceBucket,
            ObjectKey sourceKey,
            Function<StoredObject, ByteRange> choose) {
        return find(upload)
                .compose(info -> reader.open(sourceBucket, sourceKey, 0, choice -> choose.apply(choice.object()))
                        .compose(source -> putPart(
                                        upload,
                                        number,
                                        info.checksum(),
                                        CopyPayload.of(source, info.checksum()),
                                        written -> invocation)
                                .onFailure(failure -> source.close())));
    }

    /**
     * Makes the object from the parts named. Repeated with the same parts it gives the first answer again.
     *
     * <p>Fails with INVALID_PART (unknown or another ETag), INVALID_PART_ORDER, ENTITY_TOO_SMALL (any but the last under 5
     * MiB), BAD_DIGEST (a checksum given is not the parts'), PRECONDITION_FAILED, NO_SUCH_KEY, NO_SUCH_UPLOAD.
     */
    public Future<StoredObject> complete(Invocation invocation, CompleteRequest request) {
        UploadName upload = request.upload();
        if (request.parts().size() > MAX_PARTS) {
            return Future.failedFuture(
                    new ObjectException(ObjectError.INVALID_ARGUMENT, "an object has at most " + MAX_PARTS + " parts"));
        }
        CompleteUpload.Builder complete = CompleteUpload.newBuilder()
                .setKey(bytes(upload.key()))
                .setUpload(Ids.of(upload.id()))
                .setConditions(Messages.conditions(request.conditions()));
        if (request.checksum() != null) {
            complete.setChecksum(Messages.checksum(request.checksum()));
        }
        if (request.size() >= 0) {
            complete.setSize(request.size());
        }
        for (CompletedPart part : request.parts()) {
            if (!isPartETag(part.eTag())) {
                return Future.failedFuture(new ObjectException(
                        ObjectError.INVALID_PART, "part " + part.number() + " was not uploaded with that ETag"));
            }
            complete.addParts(named(part));
        }
        return buckets.use(
                upload.bucket(),
                bucket -> index.propose(
                                invocation.next(bucket.id()),
                                bucket,
                                upload.key(),
                                Command.newBuilder().setCompleteUpload(complete))
                        .map(answer -> Messages.object(upload.key(), answer.getHead())));
    }

    /**
     * @param checksum the whole object's, as the client expects it, or null
     * @param size the whole object's ({@code x-amz-mp-object-size}), or -1
     */
    public record CompleteRequest(
            UploadName upload,
            List<CompletedPart> parts,
            WriteConditions conditions,
            @Nullable StoredChecksum checksum,
            long size) {}

    /**
     * @param eTag without quotes
     * @param checksum as the client gives it, or null
     */
    public record CompletedPart(
            int number, String eTag, @Nullable StoredChecksum checksum) {}

    /** Drops the upload and its parts. Fails with NO_SUCH_UPLOAD. */
    public Future<Void> abort(Invocation invocation, UploadName upload) {
        AbortUpload abort = AbortUpload.newBuilder()
                .setKey(bytes(upload.key()))
                .setUpload(Ids.of(upload.id()))
                .build();
        return buckets.use(
                upload.bucket(),
                bucket -> index.propose(
                                invocation.next(bucket.id()),
                                bucket,
                                upload.key(),
                                Command.newBuilder().setAbortUpload(abort))
                        .mapEmpty());
    }

    /** Up to {@code max} (1 to 1,000) parts with numbers above {@code afterNumber}, in order. */
    public Future<PartPage> listParts(UploadName upload, int afterNumber, int max) {
        ListParts list = ListParts.newBuilder()
                .setKey(bytes(upload.key()))
                .setUpload(Ids.of(upload.id()))
                .setAfterNumber(afterNumber)
                .setMax(max)
                .build();
        return buckets.use(
                upload.bucket(),
                bucket -> index.read(bucket, upload.key(), Query.newBuilder().setListParts(list))
                        .map(answer -> partPage(upload, answer.getPartPage())));
    }

    public record PartPage(UploadInfo upload, List<StoredPart> parts, boolean truncated) {}

    /** Uploads in order of key, then of creation. */
    public Future<UploadPage> list(UploadListRequest request) {
        return buckets.use(
                request.bucket(),
                bucket -> request.max() == 0
                        ? Future.succeededFuture(new UploadPage(List.of(), List.of(), false, "", null))
                        : list(bucket, request));
    }

    /**
     * @param delimiter empty for none
     * @param keyMarker empty to begin
     * @param uploadIdMarker null unless {@code keyMarker} names a key of which later uploads are wanted
     */
    public record UploadListRequest(
            String bucket,
            String prefix,
            String delimiter,
            String keyMarker,
            @Nullable UploadId uploadIdMarker,
            int max) {}

    public record UploadInfo(
            ObjectKey key,
            UploadId id,
            long createdMillis,
            @Nullable ChecksumAlgorithm checksum,
            StoredChecksum.@Nullable Type checksumType) {}

    /** @param nextUploadIdMarker null if nothing follows or the page ends with a common prefix */
    public record UploadPage(
            List<UploadInfo> uploads,
            List<String> commonPrefixes,
            boolean truncated,
            String nextKeyMarker,
            @Nullable UploadId nextUploadIdMarker) {}

    private Future<StoredPart> putPart(
            Bucket bucket,
            UploadName upload,
            int number,
            @Nullable ChecksumAlgorithm checksum,
            Payload payload,
            Function<WrittenBody, Invocation> named) {
        BlockOwner owner = new BlockOwner(bucket.id(), upload.key().bytes(), upload.id(), number, index.timeMillis());
        Function<WrittenBody, Future<Answer>> commit = written -> {
            PutPart put = PutPart.newBuilder()
                    .setKey(ByteString.copyFrom(owner.key()))
                    .setUpload(Ids.of(upload.id()))
                    .setPart(BodyWrites.part(number, written, owner.startedMillis(), checksum))
                    .build();
            return index.propose(
                    named.apply(written).next(bucket.id()),
                    bucket,
                    upload.key(),
                    Command.newBuilder().setPutPart(put));
        };
        return writes.writeAndCommit(owner, payload, 0, commit).map(answer -> Messages.part(number, answer.getPart()));
    }

    private Future<UploadInfo> require(Bucket bucket, UploadName upload) {
        GetUpload get = GetUpload.newBuilder()
                .setKey(bytes(upload.key()))
                .setUpload(Ids.of(upload.id()))
                .build();
        return index.read(bucket, upload.key(), Query.newBuilder().setGetUpload(get))
                .map(answer ->
                        info(upload.key(), upload.id(), answer.getUpload().getUpload()));
    }

    private Future<UploadPage> list(Bucket bucket, UploadListRequest request) {
        return new ShardMerge<UploadEntry>(
                        1 << bucket.shardBits(),
                        request.max(),
                        BY_KEY_AND_AGE,
                        (shard, after, max) -> fetch(bucket, request, shard, after, max))
                .run()
                .map(Uploads::uploadPage);
    }

    private Future<ShardPage<UploadEntry>> fetch(
            Bucket bucket, UploadListRequest request, int shard, @Nullable UploadEntry after, int max) {
        UploadEntry marker = after == null ? markerOf(request) : after;
        ListUploads list = ListUploads.newBuilder()
                .setPrefix(ByteString.copyFromUtf8(request.prefix()))
                .setDelimiter(ByteString.copyFromUtf8(request.delimiter()))
                .setKeyMarker(marker.getKey())
                .setUploadMarker(marker.getUpload())
                .setMax(max)
                .build();
        return index.read(bucket.id(), shard, Query.newBuilder().setListUploads(list))
                .map(answer -> new ShardPage<>(
                        answer.getUploadPage().getEntriesList(),
                        answer.getUploadPage().getMore()));
    }

    private static UploadEntry markerOf(UploadListRequest request) {
        UploadEntry.Builder marker = UploadEntry.newBuilder().setKey(ByteString.copyFromUtf8(request.keyMarker()));
        if (request.uploadIdMarker() != null) {
            marker.setUpload(Ids.of(request.uploadIdMarker()));
        }
        return marker.build();
    }

    private static UploadPage uploadPage(Merged<UploadEntry> merged) {
        List<UploadInfo> uploads = new ArrayList<>();
        List<String> commonPrefixes = new ArrayList<>();
        for (UploadEntry entry : merged.entries()) {
            String key = entry.getKey().toStringUtf8();
            if (entry.hasRow()) {
                uploads.add(info(new ObjectKey(key), Ids.upload(entry.getUpload()), entry.getRow()));
            } else {
                commonPrefixes.add(key);
            }
        }
        if (!merged.more()) {
            return new UploadPage(uploads, commonPrefixes, false, "", null);
        }
        UploadEntry last = merged.entries().get(merged.entries().size() - 1);
        return new UploadPage(
                uploads,
                commonPrefixes,
                true,
                last.getKey().toStringUtf8(),
                last.hasRow() ? Ids.upload(last.getUpload()) : null);
    }

    private static PartPage partPage(UploadName upload, MessageProtos.PartPage page) {
        List<StoredPart> parts = page.getPartsList().stream()
                .map(part -> Messages.part(part.getNumber(), part))
                .toList();
        return new PartPage(info(upload.key(), upload.id(), page.getUpload()), parts, page.getMore());
    }

    private static UploadInfo info(ObjectKey key, UploadId id, UploadRow row) {
        return new UploadInfo(
                key,
                id,
                row.getCreatedMillis(),
                Messages.algorithm(row.getAlgorithm()),
                Messages.type(row.getChecksumType()));
    }

    private static NamedPart named(CompletedPart part) {
        NamedPart.Builder named = NamedPart.newBuilder()
                .setNumber(part.number())
                .setEtag(ByteString.copyFrom(HexFormat.of().parseHex(part.eTag())));
        if (part.checksum() != null) {
            named.setChecksum(Messages.checksum(part.checksum()));
        }
        return named.build();
    }

    private static boolean isPartETag(String eTag) {
        return eTag.length() == PART_ETAG_DIGITS && eTag.chars().allMatch(HexFormat::isHexDigit);
    }

    /** Leading 48 bits: milliseconds of creation, so that the ids of one key sort by age. The others are random. */
    private UploadId newId() {
        long high = clock.wallMillis() << 16 | random.nextLong() & 0xffff;
        return new UploadId(new Uint128(high, random.nextLong()));
    }

    private static ByteString bytes(ObjectKey key) {
        return ByteString.copyFrom(key.bytes());
    }
}
