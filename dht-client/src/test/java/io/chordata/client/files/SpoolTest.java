package io.chordata.client.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    @TempDir
    private Path folder;

    @Test
    void names_thatWereAdded_comeBackInTheirOrder() {
        List<String> read = new ArrayList<>();
        try (Spool spool = new Spool()) {
            List.of("b", "a \u00fc", "").forEach(spool::add);
            spool.forEach(read::add);
        }
        assertThat(read).containsExactly("b", "a \u00fc", "");
    }

    @Test
    void disk_thatIsFull_isToldOnceAndKeepsNoFile() throws IOException {
        Path file = Files.createSymbolicLink(folder.resolve("names"), Path.of("/dev/full"));
        Spool spool = new Spool(file);
        spool.add("name");
        assertThatThrownBy(() -> spool.forEach(name -> {}))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("No space left on device");
        spool.close();
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }
}
