package io.chordata.client;

import static io.chordata.client.StubEndpoint.Fault.Kind.BREAK_AT_ONCE;
import static io.chordata.client.StubEndpoint.Fault.Kind.DO_THEN_BREAK;
import static io.chordata.client.StubEndpoint.Fault.Kind.ERROR_BEHIND_200;
import static io.chordata.client.StubEndpoint.Fault.Kind.LIE_ABOUT_CHECKSUM;
import static io.chordata.client.StubEndpoint.Fault.Kind.SILENT;
import static io.chordata.client.StubEndpoint.Fault.Kind.SKEWED;
import static io.chordata.client.StubEndpoint.Fault.Kind.SUCCESS_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.StubEndpoint.Fault;
import io.chordata.client.StubEndpoint.Seen;
import io.chordata.client.model.ByteRange;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Conditions;
import io.chordata.client.model.Content;
import io.chordata.client.model.CopyObjectRequest;
import io.chordata.client.model.GetObjectRequest;
import io.chordata.client.model.ObjectInfo;
import io.chordata.client.model.ObjectMetadata;
import io.chordata.client.model.PutObjectRequest;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against an endpoint that fails as it is told. */
class ChordataClientTest {
    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private StubEndpoint stub;
    private ChordataClient client;

    @BeforeEach
    void start() {
        stub = new StubEndpoint(vertx);
        client = builder().build();
    }

