package io.chordata.client;

import static io.chordata.client.ChordataClientTest.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.chordata.client.StubEndpoint.Fault;
import io.chordata.client.StubEndpoint.Fault.Kind;
import io.chordata.client.model.Cancellation;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.Content;
import io.chordata.client.model.DownloadRequest;
import io.chordata.client.model.ObjectInfo;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads to files, from an endpoint that fails as it is told. */
@SuppressWarnings("NullAway.Init")
class DownloadTest {
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
                .retries(2, 500)
                .timeouts(Duration.ofSeconds(1), Duration.ofSeconds(5))
                .build();
    }

    @AfterEach
    void stop() {
        await(client.close());
        stub.close();
        await(vertx.close());
    }

    private Buffer put(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        await(client.putObject("bucket", "key", Content.of(bytes)));
        return Buffer.buffer(bytes);
    }

    private DownloadRequest request() {
        return DownloadRequest.of("bucket", "key", directory.resolve("file")).withParts(PART, 2);
    }

    private ChordataException failure(DownloadRequest request) {
        return catchThrowableOfType(
                ChordataException.class, () -> await(client.download(request).result()));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private long ranges() {
        return stub.seen().stream()
                .filter(seen -> seen.method().equals("GET") && seen.headers().contains("Range"))
                .count();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART, PART + 1, 3 * PART + 17})
    void download_ofAnySize_isThatFile(int size) throws IOException {
        Buffer bytes = put(size);

        Download download = client.download(request());
        ObjectInfo info = await(download.result());

        assertThat(Buffer.buffer(Files.readAllBytes(directory.resolve("file")))).isEqualTo(bytes);
        assertThat(download.receivedBytes()).isEqualTo(size);
        assertThat(Files.getLastModifiedTime(directory.resolve("file")).toInstant())
                .isEqualTo(info.lastModified())
                .isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(names()).containsExactly("file");
    }

    @Test
    void body_thatArrivesFast_comesInLargePieces() {
        put(3 * PART);
        List<Integer> pieces = new CopyOnWriteArrayList<>();
        ObjectStream stream = await(client.getObject("bucket", "key"));
        Promise<Void> end = Promise.promise();

        stream.handler(piece -> pieces.add(piece.length()))
                .exceptionHandler(end::tryFail)
                .endHandler(end::tryComplete)
                .resume();
        await(end.future());

        assertThat(pieces.stream().mapToInt(length -> length).average().orElse(0))
                .as("bytes of a piece")
                .isGreaterThan(16 << 10);
    }

    @Test
    void download_thatFailed_goesOnWithWhatItHas() throws IOException {
        Buffer bytes = put(4 * PART);
        DownloadRequest oneByOne = request().withParts(PART, 1);
        stub.next(Fault.of(Kind.NONE), Fault.of(Kind.NONE), Fault.of(Kind.NONE), Fault.refuse(403, "AccessDenied"));

        assertThat(failure(oneByOne).code()).isEqualTo("AccessDenied");
        assertThat(names()).singleElement().matches(name -> name.endsWith(DownloadRequest.SUFFIX));
        long before = ranges();
        await(client.download(oneByOne).result());

        assertThat(ranges() - before).as("of the four").isEqualTo(2);
        assertThat(Buffer.buffer(Files.readAllBytes(directory.resolve("file")))).isEqualTo(bytes);
        assertThat(names()).containsExactly("file");
    }

    @Test
    void rangeThatWasKept_damagedSince_isReadAgain() throws IOException {
        Buffer bytes = put(3 * PART);
        DownloadRequest oneByOne = request().withParts(PART, 1);
        stub.next(Fault.of(Kind.NONE), Fault.of(Kind.NONE), Fault.refuse(403, "AccessDenied"));
        failure(oneByOne);
        Path partial = directory.resolve(names().get(0));
        byte[] damaged = Files.readAllBytes(partial);
        damaged[17]++;
        Files.write(partial, damaged);

        long before = ranges();
        await(client.download(oneByOne).result());

        assertThat(ranges() - before).isEqualTo(3);
        assertThat(Buffer.buffer(Files.readAllBytes(directory.resolve("file")))).isEqualTo(bytes);
    }

    @Test
    void object_replacedWhileRead_isNotMixed() throws IOException {
        put(3 * PART);
        stub.next(Fault.of(Kind.NONE), Fault.of(Kind.NONE), Fault.refuse(412, "PreconditionFailed"));

        assertThat(failure(request())).hasMessageContaining("was replaced while it was read");
        assertThat(names()).isEmpty();
    }

    @Test
    void bytes_thatAreNotThoseOfTheEndpoint_neverBecomeTheFile() throws IOException {
        put(1_000);
        Files.writeString(directory.resolve("file"), "as it was");
        stub.next(Fault.of(Kind.NONE), Fault.of(Kind.LIE_ABOUT_CHECKSUM));
        assertThat(failure(request()).code()).isEqualTo(ChordataException.CHECKSUM_MISMATCH);

        put(2 * PART);
        stub.next(Fault.of(Kind.LIE_ABOUT_CHECKSUM));
        assertThat(failure(request()).code()).isEqualTo(ChordataException.CHECKSUM_MISMATCH);

        assertThat(directory.resolve("file")).hasContent("as it was");
        assertThat(names()).containsExactly("file");
    }

    @Test
    void twoDownloads_ofOneObject_doNotDisturbEachOther() throws IOException {
        Buffer bytes = put(2 * PART);
        Download one = client.download(request());
        Download other = client.download(request());

        await(one.result());
        await(other.result());

        assertThat(Buffer.buffer(Files.readAllBytes(directory.resolve("file")))).isEqualTo(bytes);
        assertThat(names()).containsExactly("file");
    }

    @Test
    void download_ofAClientThatIsCancelled_endsAndKeepsWhatCame() throws IOException {
        put(3 * PART);
        int before = stub.seen().size();
        Cancellation cancellation = new Cancellation();
        ChordataClient cancellable = client.withCancellation(cancellation);
        stub.next(Fault.of(Kind.NONE), Fault.of(Kind.SILENT), Fault.of(Kind.SILENT));

        Download download = cancellable.download(request());
        stub.reached(before + 3);
        cancellation.cancel();

        assertThat(catchThrowableOfType(ChordataException.class, () -> await(download.result())))
                .isNotNull()
                .returns(ChordataException.CANCELLED, ChordataException::code);
        assertThat(names()).singleElement().matches(name -> name.endsWith(DownloadRequest.SUFFIX));
        assertThat(catchThrowableOfType(
                        ChordataException.class,
                        () -> await(cancellable.download(request()).result())))
                .as("one that is begun afterwards")
                .isNotNull()
                .returns(ChordataException.CANCELLED, ChordataException::code);
        assertThat(stub.seen()).hasSize(before + 3);
    }

    @Test
    void folder_thatIsNotThere_isAFailureOfTheFile() {
        put(10);
        assertThat(failure(DownloadRequest.of("bucket", "key", directory.resolve("no/file")))
                        .code())
                .isEqualTo(ChordataException.FILE_FAILED);
    }
}
