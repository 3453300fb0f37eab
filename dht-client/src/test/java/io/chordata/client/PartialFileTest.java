package io.chordata.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.client.model.ObjectInfo;
import io.chordata.client.model.ObjectMetadata;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Who may write where: files of several downloads of one object at one target. */
@SuppressWarnings("NullAway.Init")
class PartialFileTest {
    @TempDir
    private Path directory;

    private Path target;

    @BeforeEach
    void nameTheTarget() {
        target = directory.resolve("file");
    }

    private PartialFile open() throws IOException {
        return PartialFile.open(
                target, new ObjectInfo("b", "k", 4, "tag", null, ObjectMetadata.NONE, Map.of(), null), "whole");
    }

    @Test
    void file_whoseNameIsAnothersByNow_isNotPutInPlace() throws IOException {
        PartialFile mine = open();
        mine.write(List.of(Buffer.buffer("mi"), Buffer.buffer("ne")), 0, null);
        Path name = others().get(0);
        Files.move(name, directory.resolve("taken"));
        Files.writeString(name, "half");

        assertThatThrownBy(() -> mine.commit(4, null, true)).hasMessageContaining("replaced by somebody else");
        mine.discard();

        assertThat(target).doesNotExist();
        assertThat(name).hasContent("half");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void lock_ofTheFirst_outlivesTheSecond() throws IOException {
        PartialFile first = open();
        Path name = others().get(0);
        String end = ":" + Files.getAttribute(name, "unix:ino") + " 0 EOF";
        assertThat(Files.readAllLines(Path.of("/proc/locks"))).anyMatch(line -> line.endsWith(end));

        PartialFile second = open();
        assertThat(others()).hasSize(2);
        second.close();

        assertThat(others()).as("nobody would go on with the second").containsExactly(name);
        assertThat(Files.readAllLines(Path.of("/proc/locks"))).anyMatch(line -> line.endsWith(end));
        first.close();
        open().discard();
        assertThat(others()).as("the first was gone on with").isEmpty();
    }

    @Test
    void link_thatIsInTheWay_isNotWrittenThrough() throws IOException {
        open().close();
        Path name = others().get(0);
        Path victim = Files.writeString(directory.resolve("victim"), "as it was");
        Files.delete(name);
        Files.createSymbolicLink(name, victim);

        PartialFile file = open();
        file.write(List.of(Buffer.buffer("mi"), Buffer.buffer("ne")), 0, null);
        file.commit(4, null, true);

        assertThat(victim).hasContent("as it was");
        assertThat(target).hasContent("mine");
    }

    @Test
    void part_thatNobodyHas_isRemovedOnceItsFileIsThere() throws IOException {
        PartialFile open = open();
        Path part = others().get(0);
        Files.writeString(target, "newer");
        StaleParts.remove(part);
        assertThat(part).as("while somebody has it").exists();

        open.close();
        Files.delete(target);
        StaleParts.remove(part);
        assertThat(part).as("another call may go on with it").exists();

        Files.writeString(target, "newer");
        StaleParts.remove(part);
        assertThat(part).doesNotExist();
        assertThat(target).hasContent("newer");
    }

    private List<Path> others() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.equals(target)).toList();
        }
    }
}
