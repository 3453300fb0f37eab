package io.chordata.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.StubEndpoint.Fault;
import io.chordata.client.StubEndpoint.Fault.Kind;
import io.chordata.client.cli.GetCommand;
import io.chordata.client.cli.PutCommand;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Commands whose transfers end halfway, at an endpoint that fails as it is told; the next call goes on with them. */
@SuppressWarnings("NullAway.Init")
class InterruptedTransfersTest {
    private static final int NOT_ALLOWED = 11;
    private static final int SIZE = 4 * (5 << 20);

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final StringWriter err = new StringWriter();
    private StubEndpoint stub;

    @BeforeEach
    void start() {
        stub = new StubEndpoint(vertx);
    }

    @AfterEach
    void stop() {
        stub.close();
        ChordataClientTest.await(vertx.close());
    }

    private Map<String, String> environment() {
        return Map.of(
                "CHORDATA_ENDPOINT",
                stub.url(),
                "CHORDATA_ACCESS_KEY",
                "AKID",
                "CHORDATA_SECRET_KEY",
                "secret",
                "XDG_CACHE_HOME",
                directory.resolve("cache").toString());
    }

    private int run(Callable<Integer> command, String source, String target) {
        return new CommandLine(command)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(err))
                .execute("--part-mib", "5", source, target);
    }

    private int put(Path file) {
        return run(
                new PutCommand(environment(), false, InputStream.nullInputStream()),
                file.toString(),
                "s3://bucket/key");
    }

    private Path file() throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(SIZE).nextBytes(bytes);
        return Files.write(directory.resolve("file"), bytes);
    }

    private long partsSent() {
        return stub.lines().stream()
                .filter(line -> line.startsWith("PUT ") && line.contains("partNumber="))
                .count();
    }

    @Test
    void put_thatWasInterrupted_sendsOnlyWhatIsMissing() throws IOException {
        Path file = file();
        stub.next(Fault.of(Kind.NONE), Fault.of(Kind.NONE), Fault.refuse(403, "AccessDenied"));

        assertThat(put(file)).as(err.toString()).isEqualTo(NOT_ALLOWED);
        int there = Objects.requireNonNull(stub.uploads().get("u1")).size();
        long before = partsSent();
        assertThat(put(file)).as(err.toString()).isZero();

        assertThat(there).isPositive();
        assertThat(partsSent() - before).isEqualTo(4 - there);
        assertThat(stub.bytes("/bucket/key")).isEqualTo(Buffer.buffer(Files.readAllBytes(file)));
        assertThat(stub.uploads()).isEmpty();
        assertThat(directory.resolve("cache/chordata/uploads")).isEmptyDirectory();
    }

    @Test
    void put_whoseUploadIsGone_beginsAnew() throws IOException {
        Path file = file();
        stub.next(Fault.of(Kind.NONE), Fault.of(Kind.NONE), Fault.refuse(403, "AccessDenied"));
        assertThat(put(file)).isEqualTo(NOT_ALLOWED);
        stub.next(Fault.refuse(404, "NoSuchUpload"));

        assertThat(put(file)).as(err.toString()).isZero();
        assertThat(stub.bytes("/bucket/key")).isEqualTo(Buffer.buffer(Files.readAllBytes(file)));
    }

    @Test
    void put_ofAFileThatChangedSince_doesNotMixItIn() throws IOException {
        Path file = file();
        stub.next(Fault.of(Kind.NONE), Fault.of(Kind.NONE), Fault.refuse(403, "AccessDenied"));
        assertThat(put(file)).isEqualTo(NOT_ALLOWED);
        byte[] other = Files.readAllBytes(file);
        other[0]++;
        Files.write(file, other);

        assertThat(put(file)).as(err.toString()).isZero();
        assertThat(stub.bytes("/bucket/key")).isEqualTo(Buffer.buffer(other));
    }

    @Test
    void get_thatWasInterrupted_neverShowsHalfAFile() throws IOException {
        Path file = file();
        assertThat(put(file)).as(err.toString()).isZero();
        Path target = Files.writeString(directory.resolve("target"), "as it was");
        stub.next(Fault.of(Kind.NONE), Fault.of(Kind.NONE), Fault.refuse(403, "AccessDenied"));

        assertThat(run(new GetCommand(environment(), false), "s3://bucket/key", target.toString()))
                .isEqualTo(NOT_ALLOWED);
        assertThat(target).hasContent("as it was");
        assertThat(run(new GetCommand(environment(), false), "s3://bucket/key", target.toString()))
                .as(err.toString())
                .isZero();
        assertThat(Files.mismatch(file, target)).isEqualTo(-1);
    }
}
