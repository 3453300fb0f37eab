package io.chordata.node.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.ChordataClient;
import io.chordata.client.model.Content;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.MultipartUpload;
import io.chordata.node.process.Await;
import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.ChordataServer;
import io.chordata.node.process.Command;
import io.chordata.node.process.FreePorts;
import io.chordata.node.process.ObjectProgram;
import io.chordata.node.process.ObjectProgram.Running;
import io.chordata.node.process.TestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Our own commands on objects, each a process: interrupted in the middle, cut off from who reads them, given what is wrong. */
@SuppressWarnings("NullAway.Init")
class ObjectCommandsIT {
    private static final int INTERRUPTED = 130;
    private static final int OUTPUT_CLOSED = 141;
    private static final long MIB = 1 << 20;
    private static final TestBody LARGE = new TestBody(40 * MIB + 7, 7);

    /** Of the four parts of 5 MiB that are under way, not one needs to be whole; of the others at least one is. */
    private static final long HELD_BEHIND = 26 * MIB;

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final AtomicInteger BUCKETS = new AtomicInteger();

    @RegisterExtension
    static final ChordataServer SERVER = new ChordataServer();

    private static ChordataClient client;

    @TempDir
    private Path folder;

    private HeldRelay relay;
    private ObjectProgram program;
    private String bucket;

    @BeforeAll
    static void connect() {
        client = ChordataClient.builder()
                .endpoint(SERVER.process().endpoint().toString())
                .credentials(ChordataProcess.ACCESS_KEY, ChordataProcess.SECRET_KEY)
                .build();
    }

    @AfterAll
    static void disconnect() {
        client.blocking().close();
    }

    @BeforeEach
    void makeABucket() {
        relay = new HeldRelay(SERVER.process().endpoint().getPort());
        // to a cluster, too, there is but this way
        program = ObjectProgram.at(relay.endpoint(), folder).with("CHORDATA_ROUTING", "false");
        bucket = "commands-" + BUCKETS.incrementAndGet();
        client.blocking().createBucket(bucket);
    }

    @AfterEach
    void closeTheRelay() {
        relay.close();
    }

    private String s3(String key) {
        return "s3://" + bucket + "/" + key;
    }

    @Test
    void get_interruptedInTheMiddle_showsNoFileAndGoesOn() {
        Path file = LARGE.writeTo(folder.resolve("large"));
        program.run("put", file.toString(), s3("large"));
        Path target = folder.resolve("to/large");

        relay.down().holdBehind(HELD_BEHIND);
        try (Running get = program.start("get", "--part-mib", "5", s3("large"), target.toString())) {
            relay.down().awaitHolding();
            Await.until("a range is marked as there", DEADLINE, () -> partialBytes(target) > LARGE.size());
            assertThat(get.interrupt()).as(get.text()).isEqualTo(INTERRUPTED);
            assertThat(get.text())
                    .doesNotContain("\tat ")
                    .as("no progress where there is no terminal")
                    .doesNotContain("\r");
        }
        assertThat(target).doesNotExist();

        relay.down().letGo();
        program.run("get", "--part-mib", "5", s3("large"), target.toString());
        assertThat(relay.down().passed()).as("bytes of the second try").isLessThan(LARGE.size() - 4 * MIB);
        assertThat(TestBody.sha256(target)).isEqualTo(LARGE.sha256());
        assertThat(files(target.resolveSibling(""))).containsExactly("large");
    }

    /** 0 if there is none. */
    private static long partialBytes(Path target) throws IOException {
        if (!Files.isDirectory(target.resolveSibling(""))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(target.resolveSibling(""))) {
            return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
        }
    }

