package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.ChordataClient;
import io.chordata.client.ObjectStream;
import io.chordata.client.Upload;
import io.chordata.client.model.ByteRange;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.Content;
import io.chordata.client.model.CopyObjectRequest;
import io.chordata.client.model.DownloadRequest;
import io.chordata.client.model.GetObjectRequest;
import io.chordata.client.model.ListObjectsPage;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.ObjectInfo;
import io.chordata.client.model.ObjectMetadata;
import io.chordata.client.model.ObjectSummary;
import io.chordata.client.model.PutObjectRequest;
import io.chordata.client.model.StoredObject;
import io.chordata.client.model.UploadRequest;
import io.chordata.node.config.NodeConfig;
import io.chordata.node.config.RootCredentials;
import io.chordata.node.config.SettingsLoader;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client library and a whole node in this process, which hold each other to S3. */
@SuppressWarnings("NullAway.Init")
class ClientLibraryTest {
    private static final String BUCKET = "bucket";
    private static final int PART = 5 << 20;

    @TempDir
    private static Path directory;

    private static Vertx vertx;
    private static NodeRuntime node;
    private static ChordataClient client;

    @BeforeAll
    static void start() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("CHORDATA_S3", "127.0.0.1:0");
        environment.put("CHORDATA_ADMIN", "127.0.0.1:0");
        environment.put("CHORDATA_EVENT_LOOPS", "2");
        node = NodeRuntime.start(
                NodeConfig.of(
                        SettingsLoader.load(Map.of(), environment),
                        directory.resolve("node"),
                        true,
                        new RootCredentials("root", "0123456789abcdef")),
                new Lifecycle());
        vertx = Vertx.vertx();
        client = ChordataClient.builder()
                .endpoint("http://" + node.s3())
                .credentials("root", "0123456789abcdef")
                .vertx(vertx)
                .build();
        await(client.createBucket(BUCKET));
    }

    @AfterAll
    static void stop() {
        await(client.close());
        await(vertx.close());
        node.stop();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.await(60, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not settled within 60 s", e);
        }
    }

    private static String outcome(Future<?> future) {
        ChordataException refusal = catchThrowableOfType(ChordataException.class, () -> await(future));
        return refusal == null ? "done" : refusal.status() + " " + refusal.code();
    }

    private static Buffer bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Buffer.buffer(bytes);
    }

    private static Path file(int size) throws IOException {
        return Files.write(directory.resolve("file-" + size), bytes(size).getBytes());
    }

    private static Buffer read(String key) {
        return await(client.getObjectBytes(GetObjectRequest.of(BUCKET, key), 64 << 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a b/ü?+%25&=", "..", "/slashes//", "a/../b", "~'()*!", "line\nbreak", "日本"})
    void object_ofAnyName_isKeptWhole(String key) {
        await(client.putObject(PutObjectRequest.of(BUCKET, key, Content.of("hello " + key))
                .withMetadata(ObjectMetadata.ofType("text/plain")
                        .withHeader("Cache-Control", "no-cache")
                        .withUser("who", "Grüße"))));

        ObjectInfo info = await(client.headObject(BUCKET, key));
        assertThat(info.metadata().contentType()).isEqualTo("text/plain");
        assertThat(info.metadata().headers()).containsEntry("cache-control", "no-cache");
        assertThat(info.metadata().user()).containsEntry("who", "Grüße");
        assertThat(info.checksums()).hasSize(1);
        assertThat(read(key)).isEqualTo(Buffer.buffer("hello " + key));
        assertThat(await(client.listObjects(ListObjectsRequest.of(BUCKET).withPrefix(key)))
                        .objects())
                .extracting(ObjectSummary::key)
                .contains(key);
        await(client.deleteObject(BUCKET, key));
        assertThat(outcome(client.headObject(BUCKET, key))).isEqualTo("404 NotFound");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20_000, 131_072, 3_000_001})
    void body_fromMemoryOrAFile_isKeptWhole(int size) throws IOException {
        await(client.putObject(BUCKET, "memory", Content.of(bytes(size))));
        await(client.putObject(BUCKET, "file", Content.ofFile(file(size))));

        assertThat(read("memory")).isEqualTo(bytes(size));
        assertThat(read("file")).isEqualTo(bytes(size));
        assertThat(await(client.headObject(BUCKET, "file")).checksums())
                .isEqualTo(await(client.headObject(BUCKET, "memory")).checksums())
                .isNotEmpty();
    }

    @Test
    void body_neitherSignedNorChecked_isKeptWhole() throws IOException {
        ChordataClient plain = ChordataClient.builder()
                .endpoint("http://" + node.s3())
                .credentials("root", "0123456789abcdef")
                .vertx(vertx)
                .signedPayload(false)
                .checksums(false)
                .build();
        await(plain.putObject(BUCKET, "plain", Content.ofFile(file(300_000))));
        assertThat(read("plain")).isEqualTo(bytes(300_000));
        ChordataClient checked = ChordataClient.builder()
                .endpoint("http://" + node.s3())
                .credentials("root", "0123456789abcdef")
                .vertx(vertx)
                .signedPayload(false)
                .build();
        await(checked.putObject(BUCKET, "checked", Content.ofFile(file(300_000))));
        assertThat(read("checked")).isEqualTo(bytes(300_000));
        await(plain.close());
        await(checked.close());
    }

    @Test
    void conditions_thatDoNotHold_failAsS3Says() {
        PutObjectRequest put = PutObjectRequest.of(BUCKET, "conditional", Content.of("1"));
        StoredObject first = await(client.putObject(put.withConditions(Conditions.ifAbsent())));

        assertThat(outcome(client.putObject(put.withConditions(Conditions.ifAbsent()))))
                .isEqualTo("412 PreconditionFailed");
        assertThat(outcome(client.putObject(put.withConditions(Conditions.ifMatch("0000")))))
                .isEqualTo("412 PreconditionFailed");
        assertThat(outcome(client.putObject(put.withConditions(Conditions.ifMatch(first.eTag())))))
                .isEqualTo("done");
        GetObjectRequest get = GetObjectRequest.of(BUCKET, "conditional");
        assertThat(outcome(client.getObject(get.withConditions(Conditions.ifNoneMatch(first.eTag())))))
                .isEqualTo("304 NotModified");
        assertThat(outcome(client.getObject(get.withConditions(
                        Conditions.ifModifiedSince(Instant.now().plusSeconds(60))))))
                .isEqualTo("304 NotModified");
        assertThat(outcome(client.getObject(get.withConditions(Conditions.ifUnmodifiedSince(Instant.EPOCH)))))
                .isEqualTo("412 PreconditionFailed");
        assertThat(outcome(client.deleteObject(BUCKET, "conditional", Conditions.ifMatch("0000"))))
                .isEqualTo("412 PreconditionFailed");
    }

    @Test
    void range_ofAnObject_isThatRange() {
        await(client.putObject(BUCKET, "range", Content.of("0123456789")));
        GetObjectRequest get = GetObjectRequest.of(BUCKET, "range");

        assertThat(await(client.getObjectBytes(get.withRange(ByteRange.of(2, 3)), 10)))
                .hasToString("234");
        assertThat(await(client.getObjectBytes(get.withRange(ByteRange.from(7)), 10)))
                .hasToString("789");
        ObjectStream last = await(client.getObject(get.withRange(ByteRange.suffix(2))));
        assertThat(last.offset()).isEqualTo(8);
        assertThat(last.info().size()).isEqualTo(10);
        assertThat(await(last.body(10))).hasToString("89");
        assertThat(outcome(client.getObject(get.withRange(ByteRange.from(10))))).isEqualTo("416 InvalidRange");
    }

    @Test
    void listing_ofManyPages_hasEachKeyOnce() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            keys.add("list/" + (char) ('a' + i) + (i % 2 == 0 ? "/x" : ""));
            await(client.putObject(BUCKET, keys.get(i), Content.empty()));
        }
        List<String> found = new ArrayList<>();
        List<ListObjectsPage> pages = new ArrayList<>();

        await(client.forEachPage(
                ListObjectsRequest.of(BUCKET).withPrefix("list/").withMaxKeys(10), page -> {
                    page.objects().forEach(object -> found.add(object.key()));
                    pages.add(page);
                    return Future.succeededFuture();
                }));

        assertThat(found).containsExactlyElementsOf(keys);
        assertThat(pages).hasSize(3);
        ListObjectsPage rolled = await(client.listObjects(ListObjectsRequest.of(BUCKET)
                .withPrefix("list/")
                .withDelimiter("/")
                .withStartAfter("list/f")));
        assertThat(rolled.commonPrefixes()).hasSize(10).startsWith("list/g/");
        assertThat(rolled.objects()).hasSize(9);
        assertThat(await(client.deleteObjects(BUCKET, keys)).deleted()).hasSize(25);
        assertThat(await(client.listObjects(ListObjectsRequest.of(BUCKET).withPrefix("list/")))
                        .objects())
                .isEmpty();
    }

    @Test
    void copy_withOrWithoutMetadata_isACopy() {
        await(client.putObject(PutObjectRequest.of(BUCKET, "from/ü", Content.of("copied"))
                .withMetadata(ObjectMetadata.NONE.withUser("a", "1"))));

        await(client.copyObject(CopyObjectRequest.of(BUCKET, "from/ü", BUCKET, "to")));
        await(client.copyObject(CopyObjectRequest.of(BUCKET, "from/ü", BUCKET, "other")
                .withMetadata(ObjectMetadata.NONE.withUser("b", "2"))));

        assertThat(read("to")).hasToString("copied");
        assertThat(await(client.headObject(BUCKET, "to")).metadata().user()).containsOnlyKeys("a");
        assertThat(await(client.headObject(BUCKET, "other")).metadata().user()).containsOnlyKeys("b");
    }

    @Test
    void copy_inParts_isTheSameObject() throws IOException {
        int size = 2 * PART + 9;
        await(client.upload(UploadRequest.of(BUCKET, "whole", Content.ofFile(file(size)))
                        .withMetadata(ObjectMetadata.ofType("x/y").withUser("a", "1")))
                .result());

        StoredObject copied =
                await(client.copyInParts(CopyObjectRequest.of(BUCKET, "whole", BUCKET, "copied/in parts"), PART));

        assertThat(copied.eTag()).endsWith("-3");
        assertThat(read("copied/in parts")).isEqualTo(bytes(size));
        assertThat(await(client.headObject(BUCKET, "copied/in parts")).metadata())
                .isEqualTo(await(client.headObject(BUCKET, "whole")).metadata());
        assertThat(outcome(client.copyInParts(CopyObjectRequest.of(BUCKET, "nothing", BUCKET, "copied"), PART)))
                .startsWith("404");
    }

    @Test
    void download_inRanges_isTheFileThatWasUploaded() throws IOException {
        int size = 3 * PART + 11;
        await(client.upload(UploadRequest.of(BUCKET, "downloaded", Content.ofFile(file(size))))
                .result());
        Path target = directory.resolve("downloaded");

        ObjectInfo info = await(
                client.download(DownloadRequest.of(BUCKET, "downloaded", target).withParts(PART, 2))
                        .result());

        assertThat(info.checksums()).as("to hold the bytes to").isNotEmpty();
        assertThat(Files.mismatch(target, file(size))).isEqualTo(-1);
    }

    @Test
    void buckets_fromBeginToEnd_areListed() {
        await(client.createBucket("another"));
        await(client.headBucket("another"));

        assertThat(outcome(client.createBucket("another"))).isEqualTo("409 BucketAlreadyOwnedByYou");
        assertThat(await(client.listBuckets()))
                .extracting(bucket -> bucket.name())
                .contains("another", BUCKET);
        await(client.deleteBucket("another"));
        assertThat(outcome(client.headBucket("another"))).isEqualTo("404 NotFound");
        assertThat(outcome(client.deleteBucket(BUCKET))).isEqualTo("409 BucketNotEmpty");
    }

    @Test
    void link_presigned_isGoodForAnyone() throws IOException, InterruptedException {
        await(client.putObject(BUCKET, "linked ü", Content.of("by link")));
        URI link = client.presignGet(BUCKET, "linked ü", Duration.ofMinutes(1));
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("by link");
    }

    @Test
    void upload_ofAFileInParts_isOneObjectWithAChecksum() throws IOException {
        int size = 2 * PART + 12_345;
        Upload upload = client.upload(UploadRequest.of(BUCKET, "parts", Content.ofFile(file(size)))
                .withParts(PART, 2)
                .withMetadata(ObjectMetadata.ofType("x/y")));

        assertThat(await(upload.result()).eTag()).endsWith("-3");
        assertThat(upload.sentBytes()).isEqualTo(size);
        ObjectStream stream = await(client.getObject(BUCKET, "parts"));
        assertThat(stream.info().metadata().contentType()).isEqualTo("x/y");
        assertThat(stream.info().checksums().values())
                .as("of all of it")
                .singleElement()
                .matches(sum -> !sum.contains("-"));
        assertThat(await(stream.body(size))).isEqualTo(bytes(size));
        assertThat(await(client.listMultipartUploads(BUCKET, "parts"))).isEmpty();
    }

    @Test
    void upload_ofAStreamWithoutALength_isOneObject() throws IOException {
        for (int size : new int[] {0, 1000, PART, PART + 1, 2 * PART + 1}) {
            Content content = Content.ofStream(
                    await(vertx.fileSystem().open(file(size).toString(), new OpenOptions())), Content.UNKNOWN_LENGTH);
            await(client.upload(UploadRequest.of(BUCKET, "streamed", content).withParts(PART, 2))
                    .result());
            assertThat(read("streamed")).isEqualTo(bytes(size));
        }
    }

    @Test
    void upload_thatIsResumed_sendsOnlyWhatIsMissing() throws IOException {
        int size = 3 * PART + 7;
        Content content = Content.ofFile(file(size));
        MultipartUpload begun = await(client.createMultipartUpload(BUCKET, "resumed", ObjectMetadata.NONE));
        await(client.uploadPart(begun, 2, content.slice(PART, PART)));
        await(client.uploadPart(begun, 3, Content.of(bytes(PART + 1).slice(0, PART))));

        Upload upload = client.upload(
                UploadRequest.of(BUCKET, "resumed", content).withParts(PART, 2).resuming(begun.uploadId()));
        await(upload.result());

        assertThat(read("resumed")).isEqualTo(bytes(size));
        assertThat(outcome(client.listParts(begun))).isEqualTo("404 NoSuchUpload");
    }

    @Test
    void upload_thatIsCancelled_leavesNothing() throws IOException {
        Upload upload = client.upload(UploadRequest.of(BUCKET, "cancelled", Content.ofFile(file(4 * PART)))
                .withParts(PART, 1));
        upload.cancel();

        assertThat(outcome(upload.result())).isEqualTo("0 Cancelled");
        assertThat(await(client.listMultipartUploads(BUCKET, "cancelled"))).isEmpty();
        assertThat(outcome(client.headObject(BUCKET, "cancelled"))).isEqualTo("404 NotFound");
    }

    @Test
    void key_thatIsWrong_isRefusedByName() {
        ChordataClient stranger = ChordataClient.builder()
                .endpoint("http://" + node.s3())
                .credentials("root", "another secret key")
                .vertx(vertx)
                .build();
        assertThat(outcome(stranger.listBuckets())).isEqualTo("403 SignatureDoesNotMatch");
        await(stranger.close());
    }
}