    private ChordataClientBuilder builder() {
        return ChordataClient.builder()
                .endpoint(stub.url())
                .credentials("AKID", "secret")
                .vertx(vertx)
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2));
    }

    @AfterEach
    void stop() {
        await(client.close());
        await(vertx.close());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.await(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not settled within 30 s", e);
        }
    }

    private static ChordataException failure(Future<?> future) {
        return catchThrowableOfType(ChordataException.class, () -> await(future));
    }

    private static Buffer bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Buffer.buffer(bytes);
    }

    private Buffer get(String key) {
        return await(client.getObjectBytes(GetObjectRequest.of("bucket", key), 100 << 20));
    }

    @Test
    void object_putAndRead_isTheSame() {
        await(client.putObject(PutObjectRequest.of("bucket", "a b/ü?+", Content.of("hello"))
                .withMetadata(ObjectMetadata.ofType("text/plain").withUser("Name", "Grüße"))));

        Seen put = stub.seen().get(0);
        assertThat(put.line()).isEqualTo("PUT /bucket/a%20b/%C3%BC%3F%2B");
        assertThat(put.headers().get("Content-Type")).isEqualTo("text/plain");
        assertThat(put.headers().get("x-amz-checksum-crc32c")).isEqualTo("mnG7TA==");
        assertThat(put.headers().get("Authorization")).startsWith("AWS4-HMAC-SHA256 Credential=AKID/");
        ObjectStream stream = await(client.getObject("bucket", "a b/ü?+"));
        assertThat(stream.info().size()).isEqualTo(5);
        assertThat(stream.info().metadata().user()).containsEntry("name", "Grüße");
        assertThat(await(stream.body(10))).isEqualTo(Buffer.buffer("hello"));
        ObjectInfo info = await(client.headObject("bucket", "a b/ü?+"));
        assertThat(info).isEqualTo(stream.info());
        assertThat(info.lastModified()).hasToString("2026-01-01T00:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100_000, 131_072, 3_000_000})
    void file_putAndRead_isTheSame(int size) throws IOException {
        Path file = Files.write(directory.resolve("file"), bytes(size).getBytes());

        await(client.putObject("bucket", "file", Content.ofFile(file)));

        assertThat(stub.bytes("/bucket/file")).isEqualTo(bytes(size));
        Seen put = stub.seen().get(0);
        assertThat(put.headers().get("x-amz-content-sha256")).isEqualTo("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
        assertThat(put.headers().get("x-amz-decoded-content-length")).isEqualTo(Integer.toString(size));
        assertThat(get("file")).isEqualTo(bytes(size));
    }

    @Test
    void bytes_thatAreMany_areHashedOnTheirWay() {
        await(client.putObject("bucket", "k", Content.of(bytes(300_000))));

        assertThat(stub.seen().get(0).headers().get("x-amz-content-sha256"))
                .isEqualTo("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER");
        assertThat(stub.bytes("/bucket/k")).isEqualTo(bytes(300_000));
    }

    @Test
    void file_withoutChecksumsAndSignature_goesAsItIs() throws IOException {
        Path file = Files.write(directory.resolve("file"), bytes(300_000).getBytes());
        client = builder().checksums(false).signedPayload(false).build();

        await(client.putObject("bucket", "file", Content.ofFile(file)));

        Seen put = stub.seen().get(0);
        assertThat(put.headers().get("x-amz-content-sha256")).isEqualTo("UNSIGNED-PAYLOAD");
        assertThat(put.headers().contains("Content-Encoding")).isFalse();
        assertThat(stub.bytes("/bucket/file")).isEqualTo(bytes(300_000));
    }

    @Test
    void stream_putAgainAfterARefusal_cannotBeRepeated() {
        Path file = directory.resolve("file");
        vertx.fileSystem().writeFileBlocking(file.toString(), bytes(10_000));
        stub.next(Fault.refuse(503, "SlowDown"));

        ChordataException shown = failure(client.putObject(
                "bucket",
                "k",
                Content.ofStream(vertx.fileSystem().openBlocking(file.toString(), new OpenOptions()), 10_000)));

        assertThat(shown.code()).isEqualTo("SlowDown");
        assertThat(stub.seen()).hasSize(1);
    }

    @Test
    void stream_shorterOrLongerThanItSaid_fails() {
        Path file = directory.resolve("file");
        vertx.fileSystem().writeFileBlocking(file.toString(), bytes(10_000));
        for (long length : new long[] {9_999, 10_001}) {
            ChordataException shown = failure(client.putObject(
                    "bucket",
                    "k",
                    Content.ofStream(vertx.fileSystem().openBlocking(file.toString(), new OpenOptions()), length)));
            assertThat(shown.code()).isEqualTo(ChordataException.CONTENT_FAILED);
        }
        assertThat(stub.objects()).isEmpty();
    }

    @Test
    void plainStream_longerThanItSaid_isNeverWhole() {
        client = builder().checksums(false).signedPayload(false).build();
        Path file = directory.resolve("file");
        vertx.fileSystem().writeFileBlocking(file.toString(), bytes(300_000));
        for (long length : new long[] {262_144, 262_145, 299_999, 300_001}) {
            ChordataException shown = failure(client.putObject(
                    "bucket",
                    "k",
                    Content.ofStream(vertx.fileSystem().openBlocking(file.toString(), new OpenOptions()), length)));
            assertThat(shown.code()).isEqualTo(ChordataException.CONTENT_FAILED);
        }
        assertThat(stub.objects()).isEmpty();
    }

    @Test
    void content_thatThrows_failsItsPutAtOnce() {
        Content notOpened = new Own(() -> {
            throw new IllegalStateException("told to");
        });
        Content notRead = new Own(() -> new SilentStream() {
            @Override
            public SilentStream resume() {
                throw new IllegalStateException("told to");
            }

            @Override
            public SilentStream pause() {
                throw new IllegalStateException("told to, again");
            }
        });

        for (Content content : List.of(notOpened, notRead)) {
            ChordataException shown = failure(client.putObject("bucket", "k", content));

            assertThat(shown.code()).isEqualTo(ChordataException.CONTENT_FAILED);
            assertThat(shown).hasMessageContaining("told to").hasMessageNotContaining("attempts");
        }
    }

    /** Ten bytes as anybody can offer them. */
    private record Own(Supplier<ReadStream<Buffer>> stream) implements Content {
        @Override
        public long length() {
            return 10;
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public Future<ReadStream<Buffer>> open(Vertx vertx) {
            return Future.succeededFuture(stream.get());
        }
    }

    @Test
    void success_beforeTheBodyWasSent_isNone() {
        Content silent = Content.ofStream(new SilentStream(), 2 << 20);
        stub.next(Fault.of(SUCCESS_AT_ONCE));

        ChordataException shown = failure(client.putObject("bucket", "k", silent));

        assertThat(shown.code()).isEqualTo(ChordataException.MALFORMED_ANSWER);
        assertThat(shown.isOutcomeUnknown()).isTrue();
    }

    @Test
    void file_thatIsGoneWhenItIsSent_failsAtOnce() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[10]);
        Content content = Content.ofFile(file);
        Files.delete(file);

        assertThat(failure(client.putObject("bucket", "k", content)).code())
                .isEqualTo(ChordataException.CONTENT_FAILED);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"BREAK_AT_ONCE", "DO_THEN_BREAK", "SILENT"},
            value = Fault.Kind.class)
    void put_whoseConnectionFails_isRepeatedUnderOneName(Fault.Kind kind) {
        stub.next(Fault.of(kind), Fault.of(kind));

        await(client.putObject("bucket", "k", Content.of("x")));

        assertThat(stub.seen()).hasSize(3);
        assertThat(stub.seen())
                .extracting(seen -> seen.headers().get("amz-sdk-invocation-id"))
                .doesNotContainNull()
                .containsOnly(stub.seen().get(0).headers().get("amz-sdk-invocation-id"));
        assertThat(stub.seen().get(2).headers().get("amz-sdk-request")).isEqualTo("attempt=3; max=10");
        await(client.putObject("bucket", "k", Content.of("x")));
        assertThat(stub.seen().get(3).headers().get("amz-sdk-invocation-id"))
                .isNotEqualTo(stub.seen().get(0).headers().get("amz-sdk-invocation-id"));
    }

    @Test
    void conditionalPut_whoseAnswerIsLost_isNotRepeatedAtAStrangersEndpoint() {
        stub.next(Fault.of(DO_THEN_BREAK));

        ChordataException shown = failure(client.putObject(
                PutObjectRequest.of("bucket", "k", Content.of("x")).withConditions(Conditions.ifAbsent())));

        assertThat(shown.code()).isEqualTo(ChordataException.CONNECTION_FAILED);
        assertThat(shown.isOutcomeUnknown()).isTrue();
        assertThat(shown).hasMessageContaining("it may have happened all the same");
        assertThat(stub.seen()).hasSize(1);
    }

    @Test
    void conditionalPut_whoseAnswerIsLost_isRepeatedWhereItIsKnownAgain() {
        stub.answerWith("x-chordata-routing-version", "1");
        await(client.headBucket("bucket"));
        stub.knowAgain();
        stub.next(Fault.of(DO_THEN_BREAK));

        await(client.putObject(
                PutObjectRequest.of("bucket", "k", Content.of("x")).withConditions(Conditions.ifAbsent())));

        assertThat(stub.lines()).filteredOn("PUT /bucket/k"::equals).hasSize(2);
    }

    @Test
    void bucket_whoseDeletionWasLost_isNotToldToBeAbsent() {
        stub.answerWith("x-chordata-routing-version", "1");
        await(client.headBucket("bucket"));
        stub.next(Fault.of(DO_THEN_BREAK), Fault.refuse(404, "NoSuchBucket"));

        ChordataException shown = failure(client.deleteBucket("bucket"));

        assertThat(shown.code()).isEqualTo("NoSuchBucket");
        assertThat(shown.isOutcomeUnknown()).isTrue();
    }

    private static CopyObjectRequest newCopy(String key) {
        return CopyObjectRequest.of("bucket", "a", "bucket", key).withConditions(Conditions.ifAbsent());
    }

    @Test
    void copy_whoseSourceChangedAfterALostAnswer_hasAnUnknownOutcome() {
        stub.answerWith("x-chordata-routing-version", "1");
        await(client.putObject("bucket", "a", Content.of("x")));
        stub.next(Fault.of(DO_THEN_BREAK), Fault.refuse(412, "PreconditionFailed"));
        assertThat(failure(client.copyObject(newCopy("b"))).isOutcomeUnknown())
                .as("of the target alone: the first answer")
                .isFalse();
        stub.next(Fault.of(DO_THEN_BREAK), Fault.refuse(404, "NoSuchKey"));
        assertThat(failure(client.copyObject(newCopy("c"))).isOutcomeUnknown()).isTrue();
        stub.next(Fault.of(DO_THEN_BREAK), Fault.refuse(412, "PreconditionFailed"));
        assertThat(failure(client.copyObject(newCopy("d").withSourceConditions(Conditions.ifMatch("x"))))
                        .isOutcomeUnknown())
                .isTrue();
    }

    @Test
    void refusal_asS3GivesIt_isTold() {
        ChordataException shown = failure(client.getObject("bucket", "absent"));

        assertThat(shown.code()).isEqualTo("NoSuchKey");
        assertThat(shown.status()).isEqualTo(404);
        assertThat(shown.requestId()).isEqualTo("R1");
        assertThat(shown.resource()).isEqualTo("/bucket/absent");
        assertThat(shown).hasMessage("NoSuchKey (404) at /bucket/absent: as told [request R1]");
        assertThat(shown.isNotFound()).isTrue();
        assertThat(shown.isOutcomeUnknown()).isFalse();
        assertThat(failure(client.headObject("bucket", "absent")).code()).isEqualTo("NotFound");
    }

    @Test
    void refusals_withoutEnd_areGivenUp() {
        client = builder().retries(3, 500).build();
        for (int i = 0; i < 9; i++) {
            stub.next(Fault.refuse(500, "InternalError"));
        }

        ChordataException shown = failure(client.putObject("bucket", "k", Content.of("x")));

        assertThat(shown.code()).isEqualTo("InternalError");
        assertThat(shown).hasMessageContaining("after 3 attempts");
        assertThat(shown.isOutcomeUnknown()).isTrue();
        assertThat(stub.seen()).hasSize(3);
    }

    @Test
    void refusals_ofEverything_useUpTheBudget() {
        client = builder().retries(4, 10).build();
        for (int i = 0; i < 9; i++) {
            stub.next(Fault.refuse(500, "InternalError"));
        }

        failure(client.headBucket("bucket"));
        failure(client.headBucket("bucket"));
        failure(client.headBucket("bucket"));

        assertThat(stub.seen()).as("three requests and two retries").hasSize(5);
    }

    @Test
    void refusal_thatNamesATime_isObeyed() {
        stub.answerWith("Retry-After", "1");
        stub.next(Fault.refuse(503, "ServiceUnavailable"));
        long began = System.nanoTime();

        await(client.headBucket("bucket"));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(990));
    }

    @Test
    void refusal_thatNamesATimeTooFarOff_isFinal() {
        stub.answerWith("Retry-After", "3600");
        stub.next(Fault.refuse(503, "ServiceUnavailable"));

        assertThat(failure(client.headBucket("bucket")).status()).isEqualTo(503);
        assertThat(stub.seen()).hasSize(1);
    }

    @Test
    void clock_thatIsWrong_isSetRightOnce() {
        client = builder().clock(() -> 1_700_000_000_000L).build();
        stub.next(Fault.of(SKEWED));

        await(client.headBucket("bucket"));

        assertThat(stub.seen()).hasSize(2);
    }

    @Test
    void clock_thatCannotBeSetRight_isNamed() {
        stub.answerWith("Date", "Fri, 01 Jan 2027 00:00:00 GMT");
        stub.next(Fault.refuse(403, "RequestTimeTooSkewed"), Fault.refuse(403, "RequestTimeTooSkewed"));
        client = builder().clock(() -> 1_700_000_000_000L).build();

        assertThat(failure(client.headBucket("bucket")))
                .hasMessageContaining("the clock of this computer is 98761600 s behind the endpoint's");
    }

    @Test
    void copy_thatFailsBehindA200_isRepeated() {
        await(client.putObject("bucket", "a", Content.of("x")));
        stub.next(Fault.of(ERROR_BEHIND_200));

        assertThat(await(client.copyObject(CopyObjectRequest.of("bucket", "a", "bucket", "b")))
                        .eTag())
                .isEqualTo("copied");

        assertThat(stub.objects()).containsKey("/bucket/b");
        assertThat(stub.lines()).filteredOn("PUT /bucket/b"::equals).hasSize(2);
    }

    @Test
    void deletion_ofMany_sendsADigest() {
        assertThat(await(client.deleteObjects("bucket", List.of("a", "b"))).deleted())
                .containsExactly("a", "b");
        assertThat(stub.seen().get(0).headers().get("Content-MD5")).hasSize(24);
        await(client.deleteObject("bucket", "a"));
        assertThat(stub.lines()).contains("DELETE /bucket/a");
    }

    @Test
    void read_whoseConnectionsBreak_goesOnWhereItWas() {
        await(client.putObject("bucket", "k", Content.of(bytes(500_000))));
        stub.next(Fault.breakAfter(100_000), Fault.breakAfter(50_000), Fault.of(BREAK_AT_ONCE));

        assertThat(get("k")).isEqualTo(bytes(500_000));

        assertThat(stub.seen())
                .extracting(seen -> seen.headers().get("Range"))
                .containsSubsequence("bytes=100000-499999", "bytes=150000-499999");
    }

    @Test
    void read_ofAnObjectThatIsReplacedMeanwhile_fails() {
        await(client.putObject("bucket", "k", Content.of(bytes(500_000))));
        ObjectStream stream = await(client.getObject("bucket", "k"));
        stream.cancel();
        stub.next(Fault.breakAfter(100_000));
        stream = await(client.getObject("bucket", "k"));
        stub.objects().put("/bucket/k", new StubEndpoint.Stored(bytes(10), MultiMap.caseInsensitiveMultiMap()));

        assertThat(failure(stream.body(1 << 20)).code()).isEqualTo("PreconditionFailed");
    }

    @Test
    void read_ofDamagedBytes_fails() {
        await(client.putObject("bucket", "k", Content.of("hello")));
        stub.next(Fault.of(LIE_ABOUT_CHECKSUM));

        assertThat(failure(client.getObjectBytes(GetObjectRequest.of("bucket", "k"), 10))
                        .code())
                .isEqualTo(ChordataException.CHECKSUM_MISMATCH);
    }

    @Test
    void read_ofARange_isThatRange() {
        await(client.putObject("bucket", "k", Content.of("0123456789")));

        ObjectStream stream =
                await(client.getObject(GetObjectRequest.of("bucket", "k").withRange(ByteRange.of(3, 4))));

        assertThat(stream.info().size()).isEqualTo(10);
        assertThat(stream.offset()).isEqualTo(3);
        assertThat(await(stream.body(10))).isEqualTo(Buffer.buffer("3456"));
    }

    @Test
    void read_ofMoreThanThereIsRoomFor_fails() {
        await(client.putObject("bucket", "k", Content.of("0123456789")));
        assertThat(failure(client.getObjectBytes(GetObjectRequest.of("bucket", "k"), 9)))
                .hasMessageContaining("10 bytes are more than 9");
    }

    @Test
    void read_thatIsPaused_takesNoMore() {
        stub.objects().put("/bucket/k", new StubEndpoint.Stored(bytes(8 << 20), MultiMap.caseInsensitiveMultiMap()));
        ObjectStream stream = await(client.getObject("bucket", "k"));
        Buffer received = Buffer.buffer();
        Promise<Void> some = Promise.promise();
        Promise<Void> end = Promise.promise();
        stream.handler(piece -> {
            received.appendBuffer(piece);
            if (received.length() > 1 << 20 && !some.future().isComplete()) {
                stream.pause();
                some.complete();
            }
        });
        stream.endHandler(end::complete).exceptionHandler(end::fail).resume();
        await(some.future());
        int atPause = received.length();
        await(vertx.timer(2_200, TimeUnit.MILLISECONDS));

        assertThat(received.length()).as("also longer than the idle time-out").isEqualTo(atPause);
        stream.resume();
        await(end.future());
        assertThat(received).isEqualTo(bytes(8 << 20));
    }

    @Test
    void call_thatIsCancelled_ends() {
        Cancellation cancellation = new Cancellation();
        stub.next(Fault.of(SILENT));
        Future<Void> call = client.withCancellation(cancellation).headBucket("bucket");
        cancellation.cancel();

        assertThat(failure(call).code()).isEqualTo(ChordataException.CANCELLED);
        assertThat(failure(client.withCancellation(cancellation).headBucket("bucket"))
                        .code())
                .isEqualTo(ChordataException.CANCELLED);
        await(client.headBucket("bucket"));
    }

    @Test
    void client_thatIsClosed_endsWhatIsUnderWay() {
        ChordataClient other = builder()
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(20))
                .build();
        stub.next(Fault.of(SILENT));
        Future<Void> call = other.headBucket("bucket");
        await(vertx.timer(100, TimeUnit.MILLISECONDS));
        await(other.close());

        assertThat(failure(call).code()).isEqualTo(ChordataException.CANCELLED);
    }

    @Test
    void client_thatIsClosed_endsWhatWaitsForARetry() {
        for (boolean own : new boolean[] {true, false}) {
            ChordataClientBuilder builder =
                    ChordataClient.builder().endpoint(stub.url()).credentials("AKID", "secret");
            ChordataClient other = (own ? builder : builder.vertx(vertx)).build();
            int before = stub.seen().size();
            stub.answerWith("Retry-After", "40");
            stub.next(Fault.refuse(503, "ServiceUnavailable"));
            Future<Void> call = other.headBucket("bucket");
            stub.reached(before + 1);
            await(vertx.timer(100, TimeUnit.MILLISECONDS));
            await(other.close());

            assertThat(failure(call).code()).isEqualTo(ChordataException.CANCELLED);
            assertThat(failure(other.headBucket("bucket")).code()).isEqualTo(ChordataException.CANCELLED);
        }
    }

    @Test
    void policy_thatThrowsLater_failsItsCall() {
        AtomicInteger asked = new AtomicInteger();
        client = builder()
                .policy(target -> {
                    if (asked.incrementAndGet() > 1) {
                        throw new IllegalStateException("told to");
                    }
                    return target.all();
                })
                .build();
        stub.next(Fault.of(BREAK_AT_ONCE));

        assertThat(failure(client.putObject("bucket", "k", Content.of("x")))).hasMessageContaining("told to");
    }

    @Test
    void read_thatIsCancelledUnread_leavesItsConnectionToOthers() {
        client = builder().connections(1).build();
        await(client.putObject("bucket", "small", Content.of("hello")));
        ObjectStream unread = await(client.getObject("bucket", "small"));
        int before = stub.seen().size();
        stub.next(Fault.of(SILENT));
        Future<Void> other = client.headBucket("bucket");
        stub.reached(before + 1);
        unread.cancel();
        await(vertx.timer(200, TimeUnit.MILLISECONDS));

        assertThat(other.isComplete()).as("it is still waiting for its answer").isFalse();
    }

    @Test
    void call_thatGetsNoConnection_fails() {
        client = builder().connections(1).retries(1, 10).build();
        stub.objects().put("/bucket/k", new StubEndpoint.Stored(bytes(8 << 20), MultiMap.caseInsensitiveMultiMap()));
        ObjectStream unread = await(client.getObject("bucket", "k"));

        ChordataException shown = failure(client.deleteObject("bucket", "k"));
        assertThat(shown.code()).isEqualTo(ChordataException.CONNECTION_FAILED);
        assertThat(shown.isOutcomeUnknown()).as("it was never sent").isFalse();
        unread.cancel();
    }

    @Test
    void read_whoseHeadIsNoAnswer_givesItsConnectionBack() {
        client = builder().connections(1).build();
        await(client.putObject("bucket", "k", Content.of(bytes(3_000_000))));
        stub.answerWith("Content-Range", "bytes 0-4/*");

        assertThat(failure(client.getObject("bucket", "k")).code()).isEqualTo(ChordataException.MALFORMED_ANSWER);

        await(client.headBucket("bucket"));
    }

    @Test
    void request_withoutABody_saysThatItHasNone() {
        await(client.createMultipartUpload("bucket", "k", ObjectMetadata.NONE));
        await(client.createBucket("bucket"));

        assertThat(stub.seen())
                .extracting(seen -> seen.headers().get("Content-Length"))
                .containsOnly("0");
    }

    @Test
    void endpoint_thatIsDown_isNamed() {
        client = builder().retries(2, 500).build();
        stub.close();
        assertThat(failure(client.headBucket("bucket")))
                .hasMessageContaining("ConnectionFailed")
                .hasMessageContaining(stub.url());
    }

    @Test
    void endpoint_thatStandsStillBeforeTls_isGivenUpAsOneThatIsGone() {
        NetServer still =
                await(vertx.createNetServer().connectHandler(socket -> {}).listen(0, "127.0.0.1"));
        client = ChordataClient.builder()
                .endpoint("https://127.0.0.1:" + still.actualPort())
                .credentials("AKID", "secret")
                .vertx(vertx)
                .timeouts(Duration.ofMillis(500), Duration.ofSeconds(30))
                .retries(1, 10)
                .build();

        long begun = System.nanoTime();
        assertThat(failure(client.headBucket("bucket")).code()).isEqualTo(ChordataException.CONNECTION_FAILED);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .as("no handshake takes longer than a connection may")
                .isLessThan(Duration.ofSeconds(9));
    }

    @Test
    void names_thatNothingCanHave_areRefusedBeforeTheyAreSent() {
        assertThatThrownBy(() -> client.headBucket("a/b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.headObject("bucket", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.headObject("bucket", "a\ud800")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.deleteObjects("bucket", List.of("a", "\udc00")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.putObject(PutObjectRequest.of("bucket", "k", Content.empty())
                        .withMetadata(ObjectMetadata.NONE.withUser("a", "line\nbreak"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.deleteObject("bucket", "k", Conditions.ifUnmodifiedSince(Instant.EPOCH)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.presignGet("bucket", "k", Duration.ofDays(8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChordataClient.builder().build()).isInstanceOf(IllegalStateException.class);
        assertThat(stub.seen()).isEmpty();
    }

    @Test
    void link_thatIsPresigned_namesItsExpiry() {
        assertThat(client.presignGet("bucket", "a b", Duration.ofMinutes(5)).toString())
                .startsWith(stub.url() + "/bucket/a%20b?X-Amz-Algorithm=AWS4-HMAC-SHA256")
                .contains("X-Amz-Expires=300", "X-Amz-Signature=");
    }
}
