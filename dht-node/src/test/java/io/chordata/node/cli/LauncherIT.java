package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.Command;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the packaged program: what it is for, and that it stands in nobody's way. */
@SuppressWarnings("NullAway.Init")
class LauncherIT {
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Path LAUNCHER =
            ChordataProcess.target().resolveSibling("../bin/chordata").normalize();

    @TempDir
    private Path folder;

    private Map<String, String> environment() {
        Path java = Path.of(System.getProperty("java.home"));
        return Map.of(
                "JAVA_HOME",
                java.toString(),
                "XDG_CACHE_HOME",
                folder.toString(),
                "CHORDATA_ACCESS_KEY",
                "AKID",
                "CHORDATA_SECRET_KEY",
                "a secret of this test");
    }

    private Command.Result run(String... words) {
        Stream<String> line = Stream.concat(Stream.of(LAUNCHER.toString()), Stream.of(words));
        return Command.of(line.toArray(String[]::new)).with(environment()).runToEnd();
    }

    private List<String> archives() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("chordata"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void commands_startedAgain_findTheirClassesInAnArchive() throws Exception {
        Command.Result first = run("presign", "s3://bucket/two  words");
        assertThat(first.exitCode()).as(first.errors()).isZero();
        assertThat(first.output())
                .startsWith("http://127.0.0.1:9000/bucket/two%20%20words?")
                .hasLineCount(1);
        assertThat(first.errors()).isEmpty();

        Command.Result second = run("presign", "s3://bucket");
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.output()).isEmpty();
        assertThat(second.errors()).startsWith("chordata: ");
        assertThat(archives()).singleElement().asString().endsWith(".jsa");

        Path archive = folder.resolve("chordata").resolve(archives().get(0));
        benchIsEndedByTheSignal(archive.toString());

        Files.writeString(archive.resolveSibling("damaged"), "no archive");
        Files.move(archive.resolveSibling("damaged"), archive, StandardCopyOption.REPLACE_EXISTING);
        Command.Result damaged = run("presign", "s3://bucket/key");
        assertThat(damaged.exitCode()).as(damaged.errors()).isZero();
        assertThat(damaged.output()).hasLineCount(1);
        assertThat(damaged.errors()).isEmpty();
    }

    private void benchIsEndedByTheSignal(String archive) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout((int) DEADLINE.toMillis());
            ProcessBuilder builder = new ProcessBuilder(
                            LAUNCHER.toString(),
                            "bench",
                            "--op",
                            "put",
                            "--endpoint",
                            "http://127.0.0.1:" + silent.getLocalPort())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("printed").toFile());
            builder.environment().putAll(environment());
            Process bench = builder.start();
            try {
                silent.accept();
                assertThat(Files.readString(Path.of("/proc/" + bench.pid() + "/maps")))
                        .as("what the process with the script's own number has in memory")
                        .contains(archive);
                bench.destroy();
                assertThat(bench.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                assertThat(bench.exitValue()).isEqualTo(143);
            } finally {
                bench.destroyForcibly();
            }
        }
    }

    @Test
    void cache_thatCannotBeWritten_isDoneWithout() throws IOException {
        Files.writeString(folder.resolve("chordata"), "a file in its place");
        Command.Result result = run("presign", "s3://bucket/key");
        assertThat(result.exitCode()).as(result.errors()).isZero();
        assertThat(result.errors()).isEmpty();
    }
}
