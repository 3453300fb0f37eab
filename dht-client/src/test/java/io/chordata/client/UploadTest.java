package io.chordata.client;

import static io.chordata.client.ChordataClientTest.await;
import static io.chordata.client.StubEndpoint.Fault.Kind.BREAK_AT_ONCE;
import static io.chordata.client.StubEndpoint.Fault.Kind.DO_THEN_BREAK;
import static io.chordata.client.StubEndpoint.Fault.Kind.NONE;
import static io.chordata.client.StubEndpoint.Fault.Kind.SILENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.StubEndpoint.Fault;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.model.MultipartUpload;
import io.chordata.client.model.ObjectMetadata;
import io.chordata.client.model.UploadRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads in parts against an endpoint that fails as it is told. */
@SuppressWarnings("NullAway.Init")
class UploadTest {
    private static final int PART = 5 << 20;

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private StubEndpoint stub;
    private ChordataClient client;

    @BeforeEach
    void start() {
        stub = new StubEndpoint(vertx);
        client = ChordataClient.builder()
                .endpoint(stub.url())
                .credentials("AKID", "secret")
                .vertx(vertx)
                .signedPayload(false)
                .retries(3, 500)
                .build();
    }

    @AfterEach
    void stop() {
        await(client.close());
        await(vertx.close());
    }

