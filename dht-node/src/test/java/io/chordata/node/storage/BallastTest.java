package io.chordata.node.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BallastTest {
    private static final long MIB = 1 << 20;
    private static final long ROOMY = 1 << 30;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path file;
    private Ballast ballast;

    @BeforeEach
    void makeBallast() {
        file = directory.resolve("ballast");
        ballast = new Ballast(file);
    }

    @Test
    void ballast_onALargeDisk_growsToItsBoundAndNoFurther() throws IOException {
        grow(100, ROOMY, 1000 * ROOMY);
        assertThat(Files.size(file)).isEqualTo(64 * MIB);
    }

    @Test
    void ballast_onASmallDisk_takesATenth() throws IOException {
        grow(100, ROOMY, 50 * MIB);
        assertThat(Files.size(file)).isEqualTo(5 * MIB);
    }

    @Test
    void ballast_whereLittleIsLeft_doesNotGrow() {
        grow(3, 16 * MIB, ROOMY);
        assertThat(file).doesNotExist();
    }

    @Test
    void ballast_atAStartWithRoom_stays() throws IOException {
        grow(1, ROOMY, ROOMY);
        ballast.dropIfNeeded();
        assertThat(file).exists();
    }

    @Test
    void ballast_thatCannotBeWritten_failsNobody() throws IOException {
        Files.createDirectory(file);
        grow(2, ROOMY, ROOMY);
        assertThat(file).isEmptyDirectory();
    }

    private void grow(int times, long usable, long total) {
        for (int i = 0; i < times; i++) {
            ballast.grow(usable, total);
        }
    }
}
