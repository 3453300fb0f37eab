package io.chordata.client.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init")
class FileStateTest {
    @TempDir
    private Path directory;

    @Test
    void file_changedWhileItIsRead_isNoticed() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "1");
        FileState state = FileState.of(file);
        assertThatCode(() -> state.requireSame(file)).doesNotThrowAnyException();

        Files.writeString(file, "2", StandardOpenOption.APPEND);
        assertThatThrownBy(() -> state.requireSame(file)).hasMessageContaining("was changed while it was read");
        Path other = Files.writeString(directory.resolve("other"), "1");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> state.requireSame(file)).hasMessageContaining("was changed while it was read");
        assertThatThrownBy(() -> FileState.of(directory)).hasMessageContaining("is no file");
    }
}
