package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.cli.StandardOutput;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that ask the admin port, against a whole node in this process. */
@Timeout(180)
class AdminCommandsTest {
    @TempDir
    private static Path data;

    private static LoneNode node;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new TreeMap<>();

    @BeforeAll
    static void start() {
        node = LoneNode.start(data);
        node.s3("PUT", "/shelf", "");
        node.s3("PUT", "/shelf/a%20b/large.bin", "x".repeat(100_000));
        node.s3("PUT", "/shelf/small.txt", "x");
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void nameTheNode() {
        environment.put("CHORDATA_ADMIN", node.admin());
    }

    private int run(String... words) {
        return run(new PrintWriter(out), words);
    }

    private int run(PrintWriter to, String... words) {
        return new Chordata(new Terminal(environment, to, new PrintWriter(err)), new Lifecycle()).run(words);
    }

    private String name() {
        return new JsonArray(node.get("/v1/nodes").body()).getJsonObject(0).getString("name");
    }

    @Test
    void status_ofTheCluster_showsItsStateAndNodes() {
        assertThat(run("status")).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("is healthy", "256, each with 1 or more copies", "0 without a majority")
                .contains(name(), "alive", node.id());
    }

    @Test
    void status_forAMachine_isTheAnswerOfTheNode() {
        assertThat(run("status", "--json")).isZero();
        assertThat(new JsonObject(out.toString()))
                .isEqualTo(new JsonObject(node.get("/v1/cluster").body()));
    }

    @Test
    void status_watched_drawsOnePictureAfterTheOther() {
        assertThat(run("status", "--watch", "--every", "1", "--count", "2"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().split("HEALTHY", -1)).hasSize(3);
        assertThat(out.toString()).contains("NODE", "REQ/S", name()).doesNotContain("\u001b");
    }

    @Test
    void ring_asATable_hasAllPositions() {
        assertThat(run("ring")).as(err.toString()).isZero();
        JsonArray positions = new JsonObject(node.get("/v1/ring").body()).getJsonArray("positions");
        assertThat(out.toString()).contains(positions.size() + " positions of 1 node", "SHARE");
        positions.forEach(position -> assertThat(out.toString()).contains(((JsonObject) position).getString("id")));
    }

    @Test
    void ring_ofANode_isAskedForByNameOrId() {
        assertThat(run("ring", "--node", name())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("of 1 node", name());
        assertThat(run("ring", "--node", node.id(), "--json"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("\"fingers\":[");
        assertThat(run("ring", "--node", "nobody")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("there is no node 'nobody'");
    }

    @Test
    void ring_forAMachine_isTheAnswerOfTheNode() {
        assertThat(run("ring", "--json")).isZero();
        JsonObject expected = new JsonObject(node.get("/v1/ring").body());
        JsonObject printed = new JsonObject(out.toString());
        assertThat(printed.fieldNames()).isEqualTo(expected.fieldNames());
        assertThat(ids(printed)).isEqualTo(ids(expected));
    }

    private static List<String> ids(JsonObject ring) {
        return ring.getJsonArray("positions").stream()
                .map(position -> ((JsonObject) position).getString("id"))
                .toList();
    }

    @Test
    void lookup_ofAKey_printsTheWay() {
        assertThat(run("lookup", "photos/a.jpg", "--from", name(), "--via", "fingers"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("partition", "KNOWN FROM", "self", name());
    }

    @Test
    void lookup_forAMachine_isTheAnswerOfTheNode() {
        assertThat(run("lookup", "photos/a.jpg", "--json")).isZero();
        JsonObject expected =
                new JsonObject(node.get("/v1/lookup?key=photos%2Fa.jpg").body());
        JsonObject printed = new JsonObject(out.toString());
        assertThat(printed.fieldNames()).isEqualTo(expected.fieldNames());
        assertThat(printed.getString("id")).isEqualTo(expected.getString("id"));
        assertThat(printed.getString("position")).isEqualTo(expected.getString("position"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3://shelf/a b/large.bin", "shelf/a b/large.bin"})
    void locate_ofALargeObject_namesItsBlocks(String object) {
        assertThat(run("locate", object)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("s3://shelf/a b/large.bin", "100000 bytes", "led by " + name(), "BLOCK");
    }

    @Test
    void locate_ofASmallObject_saysThatItIsInTheRecord() {
        assertThat(run("locate", "shelf/small.txt")).isZero();
        assertThat(out.toString()).contains("in the record");
        assertThat(run("locate", "shelf/small.txt", "--json")).isZero();
        assertThat(out.toString()).contains("\"inline\":true");
    }

    @Test
    void locate_ofNothing_isNotDone() {
        assertThat(run("locate", "shelf/absent")).isEqualTo(ExitCode.NOT_DONE.number());
        assertThat(err.toString()).contains("chordata: No such object");
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "locate shelf,BUCKET/KEY",
        "locate s3://shelf/,BUCKET/KEY",
        "lookup,give a KEY",
        "lookup a --id b,not both",
        "lookup --id b,32 lower-case hex digits",
        "lookup a --via magic,fingers",
        "lookup a --from nobody,there is no node 'nobody'",
        "status --watch --every 0,--every",
        "status --watch --every x,--every",
        "ring --admin nowhere,HOST:PORT",
        "status --nodes,--nodes",
    })
    void command_calledWrongly_isRefusedWithWhatWasMeant(String words, String named) {
        assertThat(run(words.split(" "))).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains(named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "ring", "lookup", "locate"})
    void help_ofACommand_hasExamplesAndExitCodes(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString())
                .contains("Examples:", "chordata " + command, "--admin=HOST:PORT", "CHORDATA_ADMIN", "Exit codes:")
                .contains("8   the cluster did not do");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "status --watch", "ring", "lookup a", "locate a/b"})
    void admin_whereNobodyAnswers_isNamed(String words) {
        environment.put("CHORDATA_ADMIN", "127.0.0.1:1");
        assertThat(run(words.split(" "))).isEqualTo(ExitCode.NOT_DONE.number());
        assertThat(err.toString()).contains("no answer from http://127.0.0.1:1", "--admin names another node");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void admin_ofSeveral_mayBeGone() {
        assertThat(run("status", "--admin", "127.0.0.1:1," + node.admin())).isZero();
    }

    @Test
    void keys_thatAreWrong_areSaidToBeWrong() {
        environment.put("CHORDATA_ACCESS_KEY", "root");
        environment.put("CHORDATA_SECRET_KEY", "another-0123456789");
        assertThat(run("keys", "create")).isEqualTo(ExitCode.NOT_DONE.number());
        assertThat(err.toString()).contains("Sign-in needed", "not right", "CHORDATA_SECRET_KEY");
    }

    @Test
    void keys_givenByHalf_areRefused() {
        environment.put("CHORDATA_ACCESS_KEY", "root");
        assertThat(run("status")).isEqualTo(ExitCode.USAGE.number());
        assertThat(err.toString()).contains("set both");
    }

    private static PrintWriter closed() {
        return new PrintWriter(new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });
    }

    @Test
    void output_thatNobodyReads_endsAWatchQuietly() {
        assertThat(run(closed(), "status", "--watch", "--every", "1")).isZero();
        assertThat(run(closed(), "ring")).isZero();
        assertThat(err.toString()).isEmpty();
    }

    private int runOnAFullDisk(String... words) throws IOException {
        try (PrintWriter full = new StandardOutput(new FileOutputStream("/dev/full"))) {
            return run(full, words);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status --watch --every 1",
                "ring --json",
                "lookup a",
                "locate shelf/small.txt",
                "keys list --json",
                "config",
                "--help",
                "bench --op list --objects 1 --duration 50ms --warmup 0s --json"
            })
    void output_onAFullDisk_isAFailureWithWords(String words) throws IOException {
        environment.put("CHORDATA_ENDPOINT", node.endpoint());
        environment.put("CHORDATA_ACCESS_KEY", LoneNode.ACCESS_KEY);
        environment.put("CHORDATA_SECRET_KEY", LoneNode.SECRET_KEY);
        assertThat(runOnAFullDisk(words.split(" "))).as(err.toString()).isEqualTo(ExitCode.NOT_DONE.number());
        assertThat(err.toString().lines())
                .containsExactly("chordata: the output cannot be written: No space left on device");
    }

    @Test
    void keyThatIsMade_whereItsSecretCannotBePrinted_isNamedSoThatItCanBeDeleted() throws IOException {
        environment.put("CHORDATA_ACCESS_KEY", LoneNode.ACCESS_KEY);
        environment.put("CHORDATA_SECRET_KEY", LoneNode.SECRET_KEY);
        assertThat(runOnAFullDisk("keys", "create")).isEqualTo(ExitCode.NOT_DONE.number());
        assertThat(run(closed(), "keys", "create")).isEqualTo(ExitCode.NOT_DONE.number());
        List<String> told = err.toString().lines().toList();
        assertThat(told).hasSize(2).allMatch(line -> line.contains("its secret is lost: 'chordata keys delete CK"));
        for (String line : told) {
            String key = line.replaceAll(".*keys delete (CK[A-Z0-9]+)'.*", "$1");
            assertThat(run("keys", "delete", key)).as(err.toString()).isZero();
        }
    }
}
