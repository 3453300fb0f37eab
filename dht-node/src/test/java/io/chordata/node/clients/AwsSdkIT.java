package io.chordata.node.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.process.ChordataServer;
import io.chordata.node.process.Command;
import io.chordata.node.process.Figures;
import io.chordata.node.process.RequiresProgram;
import io.chordata.node.process.TestBody;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The AWS SDK for Java v2 with its default integrity settings: the mandatory modern client. */
class AwsSdkIT {
    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static final AtomicInteger BUCKETS = new AtomicInteger();
    private static final int MIB = 1 << 20;

    private final S3Client s3 = JavaClients.aws(SERVER.process());
    private String bucket = "";

    @TempDir
    Path folder = Path.of("set by JUnit");

    @BeforeAll
    static void noteVersion() {
        Figures.note("client AWS SDK for Java " + VersionInfo.SDK_VERSION + " on Java " + Runtime.version());
    }

    @AfterEach
    void closeClient() {
        s3.close();
    }

    @BeforeEach
    void makeBucket() {
        bucket = "sdk-" + BUCKETS.incrementAndGet();
        s3.createBucket(create -> create.bucket(bucket));
    }

    @Test
    void bodies_ofEverySize_comeBackWithTheirHashes() {
        ClientFiles files = new ClientFiles(folder);
        for (long size : TestBody.everySize()) {
            TestBody body = new TestBody(size, 1);
            s3.putObject(put -> put.bucket(bucket).key("size/" + size), files.toSend(body));
            assertThat(s3.headObject(head -> head.bucket(bucket).key("size/" + size))
                            .contentLength())
                    .isEqualTo(size);
            assertThat(TestBody.sha256(s3.getObject(get -> get.bucket(bucket).key("size/" + size))))
                    .as("size " + size)
                    .isEqualTo(body.sha256());
        }
    }

