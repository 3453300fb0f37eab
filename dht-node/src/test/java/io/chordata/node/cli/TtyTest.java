package io.chordata.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TtyTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "/dev/pts/3,true",
        "/dev/tty1,true",
        "/dev/console,true",
        "/dev/null,false",
        "/tmp/err.log,false",
        "/tmp/dev/pts/3,false",
        "pipe:[4711],false"
    })
    void descriptor_byWhereItLeads_isATerminalOrNone(String target, boolean isOne) throws IOException {
        Path descriptor = Files.createSymbolicLink(folder.resolve("2"), Path.of(target));
        assertThat(Tty.isOne(descriptor, () -> !isOne)).isEqualTo(isOne);
    }

    @Test
    void descriptor_thatTheSystemDoesNotShow_isAsTheConsoleSays() {
        assertThat(Tty.isOne(folder.resolve("none"), () -> true)).isTrue();
        assertThat(Tty.isOne(folder.resolve("none"), () -> false)).isFalse();
    }
}
