package io.chordata.client;

import io.chordata.client.http.Answers;
import io.chordata.client.http.ApiRequest;
import io.chordata.client.http.Transport;
import io.chordata.client.model.BucketSummary;
import io.chordata.client.model.ByteRange;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.Content;
import io.chordata.client.model.CopyObjectRequest;
import io.chordata.client.model.DeleteObjectsResult;
import io.chordata.client.model.DownloadRequest;
import io.chordata.client.model.GetObjectRequest;
import io.chordata.client.model.ListObjectsPage;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.ObjectInfo;
import io.chordata.client.model.ObjectMetadata;
import io.chordata.client.model.PartSummary;
import io.chordata.client.model.PutObjectRequest;
import io.chordata.client.model.StoredObject;
import io.chordata.client.model.UploadRequest;
import io.chordata.client.multipart.PartPlan;
import io.chordata.client.xml.AnswerDocuments;
import io.chordata.client.xml.RequestDocuments;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A client of one S3 endpoint, or of the nodes of one Chordata cluster. Every call answers with a future that fails with
 * {@link io.chordata.client.model.ChordataException} alone. Safe for many threads; one is enough for a program. A call's
 * callbacks run on the event loop of its caller, or on one that Vert.x chooses for a caller that has none.
 *
 * <pre>{@code
 * ChordataClient client = ChordataClient.builder()
 *         .endpoint("http://127.0.0.1:9000")
 *         .credentials("my-access-key", "my-secret-key")
 *         .build();
 * }</pre>
 *
 * <p>Write an object that must not be there yet, and read it:
 *
 * <pre>{@code
 * client.putObject(PutObjectRequest.of("photos", "2026/cat.txt", Content.of("meow"))
 *                 .withMetadata(ObjectMetadata.ofType("text/plain").withUser("taken-by", "me"))
 *                 .withConditions(Conditions.ifAbsent()))
 *         .compose(stored -> client.getObject("photos", "2026/cat.txt"))
 *         .compose(object -> object.pipeTo(target))
 *         .onFailure(failure -> log.add(failure.getMessage()));
 * }</pre>
 *
 * <p>Send a large file, in parts that go on where an earlier try ended:
 *
 * <pre>{@code
 * Upload upload = client.upload(
 *         UploadRequest.of("photos", "film.mp4", Content.ofFile(file)).keepingOnFailure());
 * upload.result()
 *         .recover(failure -> client.upload(UploadRequest.of("photos", "film.mp4", Content.ofFile(file))
 *                         .resuming(upload.uploadId().orElseThrow()))
 *                 .result());
 * }</pre>
 *
 * <p>Without futures, on a thread that may wait:
 *
 * <pre>{@code
 * BlockingChordataClient blocking = client.blocking();
 * try (ObjectInputStream object = blocking.getObject("photos", "2026/cat.txt")) {
 *     log.add(new String(object.readAllBytes(), StandardCharsets.UTF_8));
 * }
 * blocking.listAllObjects(ListObjectsRequest.of("photos").withPrefix("2026/")).forEach(entry -> log.add(entry.key()));
 * }</pre>
 */
public final class ChordataClient {
    /** What one copy can have at most; {@link #copyInParts} copies more. */
    public static final long COPY_MAX_BYTES = 5L << 30;

    private static final String UPLOAD_ID = "uploadId";
    private static final Duration LINK_MAX = Duration.ofDays(7);
    private static final String CONDITION_FAILED = "PreconditionFailed";

    private final Transport transport;
    private final Cancellation cancellation;
    private final boolean ownsVertx;

    ChordataClient(Transport transport, Cancellation cancellation, boolean ownsVertx) {
        this.transport = transport;
        this.cancellation = cancellation;
        this.ownsVertx = ownsVertx;
    }

    /** What makes a client. */
    public static ChordataClientBuilder builder() {
        return new ChordataClientBuilder();
    }

    /** The same client; what is called by it ends when that is cancelled. It is closed with the one it came from. */
    public ChordataClient withCancellation(Cancellation by) {
        return new ChordataClient(transport, by, ownsVertx);
    }

    /** The same client for threads that may wait. */
    public BlockingChordataClient blocking() {
        return new BlockingChordataClient(this);
    }

    public Future<ObjectStream> getObject(String bucket, String key) {
        return getObject(GetObjectRequest.of(bucket, key));
    }

    /** Completes with the head of the answer; the body comes when it is read. */
    public Future<ObjectStream> getObject(GetObjectRequest request) {
        return new ObjectReads(transport, cancellation).open(request);
    }

