package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.ChordataClient;
import io.chordata.client.cli.StandardOutput;
import io.chordata.client.model.Content;
import io.chordata.client.model.ListObjectsRequest;
import io.chordata.client.model.ObjectSummary;
import io.chordata.node.process.FreePorts;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that move files and objects, against a whole node in this process. */
@Timeout(180)
@SuppressWarnings("NullAway.Init")
class TransferCommandsTest {
    private static final int NOT_DONE = 8;
    private static final int SOME_NOT_DONE = 9;
    private static final int NOT_FOUND = 10;
    private static final int UNREACHABLE = 12;
    private static final int PART = 5 << 20;

    @TempDir
    private static Path data;

    private static LoneNode node;
    private static ChordataClient client;
    private static int buckets;

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new TreeMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String bucket;

    @BeforeAll
    static void start() {
        node = LoneNode.start(data);
        client = ChordataClient.builder()
                .endpoint(node.endpoint())
                .credentials(LoneNode.ACCESS_KEY, LoneNode.SECRET_KEY)
                .build();
    }

    @AfterAll
    static void stop() {
        client.blocking().close();
        node.close();
    }

    @BeforeEach
    void makeABucket() {
        environment.put("CHORDATA_ENDPOINT", node.endpoint());
        environment.put("CHORDATA_ACCESS_KEY", LoneNode.ACCESS_KEY);
        environment.put("CHORDATA_SECRET_KEY", LoneNode.SECRET_KEY);
        environment.put("XDG_CACHE_HOME", directory.resolve("cache").toString());
        bucket = "bucket-" + buckets++;
        client.blocking().createBucket(bucket);
    }

    private int run(String... words) {
        return run(new PrintWriter(out), words);
    }

    private int run(PrintWriter lines, String... words) {
        String[] named = Arrays.stream(words)
                .map(word -> word.replace("s3:/B", "s3://" + bucket).replace("D/", directory + "/"))
                .toArray(String[]::new);
        return new Chordata(new Terminal(environment, lines, new PrintWriter(err)), new Lifecycle()).run(named);
    }

    private void assertDone(String... words) {
        assertThat(run(words)).as("%s: %s", Arrays.toString(words), err).isZero();
    }

