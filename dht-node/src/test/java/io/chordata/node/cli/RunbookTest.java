package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds {@code k8s/RUNBOOK.md} to the program, the tests, the longer runs and the alerts that it names. */
class RunbookTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolveSibling("");
    private static final String RUNBOOK = read("k8s/RUNBOOK.md");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ {4,}chordata (.*)$");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");
    private static final Pattern LONG_RUN = Pattern.compile("`\\.ci/long ([a-z0-9-]+)");
    private static final Pattern ALERT = Pattern.compile("`(Chordata[A-Z]\\w+)`");

    private static String read(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .distinct()
                .toList();
    }

    static List<String> commands() {
        return found(COMMAND, RUNBOOK);
    }

    static Stream<String> pages() {
        return Pattern.compile("(?m)^## ").splitAsStream(RUNBOOK).skip(1);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void command_ofTheRunbook_isOneOfTheProgram(String words) {
        PrintWriter nobody = new PrintWriter(Writer.nullWriter());
        String[] parts = words.replace("'", "").split(" ");
        Chordata program = new Chordata(new Terminal(Map.of(), nobody, nobody), new Lifecycle());

        assertThatCode(() -> program.root(parts).parseArgs(parts)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void page_ofTheRunbook_namesWhatGoesThroughIt(String page) {
        assertThat(Stream.concat(found(TEST, page).stream(), found(LONG_RUN, page).stream()))
                .as(page)
                .isNotEmpty();
    }

    @Test
    void tests_ofTheRunbook_areThere() throws IOException {
        try (Stream<Path> sources = Files.walk(ROOT.resolve("dht-node/src/test/java"))) {
            assertThat(sources.map(file -> file.getFileName().toString().replace(".java", "")))
                    .containsAll(found(TEST, RUNBOOK));
        }
        assertThat(found(LONG_RUN, RUNBOOK))
                .allSatisfy(name ->
                        assertThat(ROOT.resolve(".ci/long.d").resolve(name)).isExecutable());
    }

    @Test
    void alerts_ofTheRunbook_areThere() {
        assertThat(found(Pattern.compile("(?m)- alert: (\\w+)$"), read("k8s/components/monitoring/alerts.yaml")))
                .isNotEmpty()
                .containsAll(found(ALERT, RUNBOOK));
    }
}
