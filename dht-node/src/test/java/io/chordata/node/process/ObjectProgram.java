package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The object commands of the packaged program, as a shell starts them.
 *
 * @param folder where it keeps its notes, and what it prints when it is interrupted
 * @param changes of the environment
 */
public record ObjectProgram(String endpoint, Path folder, Map<String, String> changes) {
    private static final long DEADLINE_SECONDS = 180;

    public static ObjectProgram at(String endpoint, Path folder) {
        return new ObjectProgram(endpoint, folder, Map.of());
    }

    public ObjectProgram with(String name, String value) {
        Map<String, String> all = new TreeMap<>(changes);
        all.put(name, value);
        return new ObjectProgram(endpoint, folder, all);
    }

    public Command command(String... words) {
        return Command.of(line(words).toArray(String[]::new)).with(environment());
    }

    public void run(String... words) {
        command(words).run();
    }

    /** Whoever runs the tests in the background may have it ignore Ctrl-C, and that would be inherited. */
    public List<String> line(String... words) {
        List<String> line = new ArrayList<>(List.of(
                "/usr/bin/env",
                "--default-signal=INT,PIPE",
                ChordataProcess.javaProgram(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                ChordataProcess.jar().toString()));
        line.addAll(List.of(words));
        return line;
    }

    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "CHORDATA_ENDPOINT",
                endpoint,
                "CHORDATA_ACCESS_KEY",
                ChordataProcess.ACCESS_KEY,
                "CHORDATA_SECRET_KEY",
                ChordataProcess.SECRET_KEY,
                "XDG_CACHE_HOME",
                folder.resolve("cache").toString()));
        environment.putAll(changes);
        return environment;
    }

    public Running start(String... words) {
        try {
            Path printed = Files.createTempFile(folder, "printed-", ".txt");
            ProcessBuilder builder =
                    new ProcessBuilder(line(words)).redirectErrorStream(true).redirectOutput(printed.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("CHORDATA_"));
            builder.environment().putAll(environment());
            return new Running(builder.start(), printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that is under way; closing ends it at once. */
    public record Running(Process process, Path printed) implements AutoCloseable {
        /** As Ctrl-C does; returns the exit code. */
        public int interrupt() {
            assertThat(process.isAlive()).as("it runs; it printed: %s", text()).isTrue();
            Command.of("/bin/kill", "-INT", "" + process.pid()).run();
            try {
                assertThat(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS))
                        .as("ends when interrupted; it printed: %s", text())
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            return process.exitValue();
        }

        public String text() {
            try {
                return Files.readString(printed);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
