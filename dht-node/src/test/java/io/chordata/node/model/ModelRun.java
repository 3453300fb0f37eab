package io.chordata.node.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.ChordataProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A row of the tables in {@code src/test/tla/README.md}: one run of TLC, and what must come of it.
 *
 * @param constants {@code Name=value}, each in place of the line of that name in the module's own configuration
 * @param off the rules taken out, besides those that the configuration takes out
 * @param outcome {@link #HOLDS}, or the invariant that breaks
 * @param size distinct states where all invariants hold, else states of the shortest way to where one breaks
 */
record ModelRun(
        String name,
        String module,
        List<String> off,
        List<String> constants,
        String outcome,
        long size,
        boolean inEveryBuild) {
    static final String HOLDS = "holds";
    static final Path FOLDER = ChordataProcess.target().resolveSibling("src/test/tla");

    private static final Pattern HEADING = Pattern.compile("## `(\\w+)\\.tla`.*");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** The columns of a row: name, rules taken out, constants, outcome, size, where it runs. */
    private static final int COLUMNS = 6;

    static List<ModelRun> all() {
        List<ModelRun> runs = new ArrayList<>();
        String module = "";
        for (String line : read(FOLDER.resolve("README.md")).lines().toList()) {
            if (HEADING.matcher(line).matches()) {
                module = HEADING.matcher(line).replaceFirst("$1");
            } else if (!module.isEmpty() && line.startsWith("| `")) {
                runs.add(ofRow(module, line));
            }
        }
        return runs;
    }

    private static ModelRun ofRow(String module, String row) {
        List<String> cells =
                Arrays.stream(row.substring(1).split("\\|")).map(String::strip).toList();
        assertThat(cells).as(row).hasSize(COLUMNS);
        assertThat(cells.get(5)).as(row).isIn("build", "long");
        return new ModelRun(
                String.join("", codeOf(cells.get(0))),
                module,
                codeOf(cells.get(1)),
                codeOf(cells.get(2)).stream()
                        .flatMap(code -> Arrays.stream(code.split(" ")))
                        .toList(),
                cells.get(3),
                Long.parseLong(cells.get(4).replace(",", "")),
                cells.get(5).equals("build"));
    }

    private static List<String> codeOf(String cell) {
        return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
    }

    boolean mayHold() {
        return outcome.equals(HOLDS);
    }

    String specification() {
        return read(FOLDER.resolve(module + ".tla"));
    }

    /** The module's own configuration, with what this run changes of it. */
    String configuration() {
        String text = read(FOLDER.resolve(module + ".cfg"));
        for (String constant : constants) {
            int equals = constant.indexOf('=');
            text = replace(text, constant.substring(0, equals), constant.substring(equals + 1));
        }
        MatchResult taken = line("Off").matcher(text).results().findFirst().orElseThrow();
        List<String> all = new ArrayList<>();
        Pattern.compile("\"\\w+\"").matcher(taken.group(1)).results().forEach(match -> all.add(match.group()));
        off.forEach(rule -> all.add('"' + rule + '"'));
        return replace(text, "Off", "{" + String.join(",", all) + "}");
    }

    private static String replace(String text, String constant, String value) {
        assertThat(text).containsPattern(line(constant));
        return line(constant).matcher(text).replaceFirst("  " + constant + " = " + value);
    }

    private static Pattern line(String constant) {
        return Pattern.compile("(?m)^  " + constant + " = (.*)$");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