    @Test
    void put_interruptedInTheMiddle_storesNothingAndGoesOn() {
        Path file = LARGE.writeTo(folder.resolve("large"));

        relay.up().holdBehind(HELD_BEHIND);
        try (Running put = program.start("put", "--part-mib", "5", file.toString(), s3("large"))) {
            relay.up().awaitHolding();
            Await.until("the endpoint has a part", DEADLINE, () -> partsThere() > 0);
            assertThat(put.interrupt()).as(put.text()).isEqualTo(INTERRUPTED);
            assertThat(put.text()).doesNotContain("\tat ");
        }
        assertThat(keys()).isEmpty();

        relay.up().letGo();
        program.run("put", "--part-mib", "5", file.toString(), s3("large"));
        assertThat(relay.up().passed()).as("bytes of the second try").isLessThan(LARGE.size() - 4 * MIB);
        assertThat(TestBody.sha256(client.blocking().getObject(bucket, "large")))
                .isEqualTo(LARGE.sha256());
        assertThat(uploads()).isEmpty();
    }

    private List<MultipartUpload> uploads() {
        return client.listMultipartUploads(bucket, "").await();
    }

    private int partsThere() {
        return uploads().stream()
                .mapToInt(upload -> client.listParts(upload).await().size())
                .sum();
    }

    private List<String> keys() {
        return client.blocking()
                .listAllObjects(ListObjectsRequest.of(bucket))
                .map(object -> object.key())
                .toList();
    }

    @Test
    void sync_interruptedBothWays_goesOnAndEndsEqual() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/deep"));
        for (int i = 0; i < 60; i++) {
            new TestBody(256 << 10, i).writeTo((i % 2 == 0 ? tree : tree.resolveSibling("")).resolve("file-" + i));
        }
        tree = tree.resolveSibling("");
        Path back = folder.resolve("back");

        relay.up().holdBehind(8 * MIB);
        interrupt(relay.up(), "sync", tree.toString(), s3("t"));
        assertThat(keys()).hasSizeBetween(1, 59);
        relay.up().letGo();
        program.run("sync", tree.toString(), s3("t"));
        assertThat(relay.up().passed()).as("bytes of the second try").isLessThan(14 * MIB);
        assertThat(keys()).hasSize(60);

