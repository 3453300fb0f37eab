package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.cli.StandardOutput;
import io.chordata.node.process.FreePorts;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands on buckets and objects that move no files, against a whole node in this process. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class ObjectCommandsTest {
    private static final int NOT_DONE = 8;
    private static final int SOME_NOT_DONE = 9;
    private static final int NOT_FOUND = 10;
    private static final int NOT_ALLOWED = 11;
    private static final int UNREACHABLE = 12;
    private static final int OUTPUT_CLOSED = 141;

    @TempDir
    private static Path data;

    private static LoneNode node;

    private final Map<String, String> environment = new TreeMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        node = LoneNode.start(data);
        node.s3("PUT", "/shelf", "");
        for (String key : List.of("a.txt", "b%20%C3%BC.txt", "deep/c.txt", "deep/er/d.jpg", "what%3F%2A%5B", "large")) {
            node.s3("PUT", "/shelf/" + key, key.equals("large") ? "x".repeat(300_000) : "content of " + key);
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void nameTheNode() {
        environment.put("CHORDATA_ENDPOINT", node.endpoint());
        environment.put("CHORDATA_ACCESS_KEY", LoneNode.ACCESS_KEY);
        environment.put("CHORDATA_SECRET_KEY", LoneNode.SECRET_KEY);
    }

    private int run(String... words) {
        return run(new PrintWriter(out), bytes, words);
    }

    private int run(PrintWriter lines, OutputStream raw, String... words) {
        return new Chordata(new Terminal(environment, lines, new PrintWriter(err), raw), new Lifecycle()).run(words);
    }

    private List<String> lines() {
        List<String> lines = out.toString().lines().toList();
        out.getBuffer().setLength(0);
        return lines;
    }

    private void assertDone(String... words) {
        assertThat(run(words)).as("%s: %s", Arrays.toString(words), err).isZero();
    }

    @Test
    void ls_ofBucketsAndFolders_showsEachOnce() {
        assertDone("ls");
        assertThat(lines()).anyMatch(line -> line.endsWith("  s3://shelf"));
        assertDone("ls", "s3://shelf");
        assertThat(lines()).hasSize(5).anyMatch(line -> line.matches(" +-  s3://shelf/deep/"));
        assertDone("ls", "-r", "s3://shelf/deep/");
        assertThat(lines()).hasSize(2).allMatch(line -> line.matches(".{19} +2\\d  s3://shelf/deep/.*"));
        assertDone("ls", "--json", "-r", "s3://shelf/b");
        JsonObject line = new JsonObject(lines().get(0));
        assertThat(line.getString("name")).isEqualTo("s3://shelf/b \u00fc.txt");
        assertThat(line.fieldNames()).containsExactly("name", "size", "modified", "eTag");
    }

    @Test
    void ls_ofAPattern_showsWhatMatches() {
        assertDone("ls", "s3://shelf/**/*.jpg");
        assertThat(lines()).singleElement().asString().endsWith("s3://shelf/deep/er/d.jpg");
        assertDone("ls", "--no-glob", "s3://shelf/what?*[");
        assertThat(lines()).hasSize(1);
        assertDone("ls", "s3://shelf/what\\?\\*\\[");
        assertThat(lines()).hasSize(1);
        assertThat(run("ls", "s3://shelf/*.png")).isEqualTo(NOT_FOUND);
        assertThat(run("ls", "s3://shelf/nothing")).isEqualTo(NOT_FOUND);
        assertThat(err.toString()).contains("there is nothing at s3://shelf/nothing");
    }

    @Test
    void stat_ofAnObject_tellsWhatIsKnown() {
        assertDone("stat", "s3://shelf/a.txt", "s3://shelf");
        assertThat(lines())
                .contains("name: s3://shelf/a.txt", "size: 16", "name: s3://shelf")
                .anyMatch(line -> line.startsWith("eTag: "));
        assertDone("stat", "--json", "s3://shelf/what?*[");
        assertThat(new JsonObject(lines().get(0)).getLong("size")).isEqualTo(24);
        assertThat(run("stat", "s3://shelf/nothing")).isEqualTo(NOT_FOUND);
        assertThat(run("stat", "s3://nowhere")).isEqualTo(NOT_FOUND);
        assertThat(run("stat", "s3://shelf/nothing", "s3://shelf/a.txt")).isEqualTo(SOME_NOT_DONE);
    }

    @Test
    void cat_ofObjects_writesTheirBytes() {
        assertDone("cat", "s3://shelf/a.txt", "s3://shelf/deep/*");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("content of a.txtcontent of deep/c.txt");
        bytes.reset();
        assertDone("cat", "s3://shelf/large");
        assertThat(bytes.size()).isEqualTo(300_000);
        assertThat(run("cat", "s3://shelf/nothing")).isEqualTo(NOT_FOUND);
        assertThat(err.toString()).contains("NoSuchKey").doesNotContain("\tat ");
    }

    @Test
    void output_thatIsClosed_endsQuietly() {
        OutputStream closedBytes = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        PrintWriter closedLines = new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int offset, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });

        assertThat(run(closedLines, closedBytes, "cat", "s3://shelf/large")).isEqualTo(OUTPUT_CLOSED);
        assertThat(run(closedLines, closedBytes, "ls", "-r", "s3://shelf")).isEqualTo(OUTPUT_CLOSED);
        assertThat(run(closedLines, closedBytes, "stat", "s3://shelf")).isEqualTo(OUTPUT_CLOSED);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void output_onAFullDisk_isAFailureWithWords() throws IOException {
        for (String words : List.of(
                "cat s3://shelf/large",
                "ls -r s3://shelf",
                "ls --json",
                "stat s3://shelf",
                "presign s3://shelf/a.txt",
                "rm --json --dry-run s3://shelf/a.txt s3://shelf/large")) {
            err.getBuffer().setLength(0);
            try (OutputStream full = new FileOutputStream("/dev/full")) {
                assertThat(run(new StandardOutput(full), full, words.split(" ")))
                        .as(words)
                        .isEqualTo(NOT_DONE);
            }
            assertThat(err.toString().lines().toList())
                    .as(words)
                    .filteredOn(line -> line.contains("the output cannot be written: No space left on device"))
                    .hasSize(1);
        }
    }

    @Test
    void buckets_fromBeginToEnd_areMadeAndRemoved() {
        assertDone("mb", "s3://short-lived", "s3://short-lived-2");
        assertThat(run("mb", "s3://short-lived")).isEqualTo(NOT_DONE);
        assertThat(err.toString()).contains("BucketAlreadyOwnedByYou");
        assertThat(run("rb", "s3://shelf")).isEqualTo(NOT_DONE);
        assertThat(err.toString()).contains("BucketNotEmpty");
        assertDone("rb", "s3://short-lived", "s3://short-lived-2");
        assertThat(run("rb", "s3://short-lived")).isEqualTo(NOT_FOUND);
    }

    @Test
    void rm_ofManyObjects_deletesThoseAlone() {
        assertDone("mb", "s3://doomed");
        for (String key : List.of("a", "b/1.tmp", "b/2", "b/c/3.tmp", "bc")) {
            node.s3("PUT", "/doomed/" + key, "x");
        }
        assertDone("rm", "--dry-run", "-r", "s3://doomed");
        assertThat(lines()).hasSize(5).contains("would rm s3://doomed/a");
        assertDone("rm", "-r", "--include", "*.tmp", "s3://doomed/b");
        assertThat(lines()).containsExactly("rm s3://doomed/b/1.tmp", "rm s3://doomed/b/c/3.tmp");
        assertDone("rm", "s3://doomed/b*");
        assertThat(lines()).containsExactly("rm s3://doomed/bc");
        assertDone("rm", "--json", "-r", "s3://doomed/b");
        assertThat(lines())
                .containsExactly(
                        "{\"action\":\"rm\",\"source\":\"s3://doomed/b/2\"}",
                        "{\"done\":1,\"failed\":0,\"skipped\":0,\"bytes\":0}");
        assertDone("rm", "s3://doomed/a", "s3://doomed/never-was");
        assertDone("rb", "s3://doomed");
        assertThat(run("rm", "s3://doomed")).isEqualTo(ExitCode.USAGE.number());
        assertThat(run("rm", "-r", "s3://doomed")).isEqualTo(NOT_FOUND);
    }

    @Test
    void presign_ofAnObject_isALinkForAnybody() {
        assertDone("presign", "s3://shelf/b \u00fc.txt");
        URI link = URI.create(lines().get(0));
        assertThat(node.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString())
                        .body())
                .isEqualTo("content of b%20%C3%BC.txt");
        assertDone("presign", "--put", "--expires", "15m", "--json", "s3://shelf/written");
        JsonObject line = new JsonObject(lines().get(0));
        assertThat(line.getInteger("expiresSeconds")).isEqualTo(900);
        HttpRequest put = HttpRequest.newBuilder(URI.create(line.getString("url")))
                .PUT(HttpRequest.BodyPublishers.ofString("by link"))
                .build();
        assertThat(node.send(put, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        assertDone("cat", "s3://shelf/written");
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("by link");
        assertDone("rm", "s3://shelf/written");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls shelf",
                "stat s3://",
                "cat s3://shelf",
                "mb s3://shelf/key",
                "presign s3://shelf",
                "presign --expires 8d s3://shelf/a",
                "presign --expires 0 s3://shelf/a",
                "ls --endpoint ftp://x",
                "rm s3:///key"
            })
    void words_thatCannotBeMeant_areWrongUsage(String words) {
        assertThat(run(words.split(" "))).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).startsWith("chordata: ").contains("--help").doesNotContain("\tat ");
    }

    @Test
    void keys_thatAreWrong_areNamed() {
        environment.put("CHORDATA_SECRET_KEY", "not the secret at all");
        assertThat(run("ls", "s3://shelf")).isEqualTo(NOT_ALLOWED);
        assertThat(err.toString()).contains("SignatureDoesNotMatch", "CHORDATA_SECRET_KEY");
        environment.remove("CHORDATA_SECRET_KEY");
        assertThat(run("ls")).isEqualTo(ExitCode.USAGE.number());
        environment.remove("CHORDATA_ACCESS_KEY");
        assertThat(run("ls")).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void clock_thatIsOff_isNamedWithByHowMuch() {
        Vertx vertx = Vertx.vertx();
        try {
            HttpServer clockless = vertx.createHttpServer()
                    .requestHandler(request -> request.response()
                            .setStatusCode(403)
                            .putHeader("Date", "Fri, 01 Jan 2100 00:00:00 GMT")
                            .end("<Error><Code>RequestTimeTooSkewed</Code><Message>too far apart</Message></Error>"));
            int port = clockless.listen(0, "127.0.0.1").await().actualPort();
            environment.put("CHORDATA_ENDPOINT", "http://127.0.0.1:" + port);
            assertThat(run("ls", "s3://shelf")).isEqualTo(NOT_ALLOWED);
            assertThat(err.toString())
                    .contains("RequestTimeTooSkewed")
                    .containsPattern("the clock of this computer is \\d+ s behind the endpoint's")
                    .doesNotContain("\tat ");
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void bucket_thatIsNotThere_isNamedByEachCommand() {
        for (String words : List.of(
                "ls s3://nowhere",
                "stat s3://nowhere/a",
                "cat s3://nowhere/a",
                "get s3://nowhere/a " + data.resolve("a"),
                "cp s3://nowhere/a s3://shelf/a",
                "rm s3://nowhere/a",
                "rb s3://nowhere")) {
            assertThat(run(words.split(" "))).as(words + ": " + err).isEqualTo(NOT_FOUND);
            assertThat(err.toString()).as(words).contains("nowhere").doesNotContain("\tat ");
            err.getBuffer().setLength(0);
        }
    }

    @Test
    void endpoint_thatIsDown_isNamedOrPassedOver() throws IOException {
        String dead = "http://127.0.0.1:" + FreePorts.one();
        environment.put("CHORDATA_ENDPOINT", dead + "," + node.endpoint());
        assertDone("stat", "s3://shelf/a.txt");
        environment.put("CHORDATA_ENDPOINT", dead);
        assertThat(run("stat", "s3://shelf/a.txt")).isEqualTo(UNREACHABLE);
        assertThat(err.toString()).contains(dead, "--endpoint names others").doesNotContain("\tat ");
    }

    @Test
    void bucket_thatIsNotThere_doesNotKeepOthersFromBeingSeen() {
        assertThat(run("ls", "s3://nowhere", "s3://shelf/deep/")).isEqualTo(SOME_NOT_DONE);
        assertThat(lines()).hasSize(2);
        assertThat(run("cat", "s3://nowhere/*", "s3://shelf/a.txt")).isEqualTo(SOME_NOT_DONE);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("content of a.txt");
        assertThat(err.toString().lines()).hasSize(2).allMatch(line -> line.contains("NoSuchBucket"));
    }

    @Test
    void names_ofWhichOneFails_doNotKeepOthersFromBeingDone() {
        assertThat(run("cat", "s3://shelf/nothing", "s3://shelf/none*", "s3://shelf/a.txt"))
                .isEqualTo(SOME_NOT_DONE);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo("content of a.txt");
        assertThat(err.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("NoSuchKey") && line.contains("shelf/nothing"))
                .anyMatch(line -> line.contains("there is nothing at s3://shelf/none*"));
    }

    @Test
    void names_thatAllFailForOneReason_endWithItsNumber() throws IOException {
        for (String words :
                List.of("stat s3://shelf/a.txt s3://shelf", "mb s3://new-1 s3://new-2", "rb s3://new-1 s3://new-2")) {
            environment.put("CHORDATA_ENDPOINT", "http://127.0.0.1:" + FreePorts.one());
            assertThat(run(words.split(" "))).as(words).isEqualTo(UNREACHABLE);
            environment.put("CHORDATA_ENDPOINT", node.endpoint());
            environment.put("CHORDATA_SECRET_KEY", "not the secret at all");
            assertThat(run(words.split(" "))).as(words).isEqualTo(NOT_ALLOWED);
            environment.put("CHORDATA_SECRET_KEY", LoneNode.SECRET_KEY);
        }
    }

    @Test
    void help_ofEachCommand_tellsItsExitCodes() {
        for (String command :
                List.of("put", "get", "ls", "rm", "cp", "mv", "sync", "cat", "stat", "presign", "mb", "rb")) {
            assertDone(command, "--help");
            assertThat(String.join("\n", lines())).as(command).contains("12   ", "no endpoint answered", "Example");
        }
        assertDone("status", "--help");
        assertThat(String.join("\n", lines())).contains("the cluster did not do what it was asked");
    }
}
