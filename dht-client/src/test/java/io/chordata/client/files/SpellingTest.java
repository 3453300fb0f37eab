package io.chordata.client.files;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class SpellingTest {
    @TempDir
    private Path directory;

    /** A file system on which upper and lower case are one. */
    private record OneCase(Set<String> there) implements Spelling.Names {
        private static String folded(Path path) {
            return String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        }

        @Override
        public boolean isThere(Path path) {
            return there.stream().anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(folded(path)));
        }

        @Override
        public boolean isSame(Path one, Path other) {
            return folded(one).equals(folded(other));
        }

        @Override
        public boolean hasExactly(Path folder, String name) {
            return there.contains(name);
        }
    }

    @Test
    void name_whereCaseMakesNoDifference_isRefusedIfAnotherHasIt() {
        Spelling spelling = new Spelling(new OneCase(Set.of("Photo.jpg", "ÉTÉ")));
        for (String taken : Set.of("photo.jpg", "PHOTO.JPG", "été")) {
            assertThatThrownBy(() -> spelling.requireOwn(directory.resolve(taken)))
                    .as(taken)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("upper and lower case only");
        }
        for (String free : Set.of("Photo.jpg", "photo", "ÉTÉ", "1", "été.txt")) {
            assertThatCode(() -> spelling.requireOwn(directory.resolve(free)))
                    .as(free)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void names_ofThisFileSystem_areTheirOwn() throws IOException {
        Path upper = Files.writeString(directory.resolve("A"), "1");
        Spelling spelling = new Spelling();
        assertThatCode(() -> spelling.requireOwn(upper)).doesNotThrowAnyException();
        Path lower = directory.resolve("a");
        if (Files.exists(lower)) {
            assertThatThrownBy(() -> spelling.requireOwn(lower)).hasMessageContaining("upper and lower case only");
            return;
        }
        Files.createLink(lower, upper);
        assertThatCode(() -> spelling.requireOwn(lower))
                .as("a hard link of its own name")
                .doesNotThrowAnyException();
    }
}