    /**
     * The whole object, or the whole range.
     *
     * @param maxBytes more than that fails
     */
    public Future<Buffer> getObjectBytes(GetObjectRequest request, int maxBytes) {
        return getObject(request).compose(stream -> stream.body(maxBytes));
    }

    public Future<ObjectInfo> headObject(String bucket, String key) {
        return headObject(bucket, key, Conditions.NONE);
    }

    public Future<ObjectInfo> headObject(String bucket, String key, Conditions conditions) {
        ApiRequest request = ApiRequest.ofObject(HttpMethod.HEAD, bucket, key).header("x-amz-checksum-mode", "ENABLED");
        return transport.call(
                ObjectHeaders.put(request, conditions),
                Answers.head(answer -> ObjectHeaders.info(bucket, key, answer)),
                cancellation);
    }

    public Future<StoredObject> putObject(String bucket, String key, Content content) {
        return putObject(PutObjectRequest.of(bucket, key, content));
    }

    /** One put. Content of no known length, or of more than 5 GiB, goes by {@link #upload}. */
    public Future<StoredObject> putObject(PutObjectRequest put) {
        ApiRequest request =
                ApiRequest.ofObject(HttpMethod.PUT, put.bucket(), put.key()).body(put.content());
        repeat(request, put.conditions());
        ObjectHeaders.put(ObjectHeaders.put(request, put.metadata()), put.conditions());
        return transport.call(
                request, Answers.head(answer -> ObjectHeaders.stored(put.bucket(), put.key(), answer)), cancellation);
    }

    /** Also succeeds if there is no such object. */
    public Future<Void> deleteObject(String bucket, String key) {
        return deleteObject(bucket, key, Conditions.NONE);
    }

    public Future<Void> deleteObject(String bucket, String key, Conditions conditions) {
        ApiRequest request = repeat(ApiRequest.ofObject(HttpMethod.DELETE, bucket, key), conditions);
        return transport.call(ObjectHeaders.put(request, conditions), Answers.none(), cancellation);
    }

    /**
     * Each key has an outcome of its own. One that the endpoint's answer does not name, character for character, is among the
     * failures with the code {@code MalformedAnswer}: whether it was deleted is unknown.
     *
     * @param keys up to 1,000
     */
    public Future<DeleteObjectsResult> deleteObjects(String bucket, List<String> keys) {
        keys.forEach(ApiRequest::requireText);
        Buffer document = RequestDocuments.deleteObjects(keys);
        ApiRequest request = ApiRequest.ofBucket(HttpMethod.POST, bucket)
                .query("delete")
                .document(Content.of(document))
                .header("Content-MD5", RequestDocuments.md5(document));
        List<String> asked = List.copyOf(keys);
        return transport.call(
                request, Answers.document(body -> AnswerDocuments.deleteObjects(asked, body)), cancellation);
    }

    /** Up to {@link #COPY_MAX_BYTES}. */
    public Future<StoredObject> copyObject(CopyObjectRequest copy) {
        return transport.call(
                request(copy),
                Answers.document(
                        body -> new StoredObject(copy.bucket(), copy.key(), AnswerDocuments.copyResult(body), null)),
                cancellation);
    }

    private static ApiRequest request(CopyObjectRequest copy) {
        ApiRequest request = ApiRequest.ofObject(HttpMethod.PUT, copy.bucket(), copy.key())
                .copySource(copy.sourceBucket(), copy.sourceKey());
        repeat(request, copy.conditions());
        if (!copy.conditions().isNone()) {
            // what is refused because of the source is decided anew for each attempt
            String[] onTarget = copy.sourceConditions().isNone() ? new String[] {CONDITION_FAILED} : new String[0];
            request.repeatIfKnownAgain(onTarget);
        }
        ObjectHeaders.putOfSource(request, copy.sourceConditions());
        ObjectHeaders.put(request, copy.conditions());
        ObjectMetadata metadata = copy.metadata();
        if (metadata != null) {
            ObjectHeaders.put(request.header("x-amz-metadata-directive", "REPLACE"), metadata);
        }
        return request;
    }

    /** One page; {@link ListObjectsPage#next} asks for the one behind it. */
    public Future<ListObjectsPage> listObjects(ListObjectsRequest list) {
        ApiRequest request = ApiRequest.ofBucket(HttpMethod.GET, list.bucket())
                .query("list-type", "2")
                .query("encoding-type", "url")
                .query("max-keys", Integer.toString(list.maxKeys()))
                .query("prefix", nullIfEmpty(list.prefix()))
                .query("delimiter", nullIfEmpty(list.delimiter()))
                .query("start-after", nullIfEmpty(list.startAfter()))
                .query("continuation-token", list.token());
        return transport.call(request, Answers.document(body -> AnswerDocuments.listObjects(list, body)), cancellation);
    }

