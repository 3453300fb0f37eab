package io.chordata.client;

import static io.chordata.client.ChordataClientTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.StubEndpoint.Fault;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.model.GetObjectRequest;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.UploadRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init")
class BlockingClientTest {
    private final Vertx vertx = Vertx.vertx();
    private StubEndpoint stub;
    private BlockingChordataClient client;

    @BeforeEach
    void start() {
        stub = new StubEndpoint(vertx);
        client = ChordataClient.builder()
                .endpoint(stub.url())
                .credentials("AKID", "secret")
                .vertx(vertx)
                .build()
                .blocking();
    }

    @AfterEach
    void stop() {
        client.close();
        await(vertx.close());
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void object_throughStreamsOfJava_isTheSame() throws IOException {
        client.putObject("bucket", "k", Content.ofInputStream(new ByteArrayInputStream(bytes(700_000)), 700_000));

        try (ObjectInputStream stream = client.getObject("bucket", "k")) {
            assertThat(stream.length()).isEqualTo(700_000);
            assertThat(stream.read()).isEqualTo(bytes(700_000)[0] & 0xff);
            assertThat(stream.readAllBytes()).hasSize(699_999);
            assertThat(stream.read()).isEqualTo(-1);
        }
        assertThat(client.getObjectBytes(GetObjectRequest.of("bucket", "k"), 1 << 20))
                .isEqualTo(bytes(700_000));
    }

    @Test
    void object_ofNoKnownLength_isUploaded() {
        client.upload(UploadRequest.of(
                "bucket",
                "k",
                Content.ofInputStream(new ByteArrayInputStream(bytes(100_000)), Content.UNKNOWN_LENGTH)));
        assertThat(stub.bytes("/bucket/k")).isEqualTo(Buffer.buffer(bytes(100_000)));
    }

    @Test
    void source_thatFails_failsThePut() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("told to");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        assertThatThrownBy(() -> client.putObject("bucket", "k", Content.ofInputStream(broken, 10)))
                .hasMessageContaining("told to");
    }

    @Test
    void read_ofDamagedBytes_failsAtTheEnd() throws IOException {
        client.putObject("bucket", "k", Content.of("hello"));
        stub.next(Fault.of(Fault.Kind.LIE_ABOUT_CHECKSUM));
        try (ObjectInputStream stream = client.getObject("bucket", "k")) {
            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(ChordataException.class);
        }
    }

    @Test
    void stream_closedByAnotherThread_endsWhoWaits() throws InterruptedException {
        stub.objects()
                .put("/bucket/k", new StubEndpoint.Stored(Buffer.buffer("hello"), MultiMap.caseInsensitiveMultiMap()));
        stub.next(Fault.pauseAfter(2));
        ObjectInputStream stream = client.getObject("bucket", "k");
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                stream.readAllBytes();
            } catch (IOException e) {
                seen.complete(e);
            }
        });
        reader.start();
        stream.close();
        reader.join();

        assertThat(seen.join()).hasMessageContaining("closed");
        assertThatThrownBy(stream::read).hasMessageContaining("closed");
    }

    @Test
    void refusal_ofACall_showsWhoCalled() {
        ChordataException shown =
                catchThrowableOfType(ChordataException.class, () -> client.headObject("bucket", "absent"));
        assertThat(shown.status()).isEqualTo(404);
        assertThat(shown.getStackTrace())
                .extracting(StackTraceElement::getMethodName)
                .contains("refusal_ofACall_showsWhoCalled");
    }

    @Test
    void eventLoop_thatWouldWait_isRefused() {
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        vertx.runOnContext(now -> {
            try {
                client.deleteObject("bucket", "k");
            } catch (IllegalStateException e) {
                seen.complete(e);
            }
        });
        assertThat(seen.join()).hasMessageContaining("must not wait");
        await(client.async().headBucket("bucket"));
        assertThat(stub.lines()).as("nothing was sent").noneMatch(line -> line.startsWith("DELETE"));
    }

    @Test
    void thread_thatIsInterrupted_cancelsItsCall() throws InterruptedException {
        stub.next(Fault.of(Fault.Kind.SILENT));
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                client.headBucket("bucket");
            } catch (ChordataException e) {
                seen.complete(e);
            }
        });
        thread.start();
        thread.interrupt();
        thread.join();
        assertThat(seen.join()).hasMessageContaining("interrupted");
    }

    @Test
    void listing_ofNothing_isAnEmptyStream() {
        assertThat(client.listAllObjects(ListObjectsRequest.of("bucket"))).isEmpty();
    }
}
