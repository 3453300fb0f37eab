package io.chordata.node.architecture;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What we keep to and no tool knows. Each rule takes a file and tells where it is broken. */
enum HouseRules {
    NO_SLEEP_IN_TESTS {
        @Override
        List<String> check(SourceFile file) {
            return file.isJava() && file.isTest() && !file.path().endsWith("/Await.java")
                    ? file.where(has("\\bsleep\\("), "a test waits for a condition (see Await), never for luck")
                    : List.of();
        }
    },
    NO_PRINTING {
        @Override
        List<String> check(SourceFile file) {
            return file.isJava() && !file.path().contains("/node/cli/")
                    ? file.where(
                            has("\\bSystem\\.(out|err)\\b|\\.printStackTrace\\("),
                            "only the command line prints; log it")
                    : List.of();
        }
    },
    NO_LOOSE_ENDS {
        @Override
        List<String> check(SourceFile file) {
            return file.where(has("\\b([T]ODO|[F]IXME|[H]ACK)\\b"), "do it, or write an issue");
        }
    },
    NO_DISABLED_TESTS {
        @Override
        List<String> check(SourceFile file) {
            return file.isJava() && file.isTest()
                    ? file.where(
                            has("^\\s*@Disabled|\\bassum(e|ing)(That|True|False)\\("),
                            "a test is mended, or skipped by a visible need (@RequiresProgram)")
                    : List.of();
        }
    },
    NO_MOCKS {
        @Override
        List<String> check(SourceFile file) {
            return file.isJava()
                    ? file.where(has("^import .*(mockito|easymock|jmockit|powermock)"), "fakes are written by hand")
                    : List.of();
        }
    },
    NO_WILDCARD_IMPORTS {
        @Override
        List<String> check(SourceFile file) {
            return file.isJava() ? file.where(has("^import .*\\*;"), "import what is used, by name") : List.of();
        }
    },
    UNIX_LINES {
        @Override
        List<String> check(SourceFile file) {
            return file.whole(
                    file.text().contains("\r") || !file.text().endsWith("\n"), "lines end with LF, the last one too");
        }
    },
    NO_TRAILING_SPACE {
        @Override
        List<String> check(SourceFile file) {
            return file.where(has("[ \\t]$|^ *\\t"), "neither trailing blanks nor tabs");
        }
    },
    SMALL_FILES {
        @Override
        List<String> check(SourceFile file) {
            long lines = file.text().lines().count();
            return file.whole(
                    file.isJava() && lines > MAX_LINES,
                    lines + " lines, at most " + MAX_LINES + ": split by responsibility");
        }
    },
    TEST_NAMES {
        @Override
        List<String> check(SourceFile file) {
            return file.isJava() && file.isTest() ? badTestNames(file) : List.of();
        }
    },
    TESTS_RUN {
        @Override
        List<String> check(SourceFile file) {
            boolean hasTests = file.isJava()
                    && file.isTest()
                    && TEST_METHOD.matcher(file.text()).find();
            return file.whole(
                    hasTests && !file.path().matches(".*(Test|IT|Contract)\\.java"),
                    "no build runs it: a test class ends with Test or IT, a shared contract with Contract");
        }
    },
    NULL_MARKED_PACKAGES {
        @Override
        List<String> check(SourceFile file) {
            return file.whole(
                    file.path().endsWith("/package-info.java")
                            && (!file.text().contains("@NullMarked")
                                    || !file.text().startsWith("/**")),
                    "a package says what it is and is @NullMarked");
        }
    },
    VERSIONS_IN_THE_ROOT {
        @Override
        List<String> check(SourceFile file) {
            return file.path().matches(".+/pom\\.xml")
                    ? file.where(
                            line -> has("<version>[^$]").test(line) && !line.contains("-SNAPSHOT"),
                            "versions stand in the root pom.xml alone")
                    : List.of();
        }
    };

    private static final int MAX_LINES = 700;
    private static final Pattern TEST_METHOD = Pattern.compile(
            "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b(?:(?!\\bclass\\b)[^{;])*?\\s(\\w+)\\(\\s*[^;{]*\\{");
    private static final Pattern SUBJECT_CONDITION_OUTCOME = Pattern.compile("[a-z][A-Za-z0-9]*(_[A-Za-z0-9]+){2,}");

    abstract List<String> check(SourceFile file);

    List<String> check(Stream<SourceFile> files) {
        return files.flatMap(file -> check(file).stream()).toList();
    }

    private static Predicate<String> has(String regex) {
        return Pattern.compile(regex).asPredicate();
    }

    private static List<String> badTestNames(SourceFile file) {
        return TEST_METHOD
                .matcher(file.text())
                .results()
                .map(result -> result.group(1))
                .filter(name -> !SUBJECT_CONDITION_OUTCOME.matcher(name).matches())
                .map(name -> file.path() + ": " + name + " should be named subject_condition_outcome")
                .toList();
    }
}
