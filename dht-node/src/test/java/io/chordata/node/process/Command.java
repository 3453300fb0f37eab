package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.opentest4j.AssertionFailedError;

/**
 * A client program, run to its end. The environment is empty but for what is given and {@code LANG}: neither a proxy nor
 * a configuration of this machine's user changes what a test sees.
 */
public record Command(List<String> words, Map<String, String> environment, Duration deadline) {
    private static final Duration DEADLINE = Duration.ofMinutes(5);

    public static Command of(String... words) {
        return new Command(List.of(words), new TreeMap<>(), DEADLINE);
    }

    public Command with(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(environment);
        all.putAll(more);
        return new Command(words, all, deadline);
    }

    /** Standard output of a run that must succeed. */
    public String run() {
        Result result = runToEnd();
        assertThat(result.exitCode())
                .as("exit code of %s, which printed:%n%s%n%s", words, result.output(), result.errors())
                .isZero();
        return result.output();
    }

    public Result runToEnd() {
        try {
            Path output = Files.createTempFile(ChordataProcess.target(), "command-", ".out");
            Path errors = Files.createTempFile(ChordataProcess.target(), "command-", ".err");
            int exitCode = run(output, errors);
            Result result = new Result(exitCode, text(output), text(errors));
            Files.delete(output);
            Files.delete(errors);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public record Result(int exitCode, String output, String errors) {}

    private int run(Path output, Path errors) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8", "HOME", "/nonexistent"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionFailedError(words + " did not end within " + deadline + ": " + text(errors));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }
}