    /** All pages in their order; the next one is asked for when the reader is done with the one before. */
    public Future<Void> forEachPage(ListObjectsRequest first, Function<ListObjectsPage, Future<Void>> reader) {
        return new Pages(this, reader).run(first);
    }

    /** Fails with {@code BucketAlreadyOwnedByYou} if it is there already. */
    public Future<Void> createBucket(String bucket) {
        ApiRequest request = ApiRequest.ofBucket(HttpMethod.PUT, bucket).repeatIfKnownAgain("BucketAlreadyOwnedByYou");
        String region = transport.options().region();
        if (!region.equals("us-east-1")) {
            request.document(Content.of(RequestDocuments.createBucket(region)));
        }
        return transport.call(request, Answers.none(), cancellation).onSuccess(made -> transport.forget(bucket));
    }

    /** Only an empty one. After an answer that was lost, a 404 has an unknown outcome: it can be our own deletion. */
    public Future<Void> deleteBucket(String bucket) {
        ApiRequest request = ApiRequest.ofBucket(HttpMethod.DELETE, bucket);
        return transport.call(request, Answers.none(), cancellation).onSuccess(gone -> transport.forget(bucket));
    }

    /** Fails with 404 if there is no such bucket. */
    public Future<Void> headBucket(String bucket) {
        return transport.call(ApiRequest.ofBucket(HttpMethod.HEAD, bucket), Answers.none(), cancellation);
    }

    public Future<List<BucketSummary>> listBuckets() {
        return transport.call(
                ApiRequest.ofService(HttpMethod.GET), Answers.document(AnswerDocuments::listBuckets), cancellation);
    }

    /** An object of any length, in parts where that is worth it, several of them at a time. */
    public Upload upload(UploadRequest request) {
        Upload upload = new Upload();
        transport.awaitAtClose(upload.result());
        transport.onLoop(() -> new UploadParts(this, request, upload).run());
        return upload;
    }

    /** An object into a file, in ranges where that is worth it, several of them at a time. */
    public Download download(DownloadRequest request) {
        Download download = new Download();
        transport.onLoop(() -> new DownloadParts(this, request, download).run());
        return download;
    }

    /**
     * A copy of any size, range after range of one ETag; an empty object is copied in one piece. A target of parts has
     * another kind of ETag than the source. A copy that fails is aborted.
     *
     * @param partBytes of each range, 5 MiB to 5 GiB
     * @throws IllegalArgumentException for another size of parts, or for what {@link #copyObject} would not send
     */
    public Future<StoredObject> copyInParts(CopyObjectRequest copy, long partBytes) {
        PartPlan.requirePartBytes(partBytes);
        request(copy); // so that what cannot be sent is refused here, and not once an upload is begun
        Promise<StoredObject> result = Promise.promise();
        transport.awaitAtClose(result.future());
        transport.onLoop(() -> Future.succeededFuture()
                .compose(begun -> new CopyParts(this, copy, partBytes).run())
                .onComplete(result));
        return result.future();
    }

    public Future<MultipartUpload> createMultipartUpload(String bucket, String key, ObjectMetadata metadata) {
        ApiRequest request = ApiRequest.ofObject(HttpMethod.POST, bucket, key).query("uploads");
        if (transport.options().isChecksumSent()) {
            request.header("x-amz-checksum-algorithm", "CRC32C").header("x-amz-checksum-type", "FULL_OBJECT");
        }
        return transport.call(
                ObjectHeaders.put(request, metadata),
                Answers.document(body -> new MultipartUpload(bucket, key, AnswerDocuments.createUpload(body))),
                cancellation);
    }

    /** @param number 1 to 10,000 */
    public Future<PartSummary> uploadPart(MultipartUpload upload, int number, Content content) {
        ApiRequest request = ApiRequest.ofObject(HttpMethod.PUT, upload.bucket(), upload.key())
                .query("partNumber", Integer.toString(number))
                .query(UPLOAD_ID, upload.uploadId())
                .body(content);
        return transport.call(
                request, Answers.head(answer -> ObjectHeaders.part(number, content.length(), answer)), cancellation);
    }

