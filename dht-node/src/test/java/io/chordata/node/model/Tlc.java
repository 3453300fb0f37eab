package io.chordata.node.model;

import io.chordata.node.process.ChordataProcess;
import io.chordata.node.process.Command;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.opentest4j.AssertionFailedError;
import tlc2.TLC;

/**
 * The model checker, in a JVM of its own: it keeps its state in statics, and writes beside its input. All that it writes goes
 * to {@code target/model}.
 */
final class Tlc {
    private static final Duration DEADLINE = Duration.ofMinutes(10);
    private static final Duration LONG_DEADLINE = Duration.ofHours(2);
    private static final Pattern VIOLATED = Pattern.compile("Invariant (\\w+) is violated");
    private static final Pattern STATE = Pattern.compile("(?m)^State \\d+:");
    private static final Pattern COMPLETE =
            Pattern.compile("(?m)^\\d+ states generated, (\\d+) distinct states found, 0 states left on queue\\.$");

    private Tlc() {}

    /**
     * What a run came to.
     *
     * @param verdict {@link ModelRun#HOLDS}, or the invariant that broke
     * @param size distinct states, or those on the way to where it broke
     */
    record Result(String verdict, long size, Duration took) {
        String toFigure() {
            String what = verdict.equals(ModelRun.HOLDS)
                    ? "holds in all %,d states".formatted(size)
                    : "%s breaks after %d states".formatted(verdict, size);
            return "%s, %.1f s".formatted(what, took.toMillis() / 1000.0);
        }
    }

    static Result check(ModelRun run) throws IOException {
        Path folder = ChordataProcess.target().resolve("model").resolve(run.name());
        Files.createDirectories(folder);
        Path specification = Files.writeString(folder.resolve(run.module() + ".tla"), run.specification());
        Files.writeString(folder.resolve(run.name() + ".cfg"), run.configuration());
        long begin = System.nanoTime();
        Command command =
                new Command(words(run, folder, specification), Map.of(), run.inEveryBuild() ? DEADLINE : LONG_DEADLINE);
        String output = command.runToEnd().output();
        Files.writeString(folder.resolve("output.txt"), output);
        return resultOf(run, output, Duration.ofNanos(System.nanoTime() - begin));
    }

    private static List<String> words(ModelRun run, Path folder, Path specification) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(
                run.inEveryBuild()
                        ? List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        : List.of("-Xmx4g", "-XX:+UseParallelGC"));
        words.addAll(List.of("-Djava.io.tmpdir=" + folder, "-cp", jar(), TLC.class.getName()));
        // With one worker the search is breadth first to the letter, and the way it shows is a shortest one.
        words.addAll(List.of("-workers", run.mayHold() && !run.inEveryBuild() ? "2" : "1"));
        words.addAll(List.of(
                "-deadlock", "-nowarning", "-metadir", folder.resolve("states").toString()));
        words.addAll(List.of("-config", run.name() + ".cfg", specification.toString()));
        return words;
    }

    private static String jar() {
        try {
            return Path.of(TLC.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Result resultOf(ModelRun run, String output, Duration took) {
        List<String> violated =
                VIOLATED.matcher(output).results().map(match -> match.group(1)).toList();
        if (!violated.isEmpty()) {
            return new Result(violated.get(0), STATE.matcher(output).results().count(), took);
        }
        MatchResult complete = COMPLETE.matcher(output)
                .results()
                .findFirst()
                .orElseThrow(() -> new AssertionFailedError(run.name() + " came to no end: " + output));
        return new Result(ModelRun.HOLDS, Long.parseLong(complete.group(1)), took);
    }
}