    private List<String> lines() {
        List<String> lines = out.toString()
                .replace(directory + "/", "D/")
                .replace("s3://" + bucket, "s3:/B")
                .lines()
                .toList();
        out.getBuffer().setLength(0);
        return lines;
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, text);
    }

    private Path write(String name, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(directory.resolve(name), bytes);
    }

    private void store(String key, String text) {
        client.blocking().putObject(bucket, key, Content.of(text));
    }

    private List<String> keys() {
        return client.blocking()
                .listAllObjects(ListObjectsRequest.of(bucket))
                .map(ObjectSummary::key)
                .toList();
    }

    private List<String> files(String folder) {
        Path root = directory.resolve(folder);
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
    void file_putAndFetched_isTheSame() throws IOException {
        write("small.txt", "hello");
        write("empty", "");
        write("odd", PART * 2 + 77);
        assertDone("put", "--part-mib", "5", "D/small.txt", "D/empty", "D/odd", "s3:/B/in/");
        assertThat(keys()).containsExactly("in/empty", "in/odd", "in/small.txt");
        assertThat(lines()).contains("put D/small.txt -> s3:/B/in/small.txt (5)");
        assertThat(client.blocking()
                        .headObject(bucket, "in/small.txt")
                        .metadata()
                        .contentType())
                .isEqualTo("text/plain");

        assertDone("get", "--part-mib", "5", "s3:/B/in/odd", "D/again");
        assertThat(Files.mismatch(directory.resolve("odd"), directory.resolve("again")))
                .isEqualTo(-1);
        assertDone("get", "-r", "s3:/B/in", "D/all");
        assertThat(files("all")).containsExactly("empty", "odd", "small.txt");
        assertThat(directory.resolve("all/small.txt")).hasContent("hello");
        assertDone("get", "s3:/B/in/small.txt", "D/all/");
        assertDone("get", "s3:/B/in/s*", "D/matching");
        assertThat(files("matching")).containsExactly("small.txt");
    }

    @Test
    void standardInput_put_isAnObject() {
        InputStream usual = System.in;
        try {
            System.setIn(new ByteArrayInputStream("from a pipe".getBytes(StandardCharsets.UTF_8)));
            assertDone("put", "--json", "-", "s3:/B/piped");
        } finally {
            System.setIn(usual);
        }
        JsonObject line = new JsonObject(lines().get(0));
        assertThat(line.getString("action")).isEqualTo("put");
        assertThat(line.getLong("bytes")).isEqualTo(11);
        assertThat(client.blocking().headObject(bucket, "piped").size()).isEqualTo(11);
    }

    @Test
    void standardInput_copied_isAnObject() {
        InputStream usual = System.in;
        try {
            System.setIn(new ByteArrayInputStream("from a pipe".getBytes(StandardCharsets.UTF_8)));
            assertDone("cp", "-", "s3:/B/piped");
        } finally {
            System.setIn(usual);
        }
        assertThat(client.blocking().headObject(bucket, "piped").size()).isEqualTo(11);
    }

    @Test
    void emptyWord_wherePathsAreMeant_isNotTheFolderOneIsIn() {
        store("a", "1");
        for (List<String> words : List.of(
                List.of("sync", "--delete", "s3:/B", ""),
                List.of("sync", "--delete", "", "s3:/B"),
                List.of("put", "-r", "", "s3:/B"),
                List.of("get", "-r", "s3:/B", ""),
                List.of("cp", "s3:/B/a", ""),
                List.of("mv", "s3:/B/a", ""),
                List.of("rm", ""),
                List.of("rm", "-r", "--exclude", "", "s3:/B"),
                List.of("cat", ""),
                List.of("ls", ""))) {
            assertThat(run(words.toArray(String[]::new))).as("%s", words).isEqualTo(ExitCode.USAGE.number());
        }
        assertThat(keys()).containsExactly("a");
    }

    @Test
    void name_thatBeginsWithAnAt_isAFileNotAListOfWords() throws IOException {
        Path file = write("@notes", "--endpoint=http://127.0.0.1:1");
        Path here = Path.of("").toAbsolutePath().relativize(file);
        assertDone("put", file.toString(), "s3:/B/");
        assertThat(run("put", "@" + here, "s3:/B/")).isEqualTo(NOT_FOUND);
        assertThat(keys()).containsExactly("@notes");
    }

    @Test
    void keys_thatAreNoFiles_neverLeaveTheTarget() throws IOException {
        for (String key :
                List.of("../up", "a/../../up", "ok", "/abs", "x//y", "folder/", "both", "both/in", "odd ?*\n\t")) {
            store(key, key);
        }
        assertThat(run("get", "-r", "s3:/B", "D/to")).isEqualTo(SOME_NOT_DONE);
        assertThat(files("to")).contains("ok", "odd ?*\n\t").doesNotContain("up");
        assertThat(directory.resolve("up")).doesNotExist();
        assertThat(files("to").stream().filter(name -> name.startsWith("both"))).hasSize(1);
        assertThat(err.toString()).contains("../up", "means another folder", "both");
        assertThat(lines()).anyMatch(line -> line.startsWith("skip s3:/B/folder/"));
        Files.createDirectory(directory.resolve("outside"));
        Files.createDirectory(directory.resolve("linked"));
        Files.createSymbolicLink(directory.resolve("linked/both"), directory.resolve("outside"));
        assertThat(run("get", "s3:/B/both/*", "D/linked/both"))
                .as("a link that is the target itself")
                .isZero();
        assertThat(files("outside")).containsExactly("in");
        Files.delete(directory.resolve("outside/in"));
        assertThat(run("get", "-r", "--include", "both/in", "s3:/B", "D/linked"))
                .isEqualTo(NOT_DONE);
        assertThat(directory.resolve("outside")).isEmptyDirectory();
    }

    @Test
    void upload_thatWasInterrupted_goesOnWhereItEnded() throws IOException {
        Path file = write("large", PART * 3 + 5);
        assertDone("put", "--part-mib", "5", "D/large", "s3:/B/first");
        environment.put("CHORDATA_ENDPOINT", "http://127.0.0.1:" + FreePorts.one());
        assertThat(run("put", "D/large", "s3:/B/second")).isEqualTo(UNREACHABLE);
        assertThat(keys()).containsExactly("first");
        assertThat(Files.size(file)).isEqualTo(PART * 3 + 5);
        assertThat(directory.resolve("cache/chordata/uploads"))
                .as("done, or never begun")
                .isEmptyDirectory();
    }

    @Test
    void lines_thatCannotBeWritten_failTheCommandAndStopNoWork() throws IOException {
        write("tree/a", "1");
        write("tree/b", "2");
        try (PrintWriter full = new StandardOutput(new FileOutputStream("/dev/full"))) {
            assertThat(run(full, "put", "-r", "--json", "D/tree", "s3:/B/json")).isEqualTo(NOT_DONE);
            assertThat(run(full, "put", "-r", "D/tree", "s3:/B/text")).isEqualTo(NOT_DONE);
        }
        assertThat(keys()).containsExactly("json/a", "json/b", "text/a", "text/b");
        assertThat(err.toString()).contains("No space left on device; the work goes on without it");
    }

    @Test
    void folder_put_leavesOutWhatItShould() throws IOException {
        write("tree/a.txt", "1");
        write("tree/deep/b.tmp", "2");
        write("tree/deep/c ü💡.txt", "3");
        write("outside", "4");
        Files.createSymbolicLink(directory.resolve("tree/link"), directory.resolve("outside"));

        assertDone("put", "--dry-run", "-r", "D/tree", "s3:/B");
        assertThat(keys()).isEmpty();
        assertThat(lines()).contains("would put D/tree/a.txt -> s3:/B/a.txt (1)");
        assertDone("put", "-r", "--exclude", "*.tmp", "D/tree", "s3:/B");
        assertThat(keys()).containsExactly("a.txt", "deep/c ü💡.txt");
        assertThat(lines()).anyMatch(line -> line.startsWith("skip D/tree/link: a symbolic link"));
        assertDone("put", "-r", "--follow-symlinks", "D/tree", "s3:/B/followed");
        assertThat(keys()).contains("followed/link");
        assertDone("put", "D/tree/*.txt", "s3:/B/matching");
        assertThat(keys()).contains("matching/a.txt");
        assertThat(run("put", "D/tree", "s3:/B")).isEqualTo(NOT_DONE);
        assertThat(run("put", "D/nothing", "s3:/B")).isEqualTo(NOT_FOUND);
        assertThat(run("put", "D/outside", "s3://no-such-bucket-here/x")).isEqualTo(NOT_FOUND);
        assertThat(err.toString()).contains("NoSuchBucket");
    }

    @Test
    void objects_copiedAndMoved_areWhereTheyShouldBe() throws IOException {
        store("a/1", "one");
        store("a/2", "two");
        store("b", "three");
        assertDone("cp", "-r", "s3:/B/a", "s3:/B/copy/");
        assertDone("cp", "s3:/B/b", "s3:/B/copy/b");
        assertThat(keys()).containsExactly("a/1", "a/2", "b", "copy/1", "copy/2", "copy/b");
        assertDone("mv", "s3:/B/copy/*", "s3:/B/moved/");
        assertThat(keys()).containsExactly("a/1", "a/2", "b", "moved/1", "moved/2", "moved/b");
        assertDone("mv", "s3:/B/moved/b", "D/b");
        assertThat(directory.resolve("b")).hasContent("three");
        assertDone("mv", "D/b", "s3:/B/back");
        assertThat(directory.resolve("b")).doesNotExist();
        assertThat(keys()).containsExactly("a/1", "a/2", "b", "back", "moved/1", "moved/2");
        assertThat(run("mv", "s3:/B/b", "s3:/B/b")).isEqualTo(NOT_DONE);
        assertThat(run("mv", "s3:/B/nothing", "s3:/B/x")).isEqualTo(NOT_FOUND);
        assertThat(keys()).contains("b");
    }

    @Test
    void sources_ofOneName_areRefusedBeforeAnythingIsDone() throws IOException {
        for (String key : List.of("x/app.log", "x/deep/in", "x/only", "y/app.log", "y/deep/in")) {
            store(key, key);
        }
        write("one/app.log", "1");
        write("two/app.log", "2");
        List<String> before = keys();
        for (String words : List.of(
                "mv s3:/B/x/app.log s3:/B/y/app.log s3:/B/to/",
                "mv -r s3:/B/x s3:/B/y s3:/B/to",
                "mv s3:/B/x/* s3:/B/y/app.log s3:/B/to",
                "cp -r s3:/B/x s3:/B/y D/to",
                "get s3:/B/x/deep/in s3:/B/y/deep/in D/to",
                "mv -r D/one D/two s3:/B/to",
                "put D/one/app.log D/two/* s3:/B/to")) {
            assertThat(run(words.split(" "))).as(words).isEqualTo(NOT_DONE);
        }
        assertThat(err.toString()).contains("mv app.log: two of the sources have this name");
        assertThat(keys()).isEqualTo(before);
        assertThat(directory.resolve("to")).doesNotExist();
        assertThat(directory.resolve("one/app.log")).hasContent("1");
        assertDone("mv", "s3:/B/x/app.log", "s3:/B/y/deep/in", "D/one/app.log", "s3:/B/to/", "--exclude", "app.*");
        assertThat(keys()).contains("to/in", "x/app.log").doesNotContain("y/deep/in", "to/app.log");
    }

    @Test
    void filter_ofAPatternOrAName_leavesOutToo() throws IOException {
        for (String key : List.of("p/a.jpg", "p/a.raw", "p/q/b.jpg", "p/q/b.raw")) {
            store(key, key);
        }
        write("tree/a.tmp", "1");
        write("tree/b", "2");
        assertDone("mv", "s3:/B/p/**", "s3:/B/to/", "--exclude", "*.raw");
        assertThat(keys()).containsExactly("p/a.raw", "p/q/b.raw", "to/a.jpg", "to/q/b.jpg");
        assertDone("rm", "s3:/B/to/**", "s3:/B/p/a.raw", "--exclude", "q/", "--exclude", "*.raw");
        assertThat(keys()).containsExactly("p/a.raw", "p/q/b.raw", "to/q/b.jpg");
        assertThat(lines()).anyMatch(line -> line.startsWith("skip s3:/B/p/a.raw"));
        assertDone("put", "D/tree/*", "s3:/B/up/", "--exclude", "*.tmp");
        assertThat(keys()).contains("up/b").doesNotContain("up/a.tmp");
    }

    @Test
    void name_thatIsThereAsItStands_isNoPattern() {
        for (String key : List.of("photo1.jpg", "photo[1].jpg", "a*", "ab", "back\\*", "back*", "open[")) {
            store(key, key);
        }
        assertDone("rm", "s3:/B/photo[1].jpg", "s3:/B/photo[1].jpg", "s3:/B/a*", "s3:/B/back\\*", "s3:/B/open[");
        assertThat(keys()).containsExactly("ab", "back*", "photo1.jpg");
        store("photo[1].jpg", "x");
        assertDone("mv", "s3:/B/photo[1].jpg", "s3:/B/moved");
        assertThat(keys()).containsExactly("ab", "back*", "moved", "photo1.jpg");
        assertDone("rm", "s3:/B/back\\*", "s3:/B/photo[1].jpg", "s3:/B/*[");
        assertThat(keys()).containsExactly("ab", "moved");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put a b",
                "put s3:/B/a s3:/B/b",
                "get a b",
                "get s3:/B/folder/ x",
                "cp a b",
                "cp -r s3:/B/a s3:/B/a/b",
                "mv -r s3:/B s3:/B/x",
                "mv s3:/B/a/** s3:/B/a/x",
                "sync a b",
                "sync s3:/B/a s3:/B",
                "sync s3:/B",
                "put --parallel 0 a s3:/B",
                "put --part-mib 4 a s3:/B",
                "put - s3:/B/",
                "put -r - s3:/B/x",
                "cp - s3:/B/",
                "mv - s3:/B/a/1",
                "get s3:/B/a/1 -",
                "sync - s3:/B",
                "get --exclude [ s3:/B/a b"
            })
    void words_thatCannotBeMeant_areWrongUsage(String words) {
        store("a/1", "one");
        assertThat(run(words.split(" "))).isEqualTo(ExitCode.USAGE.number());
        assertThat(keys()).containsExactly("a/1");
    }

    @Test
    void sync_ofAFolder_sendsOnlyWhatDiffers() throws IOException {
        write("tree/a", "1");
        write("tree/b/c", "22");
        write("tree/b-", "x");
        assertDone("sync", "D/tree", "s3:/B/to");
        assertThat(keys()).containsExactly("to/a", "to/b-", "to/b/c");
        assertThat(lines()).hasSize(3);
        assertDone("sync", "D/tree", "s3:/B/to");
        assertThat(lines()).isEmpty();

        write("tree/a", "longer");
        Path touched = write("tree/b-", "y");
        Files.setLastModifiedTime(touched, FileTime.from(Instant.now().plusSeconds(60)));
        store("to/extra", "e");
        assertDone("sync", "D/tree", "s3:/B/to");
        assertThat(lines()).hasSize(2);
        assertDone("sync", "--size-only", "--delete", "--dry-run", "D/tree", "s3:/B/to");
        assertThat(lines()).containsExactly("would rm s3:/B/to/extra");
        assertDone("sync", "--size-only", "--delete", "--exclude", "ex*", "D/tree", "s3:/B/to");
        assertThat(keys()).contains("to/extra");
        assertDone("sync", "--size-only", "--delete", "D/tree", "s3:/B/to");
        assertThat(keys()).containsExactly("to/a", "to/b-", "to/b/c");
    }

    @Test
    void sync_intoAFolder_takesOverTimesAndGoesOn() throws IOException {
        store("a", "1");
        store("b/c", "22");
        store("marker/", "");
        assertDone("sync", "s3:/B", "D/to");
        assertThat(files("to")).containsExactly("a", "b/c");
        lines();
        assertDone("sync", "s3:/B", "D/to");
        assertThat(lines()).isEmpty();

        Files.delete(directory.resolve("to/a"));
        write("to/own", "o");
        assertDone("sync", "s3:/B", "D/to");
        assertThat(lines()).containsExactly("sync s3:/B/a -> D/to/a (1)");
        assertDone("sync", "--delete", "s3:/B", "D/to");
        assertThat(files("to")).containsExactly("a", "b/c");
        store("a", "2");
        Files.setLastModifiedTime(directory.resolve("to/a"), FileTime.from(Instant.EPOCH));
        String left = "to/.a.01234567-89ab-cdef-0123-456789abcdef.chordata-part";
        write(left, "of a download of what it was");
        assertDone("sync", "--dry-run", "s3:/B", "D/to");
        assertThat(directory.resolve(left)).exists();
        assertDone("sync", "s3:/B", "D/to");
        assertThat(directory.resolve("to/a")).hasContent("2");
        assertThat(directory.resolve(left)).doesNotExist();
    }

    @Test
    void sync_ofAFileThatAPowerCutMadeShort_fetchesItAnew() throws IOException {
        store("a", "whole");
        assertDone("sync", "s3:/B", "D/to");
        Path file = directory.resolve("to/a");
        FileTime time = Files.getLastModifiedTime(file);
        Files.writeString(file, "");
        Files.setLastModifiedTime(file, time);
        assertDone("sync", "s3:/B", "D/to");
        assertThat(file).hasContent("whole");
    }

    @Test
    void sync_intoAFolder_leavesNewerEditsUnlessTold() throws IOException {
        store("same-size", "1");
        store("other-size", "1");
        assertDone("sync", "s3:/B", "D/to");
        FileTime later = FileTime.from(Instant.now().plusSeconds(60));
        Files.setLastModifiedTime(write("to/same-size", "2"), later);
        Files.setLastModifiedTime(write("to/other-size", "edited"), later);
        lines();
        assertDone("sync", "s3:/B", "D/to");
        assertThat(directory.resolve("to/same-size")).hasContent("2");
        assertThat(directory.resolve("to/other-size")).hasContent("edited");
        assertThat(lines()).hasSize(2).allMatch(line -> line.contains("--overwrite-newer replaces it"));
        assertDone("sync", "--overwrite-newer", "s3:/B", "D/to");
        assertThat(directory.resolve("to/same-size")).hasContent("1");
        assertThat(directory.resolve("to/other-size")).hasContent("1");
    }

    @Test
    void sync_withinTheEndpoint_copiesWhatDiffers() {
        store("from/a", "1");
        store("from/b/", "");
        store("to/x", "2");
        assertDone("sync", "--delete", "s3:/B/from", "s3:/B/to/");
        assertThat(keys()).containsExactly("from/a", "from/b/", "to/a", "to/b/");
        lines();
        assertDone("sync", "--delete", "s3:/B/from", "s3:/B/to");
        assertThat(lines()).isEmpty();
    }

    @Test
    void sync_thatCannotSeeAll_deletesNothing() throws IOException {
        write("tree/a", "1");
        store("a", "1");
        store("keep", "2");
        store("bad/../name", "3");
        write("into/keep", "4");
        assertThat(run("sync", "--delete", "s3:/B", "D/into")).isEqualTo(SOME_NOT_DONE);
        write("into/more", "5");
        assertThat(run("sync", "--delete", "s3:/B", "D/into")).isEqualTo(NOT_DONE);
        assertThat(files("into")).contains("more");
        assertThat(err.toString()).contains("nothing was deleted");

        Files.createDirectory(directory.resolve("nothing"));
        assertThat(run("sync", "--delete", "D/nothing", "s3:/B")).isEqualTo(NOT_DONE);
        assertThat(err.toString()).contains("a target is not emptied because of that");
        assertThat(run("sync", "--delete", "D/missing", "s3:/B")).isEqualTo(NOT_FOUND);
        assertThat(run("sync", "--delete", "D/tree", "s3://no-such-bucket-here"))
                .isEqualTo(NOT_FOUND);
        environment.put("CHORDATA_ENDPOINT", "http://127.0.0.1:" + FreePorts.one());
        assertThat(run("sync", "--delete", "D/tree", "s3:/B")).isEqualTo(UNREACHABLE);
        assertThat(keys()).containsExactly("a", "bad/../name", "keep");
    }

    @Test
    void bucket_thatIsNotThere_leavesTheOthersToBeDone() throws IOException {
        store("a", "1");
        assertThat(run("get", "--parallel", "1", "s3://gone/x", "s3://gone/y", "s3:/B/a", "D/to"))
                .isEqualTo(SOME_NOT_DONE);
        assertThat(files("to")).containsExactly("a");
        assertThat(err.toString()).contains("get s3://gone/x: ", "get s3://gone/y: ");
        for (String words : List.of("get -r s3://gone s3:/B D/folder", "get s3://gone/* s3:/B/a D/folder")) {
            assertThat(run(words.split(" "))).as(words).isEqualTo(SOME_NOT_DONE);
            assertThat(files("folder")).containsExactly("a");
            Files.delete(directory.resolve("folder/a"));
        }
        write("tree/a", "1");
        write("tree/b", "2");
        err.getBuffer().setLength(0);
        assertThat(run("put", "-r", "--parallel", "1", "D/tree", "s3://gone")).isEqualTo(NOT_FOUND);
        assertThat(err.toString().lines())
                .as("one of two that would fail alike")
                .filteredOn(line -> line.contains("NoSuchBucket"))
                .hasSize(1);
        assertThat(err.toString()).contains("what is left would fare no better");
    }
}
