package io.chordata.node.cluster;

import io.chordata.node.core.UploadId;
import io.chordata.node.object.ByteRange;
import io.chordata.node.object.Invocation;
import io.chordata.node.object.Listings;
import io.chordata.node.object.ObjectError;
import io.chordata.node.object.ObjectException;
import io.chordata.node.object.ObjectKey;
import io.chordata.node.object.ObjectLayer;
import io.chordata.node.object.ObjectMetadata;
import io.chordata.node.object.Objects.Choice;
import io.chordata.node.object.Objects.CopyRequest;
import io.chordata.node.object.Objects.PutRequest;
import io.chordata.node.object.OpenObject;
import io.chordata.node.object.StoredObject;
import io.chordata.node.object.StoredPart;
import io.chordata.node.object.Uploads;
import io.chordata.node.object.WriteConditions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.Function;

/** What the S3 edge asks of the object layer for a client's request. */
final class Requests {
    static final String BUCKET = "bucket";

    private Requests() {}

    /**
     * What a read saw.
     *
     * @param size of the whole object
     * @param offset of the bytes in it
     */
    record Seen(String eTag, long size, int offset, byte[] bytes) {}

    static Function<ObjectLayer, Future<Void>> createBucket(Invocation invocation) {
        return layer -> layer.buckets().create(invocation, BUCKET).mapEmpty();
    }

    static Function<ObjectLayer, Future<String>> put(
            Invocation invocation, String key, byte[] body, WriteConditions conditions) {
        return layer -> layer.objects()
                .put(
                        invocation,
                        new PutRequest(BUCKET, new ObjectKey(key), ObjectMetadata.EMPTY, conditions, null),
                        new Body(body).payload())
                .map(StoredObject::eTag);
    }

    static Function<ObjectLayer, Future<Void>> delete(Invocation invocation, String key, WriteConditions conditions) {
        return layer -> layer.objects().delete(invocation, BUCKET, new ObjectKey(key), conditions);
    }

    /** Copies that version, or none. */
    static Function<ObjectLayer, Future<String>> copy(Invocation invocation, String source, String eTag, String key) {
        return layer -> layer.objects()
                .copy(
                        invocation,
                        new CopyRequest(
                                BUCKET,
                                new ObjectKey(source),
                                BUCKET,
                                new ObjectKey(key),
                                null,
                                WriteConditions.NONE,
                                null,
                                found -> requireVersion(found, eTag)))
                .map(StoredObject::eTag);
    }

    private static void requireVersion(StoredObject found, String eTag) {
        if (!found.eTag().equals(eTag)) {
            throw new ObjectException(ObjectError.PRECONDITION_FAILED, "the source is another version");
        }
    }

    static Function<ObjectLayer, Future<Seen>> head(String key) {
        return layer -> layer.objects()
                .head(BUCKET, new ObjectKey(key))
                .map(object -> new Seen(object.eTag(), object.size(), 0, new byte[0]));
    }

    static Function<ObjectLayer, Future<Seen>> get(String key) {
        return read(key, choice -> new ByteRange(0, choice.size()));
    }

    /** The part of the object from {@code from} to {@code to}, both shares of its size. */
    static Function<ObjectLayer, Future<Seen>> getRange(String key, double from, double to) {
        return read(key, choice -> {
            long offset = (long) (choice.size() * from);
            return new ByteRange(offset, (long) (choice.size() * to) - offset);
        });
    }

    private static Function<ObjectLayer, Future<Seen>> read(String key, Function<Choice, ByteRange> range) {
        return layer -> layer.objects()
                .open(BUCKET, new ObjectKey(key), 0, range)
                .compose(open -> bytesOf(open)
                        .map(bytes -> new Seen(
                                open.object().eTag(),
                                open.object().size(),
                                (int) open.range().offset(),
                                bytes)));
    }

    /** A body that breaks off closes the connection: its client has no answer. */
    private static Future<byte[]> bytesOf(OpenObject open) {
        if (open.stream() == null) {
            return Future.succeededFuture(
                    open.inline() == null ? new byte[0] : open.inline().getBytes());
        }
        Promise<byte[]> promise = Promise.promise();
        Buffer all = Buffer.buffer();
        open.stream()
                .exceptionHandler(cause -> promise.tryFail(
                        new ObjectException(ObjectError.UNREADABLE, String.valueOf(cause.getMessage()))));
        open.stream().endHandler(end -> promise.tryComplete(all.getBytes()));
        open.stream().handler(all::appendBuffer);
        open.stream().resume();
        return promise.future();
    }

    static Function<ObjectLayer, Future<Listings.Page>> list(
            String prefix, String delimiter, String startAfter, int max) {
        return layer -> layer.listings().list(new Listings.Request(BUCKET, prefix, delimiter, startAfter, max));
    }

    static Function<ObjectLayer, Future<UploadId>> createUpload(Invocation invocation, String key) {
        return layer -> layer.uploads()
                .create(
                        invocation,
                        new Uploads.CreateRequest(BUCKET, new ObjectKey(key), ObjectMetadata.EMPTY, null, null));
    }

    static Function<ObjectLayer, Future<String>> putPart(
            Invocation invocation, String key, UploadId id, int number, byte[] body) {
        return layer -> layer.uploads()
                .putPart(invocation, name(key, id), number, null, new Body(body).payload())
                .map(StoredPart::eTag);
    }

    static Function<ObjectLayer, Future<String>> complete(
            Invocation invocation,
            String key,
            UploadId id,
            List<Uploads.CompletedPart> parts,
            WriteConditions conditions) {
        return layer -> layer.uploads()
                .complete(invocation, new Uploads.CompleteRequest(name(key, id), parts, conditions, null, -1))
                .map(StoredObject::eTag);
    }

    static Function<ObjectLayer, Future<Void>> abort(Invocation invocation, String key, UploadId id) {
        return layer -> layer.uploads().abort(invocation, name(key, id));
    }

    private static Uploads.UploadName name(String key, UploadId id) {
        return new Uploads.UploadName(BUCKET, new ObjectKey(key), id);
    }
}
