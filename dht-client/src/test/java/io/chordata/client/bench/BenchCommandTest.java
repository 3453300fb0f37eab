package io.chordata.client.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.client.cli.Outcome;
import io.chordata.client.xml.RequestDocuments;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@SuppressWarnings("NullAway.Init")
class BenchCommandTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final MemoryEndpoint endpoint = new MemoryEndpoint(VERTX);
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    @AfterEach
    void closeEndpoint() {
        endpoint.close();
    }

    @AfterAll
    static void closeVertx() {
        VERTX.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"put", "get", "mixed", "list", "delete"})
    void bench_ofAnyOperation_measuresAndLeavesNothingBehind(String operation) {
        assertThat(run("--op", operation, "--json")).as(err.toString()).isZero();

        JsonObject result = new JsonObject(out.toString());
        assertThat(result.fieldNames())
                .containsExactly(
                        "op", "operations", "errors", "opsPerSecond", "bytesPerSecond", "latencyMicros", "client");
        assertThat(result.getString("op")).isEqualTo(operation);
        assertThat(result.getLong("operations")).isPositive();
        assertThat(result.getLong("errors")).isZero();
        assertThat(result.getDouble("opsPerSecond")).isPositive();
        JsonObject latency = result.getJsonObject("latencyMicros");
        assertThat(latency.fieldNames()).containsExactly("p50", "p90", "p99", "p999", "max");
        assertThat(latency.getLong("p50")).isPositive().isLessThanOrEqualTo(latency.getLong("max"));
        JsonObject client = result.getJsonObject("client");
        assertThat(client.getDouble("cpuMicrosPerOp")).isPositive();
        assertThat(client.getDouble("busyPercent")).isPositive().isLessThanOrEqualTo(110);
        assertThat(endpoint.objects()).isEmpty();
    }

    @Test
    void reads_byLinksSignedOnce_sendNoSignatureOfTheirOwn() {
        assertThat(run("--op", "get", "--presigned", "--json"))
                .as(err.toString())
                .isZero();
        JsonObject result = new JsonObject(out.toString());
        assertThat(result.getLong("errors")).isZero();
        assertThat((long) endpoint.linked()).isGreaterThanOrEqualTo(result.getLong("operations"));
        assertThat(endpoint.objects()).isEmpty();
    }

    @Test
    void table_ofARun_showsWhatTheBenchItselfTook() {
        assertThat(run("--op", "get")).as(err.toString()).isZero();
        assertThat(out.toString()).containsPattern("client us/op +[\\d,.]+").containsPattern("client busy % +\\d+");
    }

    @Test
    void bench_thatWasBusyMostOfTheTime_saysSo() {
        BenchResult.Latency none = new BenchResult.Latency(0, 0, 0, 0, 0);
        BenchResult idle = new BenchResult(
                BenchOperation.GET,
                1_000,
                0,
                0,
                1_000_000,
                new BenchResult.Client(900_000, 500_000),
                none,
                "",
                Outcome.DONE);
        BenchResult busy = new BenchResult(
                BenchOperation.GET,
                1_000,
                0,
                0,
                1_000_000,
                new BenchResult.Client(900_000, 950_000),
                none,
                "",
                Outcome.DONE);
        assertThat(BenchTable.of(idle)).doesNotContain("bench itself was busy");
        assertThat(BenchTable.of(idle, busy)).contains("bench itself was busy most of the time");
    }

    @Test
    void bodyBeyondOnePiece_sentAndRead_hasItsWholeLength() {
        assertThat(run("--op", "get", "--size", "2500KiB", "--json"))
                .as(err.toString())
                .isZero();
        JsonObject result = new JsonObject(out.toString());
        assertThat(result.getDouble("bytesPerSecond") / result.getDouble("opsPerSecond"))
                .isBetween(2_500 * 1024 * 0.99, 2_500 * 1024 * 1.01);
    }

    @Test
    void refusals_duringTheRun_areCountedByCause() {
        endpoint.refuse(HttpMethod.PUT, 0, 5);
        assertThat(run("--op", "put", "--warmup", "0s")).isEqualTo(Outcome.SOME_NOT_DONE.number());
        assertThat(out.toString()).contains("errors: 503 SlowDown x 5");
    }

    @Test
    void refusals_duringPreparation_endTheRunWithTheCause() {
        endpoint.refuse(HttpMethod.PUT, 0, 1);
        assertThat(run("--op", "get")).isEqualTo(Outcome.UNREACHABLE.number());
        assertThat(err.toString()).contains("could not put the objects to read", "503 SlowDown x 1");
    }

    @Test
    void preparation_thatFailed_leavesNothingBehind() {
        endpoint.refuse(HttpMethod.PUT, 2, 1);
        assertThat(run("--op", "get", "--concurrency", "1")).isEqualTo(Outcome.UNREACHABLE.number());
        assertThat(err.toString()).contains("could not put the objects to read", "503 SlowDown x 1");
        assertThat(endpoint.requests())
                .as("a bucket, two puts and one refused, as many deletes")
                .isEqualTo(7);
        assertThat(endpoint.objects()).isEmpty();
    }

    @Test
    void deletes_thatFailed_areMadeUpForInTheEnd() {
        endpoint.refuse(HttpMethod.DELETE, 2, 3);
        assertThat(run("--op", "delete", "--warmup", "0s", "--duration", "1ms"))
                .as("one round")
                .isEqualTo(Outcome.SOME_NOT_DONE.number());
        assertThat(out.toString()).contains("errors: 503 SlowDown x 3");
        assertThat(endpoint.objects()).isEmpty();
    }

    @Test
    @Timeout(60)
    void endpoint_thatBecomesSilent_endsWithFiguresAndErrors() {
        endpoint.answer(5);
        assertThat(run("--op", "put", "--timeout", "300ms", "--warmup", "0s"))
                .isEqualTo(Outcome.SOME_NOT_DONE.number());
        assertThat(out.toString())
                .containsPattern("operations +4\n")
                .containsPattern("errors: no answer in 300 ms x \\d+");
    }

    @Test
    @Timeout(60)
    void endpoint_thatIsSilentFromTheBeginning_endsWithTheCause() {
        endpoint.answer(0);
        assertThat(run("--op", "put", "--timeout", "300ms")).isEqualTo(Outcome.UNREACHABLE.number());
        assertThat(err.toString()).contains("could not make the bucket", "no answer in 300 ms x 1");
    }

    @Test
    void objectsPrepared_byTheServersOwner_areReadAndLeftAlone() {
        for (int i = 0; i < 8; i++) {
            endpoint.objects().put("/chordata-bench/object-" + i, Buffer.buffer(new byte[4096]));
        }
        assertThat(run("--op", "get", "--prepared")).as(err.toString()).isZero();
        assertThat(endpoint.requests()).isPositive();
        assertThat(endpoint.objects()).hasSize(8);
    }

    @Test
    void twoEndpoints_measuredInOneRun_areComparedInATable() {
        try (MemoryEndpoint other = new MemoryEndpoint(VERTX)) {
            assertThat(run("--op", "put", "--against", other.uri().toString())).isZero();
            assertThat(other.requests()).isPositive();
        }
        assertThat(out.toString())
                .contains("put 4 KiB, 4 at once, 200 ms")
                .containsPattern("operations/s +[\\d,]+ +[\\d,]+ +\\d+\\.\\d\\d x");
    }

    @Test
    void twoEndpoints_asJson_nestTheSecond() {
        try (MemoryEndpoint other = new MemoryEndpoint(VERTX)) {
            assertThat(run("--op", "put", "--json", "--against", other.uri().toString()))
                    .isZero();
        }
        assertThat(new JsonObject(out.toString()).getJsonObject("against").getLong("operations"))
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--op=swim",
                "--size=4parsecs",
                "--duration=soon",
                "--concurrency=0",
                "--timeout=0s",
                "--endpoint=nowhere"
            })
    void option_withoutSense_isRefusedWithUsage(String option) {
        assertThat(run("--op", "put", option)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains(option.substring(option.indexOf('=') + 1));
    }

    @Test
    void links_ofWhatIsNoGet_areRefusedWithUsage() {
        assertThat(run("--op", "put", "--presigned")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("--presigned goes with get");
    }

    @Test
    void keys_thatAreMissing_areAskedFor() {
        CommandLine line = new CommandLine(new BenchCommand(Map.of())).setErr(new PrintWriter(err));
        assertThat(line.execute("--op", "put")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("CHORDATA_ACCESS_KEY");
    }

    @Test
    void keys_thatAreWrong_endWithANumberOfTheirOwnAndOneLine() {
        assertThat(runWith(Map.of("CHORDATA_ACCESS_KEY", "OTHER"), "--op", "put"))
                .isEqualTo(11);
        assertThat(err.toString().strip())
                .startsWith("chordata: could not make the bucket")
                .hasLineCount(1);
    }

    @Test
    void endpoint_whereNobodyIs_endsWithANumberOfItsOwnAndOneLine() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        assertThat(run("--op", "put", "--endpoint", "http://127.0.0.1:" + port)).isEqualTo(12);
        assertThat(err.toString().strip()).contains("127.0.0.1:" + port).hasLineCount(1);
    }

    @Test
    void settings_ofTheOtherCommands_countHereToo() throws IOException {
        Path accessKey = Files.writeString(directory.resolve("access"), "AKID\n");
        Path secretKey = Files.writeString(directory.resolve("secret"), "secret\n");
        try (MemoryEndpoint other = new MemoryEndpoint(VERTX)) {
            Map<String, String> environment = Map.of(
                    "CHORDATA_ACCESS_KEY",
                    "",
                    "CHORDATA_SECRET_KEY",
                    "",
                    "CHORDATA_ACCESS_KEY_FILE",
                    accessKey.toString(),
                    "CHORDATA_SECRET_KEY_FILE",
                    secretKey.toString(),
                    "CHORDATA_REGION",
                    "eu-north-1",
                    "CHORDATA_ENDPOINT",
                    endpoint.uri() + ", " + other.uri());

            assertThat(runWith(environment, "--op", "list")).as(err.toString()).isZero();

            assertThat(endpoint.regions()).containsExactly("eu-north-1");
            assertThat(Stream.concat(endpoint.created().stream(), other.created().stream()))
                    .as("by any connection")
                    .containsExactly(RequestDocuments.createBucket("eu-north-1"));
            assertThat(other.requests()).as("every other connection").isPositive();
        }
    }

    @Test
    void bucket_inTheRegionWithoutAName_isMadeWithoutOne() {
        assertThat(run("--op", "list")).as(err.toString()).isZero();
        assertThat(endpoint.created()).containsExactly(Buffer.buffer());
    }

    @Test
    void exitCodes_inTheHelp_areThoseOfTheOtherCommands() {
        assertThat(new BenchCommand(Map.of()).exitCodes()).containsKeys("9", "11", "12");
    }

    private int run(String... arguments) {
        return runWith(Map.of(), arguments);
    }

    private int runWith(Map<String, String> settings, String... arguments) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "CHORDATA_ENDPOINT", endpoint.uri().toString(),
                "CHORDATA_ACCESS_KEY", "AKID",
                "CHORDATA_SECRET_KEY", "secret"));
        environment.putAll(settings);
        List<String> all =
                new ArrayList<>(List.of("--concurrency=4", "--duration=200ms", "--warmup=50ms", "--objects=8"));
        all.addAll(List.of(arguments));
        return new CommandLine(new BenchCommand(environment))
                .setOverwrittenOptionsAllowed(true)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
