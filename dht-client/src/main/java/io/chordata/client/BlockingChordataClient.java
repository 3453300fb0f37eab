package io.chordata.client;

import io.chordata.client.model.BucketSummary;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.Content;
import io.chordata.client.model.CopyObjectRequest;
import io.chordata.client.model.DeleteObjectsResult;
import io.chordata.client.model.GetObjectRequest;
import io.chordata.client.model.ListObjectsPage;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.ObjectInfo;
import io.chordata.client.model.ObjectSummary;
import io.chordata.client.model.PutObjectRequest;
import io.chordata.client.model.StoredObject;
import io.chordata.client.model.UploadRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A {@link ChordataClient} for threads that may wait. Calls throw {@link ChordataException} with the caller's stack. A
 * thread that is interrupted while it waits cancels its call. Event loops must not wait, and are refused.
 */
public final class BlockingChordataClient implements AutoCloseable {
    private final ChordataClient client;

    BlockingChordataClient(ChordataClient client) {
        this.client = client;
    }

    public ObjectInputStream getObject(String bucket, String key) {
        return getObject(GetObjectRequest.of(bucket, key));
    }

    public ObjectInputStream getObject(GetObjectRequest request) {
        return call(by -> by.getObject(request).map(ObjectInputStream::new));
    }

    /** @param maxBytes more than that fails */
    public byte[] getObjectBytes(GetObjectRequest request, int maxBytes) {
        return call(by -> by.getObjectBytes(request, maxBytes)).getBytes();
    }

    public ObjectInfo headObject(String bucket, String key) {
        return call(by -> by.headObject(bucket, key));
    }

    public StoredObject putObject(String bucket, String key, Content content) {
        return call(by -> by.putObject(bucket, key, content));
    }

    public StoredObject putObject(PutObjectRequest request) {
        return call(by -> by.putObject(request));
    }

    /** Waits for an upload in parts, as {@link ChordataClient#upload}. */
    public StoredObject upload(UploadRequest request) {
        refuseEventLoops();
        Upload upload = client.upload(request);
        return await(upload.result(), upload.cancellation());
    }

    public void deleteObject(String bucket, String key) {
        call(by -> by.deleteObject(bucket, key));
    }

    public void deleteObject(String bucket, String key, Conditions conditions) {
        call(by -> by.deleteObject(bucket, key, conditions));
    }

    public DeleteObjectsResult deleteObjects(String bucket, List<String> keys) {
        return call(by -> by.deleteObjects(bucket, keys));
    }

    public StoredObject copyObject(CopyObjectRequest request) {
        return call(by -> by.copyObject(request));
    }

    public ListObjectsPage listObjects(ListObjectsRequest request) {
        return call(by -> by.listObjects(request));
    }

    /** All objects, without the prefixes; the next page is asked for when the stream comes to it. */
    public Stream<ObjectSummary> listAllObjects(ListObjectsRequest first) {
        return Stream.iterate(
                        Optional.of(listObjects(first)),
                        Optional::isPresent,
                        page -> page.flatMap(ListObjectsPage::next).map(this::listObjects))
                .flatMap(page -> page.stream().flatMap(one -> one.objects().stream()));
    }

    public void createBucket(String bucket) {
        call(by -> by.createBucket(bucket));
    }

    public void deleteBucket(String bucket) {
        call(by -> by.deleteBucket(bucket));
    }

    public void headBucket(String bucket) {
        call(by -> by.headBucket(bucket));
    }

    public List<BucketSummary> listBuckets() {
        return call(ChordataClient::listBuckets);
    }

    /** The client whose calls these are. */
    public ChordataClient async() {
        return client;
    }

    /** Closes that client, too. */
    @Override
    public void close() {
        refuseEventLoops();
        await(client.close(), new Cancellation());
    }

    private <T> T call(Function<ChordataClient, Future<T>> call) {
        refuseEventLoops();
        Cancellation cancellation = new Cancellation();
        return await(call.apply(client.withCancellation(cancellation)), cancellation);
    }

    /** Before anything is done. */
    private static void refuseEventLoops() {
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("an event loop must not wait; use the client that answers with futures");
        }
    }

    private static <T> T await(Future<T> future, Cancellation cancellation) {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (InterruptedException e) {
            cancellation.cancel();
            Thread.currentThread().interrupt();
            throw ChordataException.builder(ChordataException.CANCELLED, "interrupted while waiting")
                    .outcomeUnknown(true)
                    .build()
                    .withTrace();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ChordataException shown
                    ? shown.withTrace()
                    : new IllegalStateException(e.getCause());
        }
    }
}