    private static Buffer bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Buffer.buffer(bytes);
    }

    private static UploadRequest request(Content content) {
        return UploadRequest.of("bucket", "k", content).withParts(PART, 2);
    }

    private static ChordataException failure(Future<?> future) {
        return catchThrowableOfType(ChordataException.class, () -> await(future));
    }

    private List<String> puts() {
        return stub.lines().stream().filter(line -> line.startsWith("PUT")).toList();
    }

    @Test
    void body_thatFitsIntoAPart_isOnePut() {
        Upload upload = client.upload(request(Content.of(bytes(1000))));

        await(upload.result());

        assertThat(stub.lines()).containsExactly("PUT /bucket/k");
        assertThat(upload.uploadId()).isEmpty();
        assertThat(upload.sentBytes()).isEqualTo(1000);
    }

    @Test
    void parts_underWay_areNoMoreThanWereAskedFor() {
        Content content = Content.of(bytes(4 * PART + 1));

        await(client.upload(request(content)).result());

        assertThat(stub.bytes("/bucket/k")).isEqualTo(bytes(4 * PART + 1));
        assertThat(puts()).hasSize(5);
        assertThat(stub.mostUnderWay()).isEqualTo(2);
    }

    @Test
    void part_whoseConnectionBreaks_isSentAgain() {
        stub.next(Fault.of(NONE), Fault.of(BREAK_AT_ONCE), Fault.of(DO_THEN_BREAK));

        await(client.upload(request(Content.of(bytes(2 * PART)))).result());

        assertThat(stub.bytes("/bucket/k")).isEqualTo(bytes(2 * PART));
        assertThat(puts()).hasSize(4);
    }

    @Test
    void file_changedBetweenItsParts_isNotStored() throws IOException {
        Path file = Files.write(directory.resolve("file"), bytes(2 * PART).getBytes());
        Content content = Content.ofFile(file);
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

        ChordataException failure =
                failure(client.upload(request(content).keepingOnFailure()).result());

        assertThat(failure.code()).isEqualTo(ChordataException.CONTENT_FAILED);
        assertThat(failure).hasMessageContaining("was changed while it was read");
        assertThat(puts()).as("parts").hasSize(2);
        assertThat(stub.objects()).isEmpty();
        assertThat(stub.uploads()).isEmpty();
    }

    @Test
    void upload_whosePartFails_isAborted() {
        stub.next(Fault.of(NONE), Fault.refuse(403, "AccessDenied"));

        Upload upload = client.upload(request(Content.of(bytes(4 * PART))));

        assertThat(failure(upload.result()).code()).isEqualTo("AccessDenied");
        assertThat(stub.uploads()).isEmpty();
        assertThat(stub.lines()).last().isEqualTo("DELETE /bucket/k?uploadId=u1");
        assertThat(puts().size()).as("no part is begun after the failure").isLessThan(4);
    }

    @Test
    void upload_whosePartHasAnUnknownOutcome_isAborted() {
        stub.next(Fault.of(NONE));
        for (int i = 0; i < 6; i++) {
            stub.next(Fault.refuse(500, "InternalError"));
        }

        ChordataException shown =
                failure(client.upload(request(Content.of(bytes(2 * PART)))).result());

        assertThat(shown.code()).isEqualTo("InternalError");
        assertThat(stub.uploads()).isEmpty();
        assertThat(stub.lines()).last().isEqualTo("DELETE /bucket/k?uploadId=u1");
    }

    @Test
    void upload_ofAClientThatIsCancelled_endsAndIsAborted() {
        Cancellation cancellation = new Cancellation();
        stub.next(Fault.of(NONE), Fault.of(SILENT), Fault.of(SILENT));

        Upload upload = client.withCancellation(cancellation).upload(request(Content.of(bytes(4 * PART))));
        stub.reached(3);
        cancellation.cancel();

        assertThat(failure(upload.result()).code()).isEqualTo(ChordataException.CANCELLED);
        assertThat(stub.uploads()).isEmpty();
    }

    @Test
    void file_thatWasSentAsAStream_isClosed() {
        Path file = directory.resolve("file");
        vertx.fileSystem().writeFileBlocking(file.toString(), bytes(PART + 1));
        AsyncFile opened = vertx.fileSystem().openBlocking(file.toString(), new OpenOptions());

        await(client.upload(request(Content.ofStream(opened, Content.UNKNOWN_LENGTH)))
                .result());

        assertThatThrownBy(opened::pause).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void parts_thatAreListedForEver_areRefused() {
        MultipartUpload upload = await(client.createMultipartUpload("bucket", "k", ObjectMetadata.NONE));
        await(client.uploadPart(upload, 1, Content.of("x")));
        stub.listPartsForEver();

        assertThat(failure(client.listParts(upload)).code()).isEqualTo(ChordataException.MALFORMED_ANSWER);
    }

    @Test
    void upload_thatIsKeptOnFailure_isGoneOnWith() {
        Content content = Content.of(bytes(3 * PART));
        stub.next(Fault.of(NONE), Fault.of(NONE), Fault.refuse(403, "AccessDenied"));
        Upload first = client.upload(request(content).keepingOnFailure().withParts(PART, 1));
        assertThat(failure(first.result()).code()).isEqualTo("AccessDenied");
        int before = puts().size();

        Upload second = client.upload(request(content).resuming(first.uploadId().orElseThrow()));
        await(second.result());

        assertThat(stub.bytes("/bucket/k")).isEqualTo(bytes(3 * PART));
        assertThat(puts()).as("two parts were missing").hasSize(before + 2);
        assertThat(second.sentBytes()).isEqualTo(3 * PART);
    }

    @Test
    void completion_whoseAnswerIsLost_isFoundOut() {
        stub.next(Fault.of(NONE), Fault.of(NONE), Fault.of(NONE), Fault.of(DO_THEN_BREAK));

        assertThat(await(client.upload(request(Content.of(bytes(2 * PART)))).result())
                        .eTag())
                .endsWith("-2");

        assertThat(stub.lines()).last().isEqualTo("HEAD /bucket/k");
    }

    @Test
    void stream_thatIsFast_waitsForItsParts() {
        Source source = new Source(vertx, 40, 1 << 20);

        await(client.upload(request(Content.ofStream(source, Content.UNKNOWN_LENGTH)))
                .result());

        assertThat(stub.bytes("/bucket/k").length()).isEqualTo(40 << 20);
        assertThat(puts()).hasSize(8);
        assertThat(source.pauses).as("the stream was held back").hasPositiveValue();
        assertThat(stub.mostUnderWay()).isEqualTo(2);
    }

    @Test
    void stream_thatFails_abortsItsUpload() {
        Source source = new Source(vertx, 12, 1 << 20);
        source.failAtEnd = true;

        assertThat(failure(client.upload(request(Content.ofStream(source, Content.UNKNOWN_LENGTH)))
                                .result())
                        .code())
                .isEqualTo(ChordataException.CONTENT_FAILED);

        assertThat(stub.uploads()).isEmpty();
        assertThat(stub.objects()).isEmpty();
    }

    @Test
    void stream_thatFallsSilentBehindAPart_isCancelledAndItsUploadAborted() {
        Source source = new Source(vertx, 6, 1 << 20);
        source.silentAtEnd = true;
        Upload upload = client.upload(request(Content.ofStream(source, Content.UNKNOWN_LENGTH)));
        stub.answered("PUT /bucket/k?partNumber=1");

        upload.cancel();

        assertThat(failure(upload.result()).code()).isEqualTo(ChordataException.CANCELLED);
        assertThat(stub.uploads()).isEmpty();
    }

    @Test
    void stream_thatNeverSaysAnything_isCancelled() {
        Cancellation cancellation = new Cancellation();
        Content silent = Content.ofStream(new SilentStream(), Content.UNKNOWN_LENGTH);
        Upload ofClient = client.withCancellation(cancellation).upload(request(silent));
        Upload notOpened = client.upload(request(new Own() {
            @Override
            public Future<ReadStream<Buffer>> open(Vertx of) {
                return Promise.<ReadStream<Buffer>>promise().future();
            }
        }));

        cancellation.cancel();
        notOpened.cancel();

        assertThat(failure(ofClient.result()).code()).isEqualTo(ChordataException.CANCELLED);
        assertThat(failure(notOpened.result()).code()).isEqualTo(ChordataException.CANCELLED);
        assertThat(stub.seen()).isEmpty();
    }

    @Test
    void client_thatIsClosed_endsStreamsThatAreSilent() {
        Upload upload = client.upload(request(Content.ofStream(new SilentStream(), Content.UNKNOWN_LENGTH)));

        await(client.close());

        assertThat(failure(upload.result()).code()).isEqualTo(ChordataException.CANCELLED);
    }

    @Test
    void client_thatIsClosed_abortsUploadsUnderWay() {
        Source source = new Source(vertx, 6, 1 << 20);
        source.silentAtEnd = true;
        Upload streamed = client.upload(request(Content.ofStream(source, Content.UNKNOWN_LENGTH)));
        stub.answered("PUT /bucket/k?partNumber=1");
        stub.next(Fault.of(NONE), Fault.of(SILENT), Fault.of(SILENT));
        int begun = stub.seen().size();
        Upload sliced = client.upload(request(Content.of(bytes(4 * PART))));
        stub.reached(begun + 3);

        await(client.close());

        assertThat(stub.uploads()).isEmpty();
        assertThat(failure(streamed.result()).code()).isEqualTo(ChordataException.CANCELLED);
        assertThat(failure(sliced.result()).code()).isEqualTo(ChordataException.CANCELLED);
        assertThat(failure(client.headBucket("bucket")).code()).isEqualTo(ChordataException.CANCELLED);
    }

    @Test
    void client_thatIsClosed_doesNotWaitForASilentEndpointForEver() {
        ChordataClient impatient = ChordataClient.builder()
                .endpoint(stub.url())
                .credentials("AKID", "secret")
                .vertx(vertx)
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1))
                .build();
        stub.next(Fault.of(NONE), Fault.of(SILENT), Fault.of(SILENT), Fault.of(SILENT));
        Upload upload = impatient.upload(request(Content.of(bytes(2 * PART))));
        stub.reached(3);

        await(impatient.close());

        assertThat(failure(upload.result()).code()).isEqualTo(ChordataException.CANCELLED);
    }

    @Test
    void content_thatCannotBeOpened_failsItsUpload() {
        Content refuses = new Own() {
            @Override
            public Future<ReadStream<Buffer>> open(Vertx of) {
                return Future.failedFuture(new IOException("told to"));
            }
        };
        Content throwsIt = new Own() {
            @Override
            public Future<ReadStream<Buffer>> open(Vertx of) {
                throw new IllegalStateException("told to");
            }
        };

        for (Content content : List.of(refuses, throwsIt)) {
            ChordataException shown = failure(client.upload(request(content)).result());

            assertThat(shown.code()).isEqualTo(ChordataException.CONTENT_FAILED);
            assertThat(shown).hasMessageContaining("told to");
        }
    }

    @Test
    void stream_thatThrowsWhenItIsStopped_failsItsUpload() {
        SilentStream closed = new SilentStream() {
            @Override
            public SilentStream resume() {
                throw new IllegalStateException("told to");
            }

            @Override
            public SilentStream pause() {
                throw new IllegalStateException("told to, again");
            }
        };
        Content content = new Own() {
            @Override
            public Future<ReadStream<Buffer>> open(Vertx of) {
                return Future.succeededFuture(closed);
            }
        };

        assertThat(failure(client.upload(request(content)).result()).code())
                .isEqualTo(ChordataException.CONTENT_FAILED);
    }

    @Test
    void slice_thatThrows_abortsItsUpload() {
        for (int first : new int[] {0, PART, 2 * PART}) {
            Content content = new OwnBytes(bytes(3 * PART)) {
                @Override
                public Content slice(long offset, long length) {
                    if (offset >= first) {
                        throw new IllegalStateException("told to");
                    }
                    return super.slice(offset, length);
                }
            };

            Upload upload = client.upload(request(content).withParts(PART, 1));

            assertThat(failure(upload.result()).code()).isEqualTo(ChordataException.CONTENT_FAILED);
            assertThat(upload.sentBytes()).isEqualTo(first);
            assertThat(stub.uploads()).isEmpty();
        }
    }

    @Test
    void content_whoseVerificationThrows_isNotStored() {
        Content content = new OwnBytes(bytes(2 * PART)) {
            @Override
            public Future<Void> verify(Vertx of) {
                throw new IllegalStateException("told to");
            }
        };

        assertThat(failure(client.upload(request(content)).result()).code())
                .isEqualTo(ChordataException.CONTENT_FAILED);
        assertThat(stub.uploads()).isEmpty();
        assertThat(stub.objects()).isEmpty();
    }

    /** A stream's content as anybody can write it. */
    private abstract static class Own implements Content {
        @Override
        public long length() {
            return UNKNOWN_LENGTH;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }
    }

    /** Bytes as anybody can offer them. */
    private static class OwnBytes implements Content {
        private final Content bytes;

        OwnBytes(Buffer bytes) {
            this.bytes = Content.of(bytes);
        }

        @Override
        public long length() {
            return bytes.length();
        }

        @Override
        public boolean isRepeatable() {
            return true;
        }

        @Override
        public boolean isSliceable() {
            return true;
        }

        @Override
        public Content slice(long offset, long length) {
            return bytes.slice(offset, length);
        }

        @Override
        public Future<ReadStream<Buffer>> open(Vertx vertx) {
            return bytes.open(vertx);
        }
    }

    /** Pieces as fast as anybody takes them, from a loop of its own. */
    private static final class Source implements ReadStream<Buffer> {
        final AtomicInteger pauses = new AtomicInteger();
        boolean failAtEnd;
        boolean silentAtEnd;

        private final Context loop;
        private final Buffer piece;
        private int left;
        private boolean flowing;
        private @Nullable Handler<Buffer> handler;
        private @Nullable Handler<Void> endHandler;
        private @Nullable Handler<Throwable> exceptionHandler;

        Source(Vertx vertx, int pieces, int size) {
            this.loop = vertx.getOrCreateContext();
            this.left = pieces;
            this.piece = Buffer.buffer(new byte[size]);
        }

        private void emit() {
            if (!flowing || left < 0) {
                return;
            }
            left--;
            if (left >= 0 && handler != null) {
                handler.handle(piece.copy());
                loop.runOnContext(next -> emit());
            } else if (silentAtEnd) {
                flowing = false;
            } else if (failAtEnd && exceptionHandler != null) {
                exceptionHandler.handle(new IllegalStateException("told to"));
            } else if (endHandler != null) {
                endHandler.handle(null);
            }
        }

        @Override
        public Source exceptionHandler(@Nullable Handler<Throwable> value) {
            exceptionHandler = value;
            return this;
        }

        @Override
        public Source handler(@Nullable Handler<Buffer> value) {
            handler = value;
            return this;
        }

        @Override
        public Source pause() {
            loop.runOnContext(now -> {
                if (flowing) {
                    pauses.incrementAndGet();
                }
                flowing = false;
            });
            return this;
        }

        @Override
        public Source resume() {
            loop.runOnContext(now -> {
                if (!flowing) {
                    flowing = true;
                    emit();
                }
            });
            return this;
        }

        @Override
        public Source fetch(long amount) {
            return resume();
        }

        @Override
        public Source endHandler(@Nullable Handler<Void> value) {
            endHandler = value;
            return this;
        }
    }
}