    /**
     * A part of what another object holds.
     *
     * @param number 1 to 10,000
     * @param copy its target and conditions on that are not looked at
     * @param range of the source, with both ends, up to 5 GiB
     */
    public Future<PartSummary> uploadPartCopy(
            MultipartUpload upload, int number, CopyObjectRequest copy, ByteRange range) {
        ApiRequest request = ApiRequest.ofObject(HttpMethod.PUT, upload.bucket(), upload.key())
                .query("partNumber", Integer.toString(number))
                .query(UPLOAD_ID, upload.uploadId())
                .copySource(copy.sourceBucket(), copy.sourceKey())
                .header("x-amz-copy-source-range", range.header());
        return transport.call(
                ObjectHeaders.putOfSource(request, copy.sourceConditions()),
                Answers.document(body -> new PartSummary(
                        number, range.last() - range.first() + 1, AnswerDocuments.copyResult(body), Map.of())),
                cancellation);
    }

    /** All parts that the endpoint has of it, in order of their numbers. */
    public Future<List<PartSummary>> listParts(MultipartUpload upload) {
        return new PartListing(transport, cancellation, upload).run();
    }

    /** @param parts in order of their numbers */
    public Future<StoredObject> completeMultipartUpload(
            MultipartUpload upload, List<PartSummary> parts, Conditions conditions) {
        ApiRequest request = ApiRequest.ofObject(HttpMethod.POST, upload.bucket(), upload.key())
                .query(UPLOAD_ID, upload.uploadId())
                .document(Content.of(RequestDocuments.completeUpload(parts)));
        return transport.call(
                ObjectHeaders.put(repeat(request, conditions), conditions),
                Answers.document(body ->
                        new StoredObject(upload.bucket(), upload.key(), AnswerDocuments.completeUpload(body), null)),
                cancellation);
    }

    /** Parts that were under way may arrive afterwards and stay; then abort again. */
    public Future<Void> abortMultipartUpload(MultipartUpload upload) {
        return transport.call(abort(upload), Answers.none(), cancellation);
    }

    /** The same of one that ended, even because its client is cancelled or closes. */
    Future<Void> abortAtLast(MultipartUpload upload) {
        return transport.callAtLast(abort(upload), Answers.none());
    }

    private static ApiRequest abort(MultipartUpload upload) {
        return ApiRequest.ofObject(HttpMethod.DELETE, upload.bucket(), upload.key())
                .query(UPLOAD_ID, upload.uploadId());
    }

    /** Up to 1,000 uploads of keys with that prefix that were neither completed nor aborted. */
    public Future<List<MultipartUpload>> listMultipartUploads(String bucket, String prefix) {
        ApiRequest request = ApiRequest.ofBucket(HttpMethod.GET, bucket)
                .query("uploads")
                .query("encoding-type", "url")
                .query("prefix", nullIfEmpty(prefix));
        return transport.call(
                request,
                Answers.document(body -> AnswerDocuments.listUploads(body).stream()
                        .map(upload -> new MultipartUpload(bucket, upload.key(), upload.uploadId()))
                        .toList()),
                cancellation);
    }

    /**
     * A link by which anyone can read the object.
     *
     * @param expiry up to seven days
     */
    public URI presignGet(String bucket, String key, Duration expiry) {
        return presign(ApiRequest.ofObject(HttpMethod.GET, bucket, key), expiry);
    }

    /**
     * A link by which anyone can write the object, with any content.
     *
     * @param expiry up to seven days
     */
    public URI presignPut(String bucket, String key, Duration expiry) {
        return presign(ApiRequest.ofObject(HttpMethod.PUT, bucket, key), expiry);
    }

    private URI presign(ApiRequest request, Duration expiry) {
        if (expiry.toSeconds() < 1 || expiry.compareTo(LINK_MAX) > 0) {
            throw new IllegalArgumentException("a link is good for a second to seven days, not " + expiry);
        }
        return transport.presign(request, expiry);
    }

    /** What is under way fails with {@code Cancelled}. Uploads in parts are aborted first, unless they are to be kept. */
    public Future<Void> close() {
        Vertx vertx = transport.vertx();
        // of no event loop, as those may be gone when it completes
        Promise<Void> closed = Promise.promise();
        transport
                .close()
                .onComplete(http -> (ownsVertx ? vertx.close() : Future.<Void>succeededFuture()).onComplete(closed));
        return closed.future();
    }

    Cancellation cancellation() {
        return cancellation;
    }

    Transport transport() {
        return transport;
    }

    /** @throws IllegalArgumentException for a condition that a write does not know: S3 would write all the same */
    private static ApiRequest repeat(ApiRequest request, Conditions conditions) {
        if (conditions.ifModifiedSince() != null || conditions.ifUnmodifiedSince() != null) {
            throw new IllegalArgumentException("a write has no conditions of time");
        }
        return conditions.isNone() ? request : request.repeatIfKnownAgain(CONDITION_FAILED, "NoSuchKey");
    }

    private static @Nullable String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }
}