        relay.down().holdBehind(8 * MIB);
        interrupt(relay.down(), "sync", s3("t"), back.toString());
        Map<String, String> there = hashes(back);
        assertThat(there).hasSizeBetween(1, 59);
        assertThat(hashes(tree)).as("whole files alone").containsAllEntriesOf(there);
        relay.down().letGo();
        program.run("sync", s3("t"), back.toString());
        assertThat(relay.down().passed()).as("bytes of the second try").isLessThan(14 * MIB);
        assertThat(hashes(back)).isEqualTo(hashes(tree));
    }

    /** Once it has moved something, and is held. */
    private void interrupt(HeldRelay.Counted held, String... words) {
        try (Running sync = program.start(words)) {
            held.awaitHolding();
            Await.until("a file is told as done", DEADLINE, () -> sync.text().startsWith("sync "));
            assertThat(sync.interrupt()).as(sync.text()).isEqualTo(INTERRUPTED);
            assertThat(sync.text()).doesNotContain("\tat ");
        }
    }

    /** Of what is whole. */
    private static Map<String, String> hashes(Path root) {
        Map<String, String> hashes = new TreeMap<>();
        files(root).stream()
                .filter(name -> !name.endsWith(".chordata-part"))
                .forEach(name -> hashes.put(name, TestBody.sha256(root.resolve(name))));
        return hashes;
    }

    private static List<String> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void output_whoseReaderHasEnough_endsQuietly() {
        // more than a pipe holds
        for (int i = 0; i < 150; i++) {
            client.blocking().putObject(bucket, "x".repeat(900) + i, Content.of("y".repeat(1_000)));
        }
        String line = String.join(" ", program.line("ls", "-r", "s3://" + bucket));
        Command.Result ls = Command.of("/bin/bash", "-c", line + " | head -1; exit ${PIPESTATUS[0]}")
                .with(program.environment())
                .runToEnd();
        assertThat(ls.exitCode()).isEqualTo(OUTPUT_CLOSED);
        assertThat(ls.output().lines()).hasSize(1);
        assertThat(ls.errors()).isEmpty();

        line = String.join(" ", program.line("cat", "'s3://" + bucket + "/*'"));
        Command.Result cat = Command.of("/bin/bash", "-c", line + " | head -c 5; exit ${PIPESTATUS[0]}")
                .with(program.environment())
                .runToEnd();
        assertThat(cat.exitCode()).isEqualTo(OUTPUT_CLOSED);
        assertThat(cat.output()).isEqualTo("yyyyy");
        assertThat(cat.errors()).isEmpty();
    }

    @Test
    void output_onAFullDisk_isAFailureInOneLine() {
        client.blocking().putObject(bucket, "a", Content.of("some text"));
        for (String words : List.of("cat " + s3("a"), "ls --json s3://" + bucket)) {
            String line = String.join(" ", program.line(words.split(" ")));
            Command.Result result = Command.of("/bin/bash", "-c", line + " > /dev/full")
                    .with(program.environment())
                    .runToEnd();
            assertFailure(result, 8, "the output cannot be written: No space left on device");
        }
    }

    @Test
    void wrongKeys_inEachCommand_areNamedInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "1");
        ObjectProgram stranger = program.with("CHORDATA_SECRET_KEY", "another");
        assertFailure(stranger.command("ls", "s3://" + bucket).runToEnd(), 11, "SignatureDoesNotMatch");
        assertFailure(stranger.command("put", file.toString(), s3("a")).runToEnd(), 11, "CHORDATA_SECRET_KEY");
        ObjectProgram unknown = program.with("CHORDATA_ACCESS_KEY", "NOBODY");
        assertFailure(unknown.command("sync", "s3://" + bucket, folder + "/to").runToEnd(), 11, "InvalidAccessKeyId");
    }

    @Test
    void bucketThatIsNotThere_inEachCommand_isNamedInOneLine() throws IOException {
        Path file = Files.writeString(folder.resolve("a"), "1");
        for (List<String> words : List.of(
                List.of("ls", "s3://no-such-bucket"),
                List.of("put", file.toString(), "s3://no-such-bucket/a"),
                List.of("get", "s3://no-such-bucket/a", folder.resolve("b").toString()),
                List.of("sync", "s3://no-such-bucket", folder.resolve("c").toString()))) {
            Command.Result result =
                    program.command(words.toArray(String[]::new)).runToEnd();
            assertFailure(result, 10, "no-such-bucket");
        }
    }

    @Test
    void endpointThatIsDown_inEachCommand_isNamedInOneLine() {
        ObjectProgram nowhere = ObjectProgram.at("http://127.0.0.1:" + FreePorts.one(), folder);
        assertFailure(nowhere.command("ls", "s3://" + bucket).runToEnd(), 12, "--endpoint names others");
        assertFailure(nowhere.command("get", s3("a"), folder + "/b").runToEnd(), 12, nowhere.endpoint());
    }

    @Test
    void clockThatIsFarOff_refusedByTheEndpoint_isNamedWithByHowMuch() throws IOException {
        try (RefusingEndpoint hourAhead = new RefusingEndpoint("RequestTimeTooSkewed", Duration.ofHours(1))) {
            Command.Result ls = ObjectProgram.at(hourAhead.url(), folder)
                    .command("ls", "s3://" + bucket)
                    .runToEnd();
            assertFailure(ls, 11, "the clock of this computer is 3");
            assertThat(ls.errors()).containsPattern("is 3[56]\\d\\d s behind the endpoint's");
        }
    }

    private static void assertFailure(Command.Result result, int exitCode, String words) {
        assertThat(result.exitCode()).as(result.errors()).isEqualTo(exitCode);
        assertThat(result.errors().lines().toList())
                .singleElement()
                .asString()
                .startsWith("chordata: ")
                .contains(words);
        assertThat(result.output()).isEmpty();
    }
}
