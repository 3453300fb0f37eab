package io.chordata.node.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the whole repository to the house rules, and each rule to a text that breaks it. */
class TidyTest {
    private static final List<SourceFile> FILES = SourceFile.all();
    private static final String TEST_FILE = "dht-node/src/test/java/io/chordata/node/core/SomeTest.java";
    private static final String MAIN_FILE = "dht-node/src/main/java/io/chordata/node/core/Some.java";

    // Written in pieces, so that this file keeps the rules that it samples.
    private static final Map<HouseRules, SourceFile> BROKEN = Map.ofEntries(
            broken(HouseRules.NO_SLEEP_IN_TESTS, TEST_FILE, "Thread.sle" + "ep(100);\n"),
            broken(HouseRules.NO_PRINTING, MAIN_FILE, "System.o" + "ut.println();\n"),
            broken(HouseRules.NO_LOOSE_ENDS, MAIN_FILE, "// TO" + "DO later\n"),
            broken(HouseRules.NO_DISABLED_TESTS, TEST_FILE, "    @Dis" + "abled\n"),
            broken(HouseRules.NO_MOCKS, TEST_FILE, "import static org.mock" + "ito.Mockito.when;\n"),
            broken(HouseRules.NO_WILDCARD_IMPORTS, MAIN_FILE, "import java.util" + ".*;\n"),
            broken(HouseRules.UNIX_LINES, "README.md", "one\r\n"),
            broken(HouseRules.NO_TRAILING_SPACE, "README.md", "one \n"),
            broken(HouseRules.SMALL_FILES, MAIN_FILE, "\n".repeat(701)),
            broken(HouseRules.TEST_NAMES, TEST_FILE, "@Te" + "st\nvoid itWorks() {\n"),
            broken(HouseRules.TESTS_RUN, TEST_FILE.replace("Test.java", "Check.java"), "@Te" + "st\nvoid a_b_c() {\n"),
            broken(HouseRules.NULL_MARKED_PACKAGES, MAIN_FILE.replace("Some", "package-info"), "package x;\n"),
            broken(HouseRules.VERSIONS_IN_THE_ROOT, "dht-node/pom.xml", "<version>1.2</version>\n"));

    private static Map.Entry<HouseRules, SourceFile> broken(HouseRules rule, String path, String text) {
        return Map.entry(rule, new SourceFile(path, text));
    }

    @ParameterizedTest
    @EnumSource
    void repository_asItIs_keepsTheRule(HouseRules rule) {
        assertThat(rule.check(FILES.stream())).as(rule.name()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void rule_heldAgainstItsBrokenSample_fails(HouseRules rule) {
        assertThat(BROKEN).containsKey(rule);
        assertThat(rule.check(Stream.of(BROKEN.get(rule)))).as(rule.name()).isNotEmpty();
    }

    @Test
    void package_ofMainSources_hasItsInfo() {
        List<String> paths = FILES.stream().map(SourceFile::path).toList();
        assertThat(paths.stream()
                        .filter(path -> path.contains("/src/main/java/") && path.endsWith(".java"))
                        .map(path -> path.substring(0, path.lastIndexOf('/')) + "/package-info.java")
                        .distinct())
                .isSubsetOf(paths);
    }

    @Test
    void tidy_inAnyCheckout_readsAllModules() {
        assertThat(FILES).extracting(SourceFile::path).contains("pom.xml", "dht-node/pom.xml", "dht-client/pom.xml");
        assertThat(FILES).hasSizeGreaterThan(60);
    }
}
