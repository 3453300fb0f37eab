package io.chordata.node.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the documents to what is there: links, packages, commands. */
class DocumentsTest {
    private static final Path ROOT = SourceFile.repository();
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)\\)");

    @Test
    void links_inDocuments_leadSomewhere() {
        SourceFile.all().stream()
                .filter(file -> file.path().endsWith(".md"))
                .forEach(file -> assertThat(LINK.matcher(file.text()).results().map(link -> link.group(1)))
                        .as(file.path())
                        .allSatisfy(
                                target -> assertThat(ROOT.resolve(file.path()).resolveSibling(target))
                                        .exists()));
    }

    @Test
    void architecture_namesEveryPackage_ofTheNode() throws IOException {
        assertThat(Directions.packages())
                .allSatisfy(name -> assertThat(Files.readString(ROOT.resolve("ARCHITECTURE.md")))
                        .containsPattern("(?m)(^| ) +" + Pattern.quote(name) + "( |$)"));
    }

    @Test
    void contributing_namesEveryLongRun_thatThereIs() throws IOException {
        String contributing = Files.readString(ROOT.resolve("CONTRIBUTING.md"));
        try (Stream<Path> scripts = Files.list(ROOT.resolve(".ci/long.d"))) {
            List<String> names = scripts.filter(Files::isRegularFile)
                    .map(script -> "`.ci/long " + script.getFileName())
                    .toList();
            assertThat(names)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(contributing).contains(name));
        }
    }
}