    @Test
    void checksum_ofEveryAlgorithm_isKeptAndReturned() {
        byte[] body = new TestBody(100_000, 2).bytes();
        for (ChecksumAlgorithm algorithm : List.of(
                ChecksumAlgorithm.CRC32, ChecksumAlgorithm.CRC32_C, ChecksumAlgorithm.SHA1, ChecksumAlgorithm.SHA256)) {
            s3.putObject(
                    put -> put.bucket(bucket).key("sum").checksumAlgorithm(algorithm), RequestBody.fromBytes(body));
            HeadObjectResponse head =
                    s3.headObject(ask -> ask.bucket(bucket).key("sum").checksumMode(ChecksumMode.ENABLED));
            assertThat(Arrays.asList(
                            head.checksumCRC32(), head.checksumCRC32C(), head.checksumSHA1(), head.checksumSHA256()))
                    .as("checksums for " + algorithm)
                    .filteredOn(value -> value != null)
                    .hasSize(1);
            byte[] read =
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key("sum")).asByteArray();
            assertThat(Arrays.equals(read, body)).isTrue();
        }
    }

    @Test
    void multipart_ofThreeParts_isOneObjectWithItsParts() {
        List<TestBody> parts = List.of(new TestBody(5 * MIB, 1), new TestBody(6 * MIB, 2), new TestBody(1234, 3));
        String upload = s3.createMultipartUpload(
                        create -> create.bucket(bucket).key("m").metadata(Map.of("colour", "blue")))
                .uploadId();
        List<CompletedPart> completed = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            completed.add(uploadPart("m", upload, i + 1, parts.get(i)));
        }
        assertThat(s3.listParts(list -> list.bucket(bucket).key("m").uploadId(upload))
                        .parts())
                .extracting(part -> part.size())
                .containsExactly(5L * MIB, 6L * MIB, 1234L);
        String eTag = s3.completeMultipartUpload(complete -> complete.bucket(bucket)
                        .key("m")
                        .uploadId(upload)
                        .multipartUpload(list -> list.parts(completed)))
                .eTag();

        assertThat(eTag).matches("\"[0-9a-f]{32}-3\"");
        assertThat(s3.headObject(head -> head.bucket(bucket).key("m")).metadata())
                .containsEntry("colour", "blue");
        byte[] second = s3.getObjectAsBytes(get -> get.bucket(bucket).key("m").partNumber(2))
                .asByteArray();
        assertThat(Arrays.equals(second, parts.get(1).bytes())).isTrue();
        byte[] across = s3.getObjectAsBytes(
                        get -> get.bucket(bucket).key("m").range("bytes=" + (5 * MIB - 3) + "-" + (5 * MIB + 2)))
                .asByteArray();
        assertThat(Arrays.copyOfRange(across, 0, 3))
                .isEqualTo(Arrays.copyOfRange(parts.get(0).bytes(), 5 * MIB - 3, 5 * MIB));
        assertThat(Arrays.copyOfRange(across, 3, 6))
                .isEqualTo(Arrays.copyOf(parts.get(1).bytes(), 3));
    }

    @Test
    void multipart_copiedFromAnObject_hasItsBytes() {
        TestBody source = new TestBody(11 * MIB, 4);
        s3.putObject(put -> put.bucket(bucket).key("source"), RequestBody.fromBytes(source.bytes()));
        String upload = s3.createMultipartUpload(create -> create.bucket(bucket).key("copy"))
                .uploadId();
        List<CompletedPart> completed = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            String range = number == 1 ? "bytes=0-" + (6 * MIB - 1) : "bytes=" + 6 * MIB + "-" + (11 * MIB - 1);
            int part = number;
            String eTag = s3.uploadPartCopy(copy -> copy.sourceBucket(bucket)
                            .sourceKey("source")
                            .copySourceRange(range)
                            .destinationBucket(bucket)
                            .destinationKey("copy")
                            .uploadId(upload)
                            .partNumber(part))
                    .copyPartResult()
                    .eTag();
            completed.add(CompletedPart.builder().partNumber(number).eTag(eTag).build());
        }
        s3.completeMultipartUpload(complete ->
                complete.bucket(bucket).key("copy").uploadId(upload).multipartUpload(list -> list.parts(completed)));
        assertThat(TestBody.sha256(s3.getObject(get -> get.bucket(bucket).key("copy"))))
                .isEqualTo(source.sha256());
    }

    @Test
    void multipart_aborted_isGone() {
        String upload = s3.createMultipartUpload(create -> create.bucket(bucket).key("m"))
                .uploadId();
        uploadPart("m", upload, 1, new TestBody(100, 1));
        assertThat(s3.listMultipartUploads(list -> list.bucket(bucket)).uploads())
                .hasSize(1);
        s3.abortMultipartUpload(abort -> abort.bucket(bucket).key("m").uploadId(upload));
        assertThat(s3.listMultipartUploads(list -> list.bucket(bucket)).uploads())
                .isEmpty();
        assertThatThrownBy(() -> uploadPart("m", upload, 2, new TestBody(100, 1)))
                .isInstanceOf(NoSuchUploadException.class);
    }

    @Test
    void conditionalWrites_onEachState_areDecidedAsAtS3() {
        RequestBody body = RequestBody.fromString("x");
        String eTag = s3.putObject(put -> put.bucket(bucket).key("c").ifNoneMatch("*"), body)
                .eTag();
        assertStatus(412, () -> s3.putObject(put -> put.bucket(bucket).key("c").ifNoneMatch("*"), body));
        assertStatus(412, () -> s3.putObject(put -> put.bucket(bucket).key("c").ifMatch("\"0\""), body));
        assertStatus(
                404, () -> s3.putObject(put -> put.bucket(bucket).key("none").ifMatch(eTag), body));
        s3.putObject(put -> put.bucket(bucket).key("c").ifMatch(eTag), RequestBody.fromString("y"));
        assertStatus(
                412,
                () -> s3.deleteObject(delete -> delete.bucket(bucket).key("c").ifMatch(eTag)));
        assertThat(s3.getObjectAsBytes(get -> get.bucket(bucket).key("c")).asUtf8String())
                .isEqualTo("y");
    }

    @Test
    void metadata_ofObjectAndCopy_isKeptOrReplaced() {
        s3.putObject(
                put -> put.bucket(bucket)
                        .key("a/\u00e4 +%2F")
                        .contentType("text/x-odd")
                        .cacheControl("no-store")
                        .metadata(Map.of("colour", "blue")),
                RequestBody.fromString("hello"));
        s3.copyObject(copy -> copy.sourceBucket(bucket)
                .sourceKey("a/\u00e4 +%2F")
                .destinationBucket(bucket)
                .destinationKey("kept"));
        s3.copyObject(copy -> copy.sourceBucket(bucket)
                .sourceKey("kept")
                .destinationBucket(bucket)
                .destinationKey("replaced")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("n", "1")));
        HeadObjectResponse kept = s3.headObject(head -> head.bucket(bucket).key("kept"));
        assertThat(kept.metadata()).isEqualTo(Map.of("colour", "blue"));
        assertThat(kept.contentType()).isEqualTo("text/x-odd");
        assertThat(kept.cacheControl()).isEqualTo("no-store");
        assertThat(s3.headObject(head -> head.bucket(bucket).key("replaced")).metadata())
                .isEqualTo(Map.of("n", "1"));
    }

    @Test
    void listing_withDelimiterAndPages_isCompleteAndOrdered() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            keys.add("p/" + i % 3 + "/" + i);
            s3.putObject(put -> put.bucket(bucket).key(keys.get(keys.size() - 1)), RequestBody.empty());
        }
        keys.sort(null);
        assertThat(s3.listObjectsV2Paginator(list -> list.bucket(bucket).maxKeys(7)).contents().stream()
                        .map(S3Object::key))
                .containsExactlyElementsOf(keys);
        assertThat(s3
                        .listObjectsV2Paginator(list ->
                                list.bucket(bucket).prefix("p/").delimiter("/").maxKeys(2))
                        .commonPrefixes()
                        .stream()
                        .map(CommonPrefix::prefix))
                .containsExactly("p/0/", "p/1/", "p/2/");
    }

    @Test
    void delete_ofAThousandLongKeys_removesThemAll() {
        List<ObjectIdentifier> keys = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String number = String.format("%04d", i);
            keys.add(ObjectIdentifier.builder().key("&".repeat(1020) + number).build());
        }
        keys.parallelStream()
                .forEach(key -> s3.putObject(put -> put.bucket(bucket).key(key.key()), RequestBody.empty()));
        assertThat(s3.deleteObjects(delete -> delete.bucket(bucket).delete(list -> list.objects(keys)))
                        .deleted())
                .hasSize(1000);
        assertThat(s3.listObjectsV2(list -> list.bucket(bucket)).contents()).isEmpty();
        s3.deleteBucket(delete -> delete.bucket(bucket));
    }

    @Test
    @RequiresProgram(value = "/usr/bin/curl", debian = "curl")
    void urls_presignedForPutAndGet_serveCurl() {
        TestBody body = new TestBody(3 * MIB, 5);
        ClientFiles files = new ClientFiles(folder);
        try (S3Presigner presigner = JavaClients.presigner(SERVER.process())) {
            String put = presigner
                    .presignPutObject(sign -> sign.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(ask -> ask.bucket(bucket).key("by curl")))
                    .url()
                    .toString();
            String get = presigner
                    .presignGetObject(sign -> sign.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(ask -> ask.bucket(bucket).key("by curl")))
                    .url()
                    .toString();
            Command.of("/usr/bin/curl", "-sSf", "-T", files.toSend(body).toString(), put)
                    .run();
            Command.of("/usr/bin/curl", "-sSf", "-o", files.toReceive(body).toString(), get)
                    .run();
            assertThat(TestBody.sha256(files.toReceive(body))).isEqualTo(body.sha256());
            assertThat(status(URI.create(get.replace("X-Amz-Expires=300", "X-Amz-Expires=301"))))
                    .isEqualTo("403");
        }
    }

    @Test
    void whatIsMissing_askedFor_isReportedByItsName() {
        assertThatThrownBy(() -> s3.getObject(get -> get.bucket(bucket).key("no")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() -> s3.listObjectsV2(list -> list.bucket("no-such-bucket")))
                .isInstanceOf(NoSuchBucketException.class);
        assertStatus(404, () -> s3.headBucket(head -> head.bucket("no-such-bucket")));
    }

    private CompletedPart uploadPart(String key, String upload, int number, TestBody body) {
        String eTag = s3.uploadPart(
                        part -> part.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        RequestBody.fromBytes(body.bytes()))
                .eTag();
        return CompletedPart.builder().partNumber(number).eTag(eTag).build();
    }

    private static String status(URI url) {
        return Command.of("/usr/bin/curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", url.toString())
                .run();
    }

    private static void assertStatus(int status, Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(status));
    }
}
