package io.chordata.client.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
class LocalTreeTest implements LocalTree.Watcher {
    @TempDir
    private Path root;

    private final List<String> skipped = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    @Override
    public void onSkipped(Path path, String why) {
        skipped.add(root.relativize(path) + ": " + why);
    }

    @Override
    public void onFailure(Path path, String why) {
        failed.add(root.relativize(path) + ": " + why);
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Path file = root.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.writeString(file, name);
        }
    }

    private List<String> names(boolean followLinks, int depth) {
        List<String> names = new ArrayList<>();
        new LocalTree(root, followLinks, depth, this).forEachRemaining(item -> names.add(item.name()));
        return names;
    }

    @Test
    void files_ofATree_comeInTheOrderOfTheirKeys() throws IOException {
        write("a/b", "a.x", "a-x", "a/b.c/d", "a/b-c", "z", "a0");
        Files.createDirectory(root.resolve("empty"));

        assertThat(names(false, Integer.MAX_VALUE)).containsExactly("a-x", "a.x", "a/b", "a/b-c", "a/b.c/d", "a0", "z");
        assertThat(names(false, 1)).containsExactly("a-x", "a.x", "a0", "z");
        assertThat(names(false, 2)).contains("a/b").doesNotContain("a/b.c/d");
        assertThat(failed).isEmpty();
    }

    @Test
    void links_unlessFollowed_areLeftOutAndTold() throws IOException {
        write("folder/file");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("folder"));
        Files.createSymbolicLink(root.resolve("folder/back"), root);
        Files.createSymbolicLink(root.resolve("nothing"), root.resolve("gone"));

        assertThat(names(false, Integer.MAX_VALUE)).containsExactly("folder/file");
        assertThat(skipped).hasSize(3).allMatch(text -> text.endsWith("a symbolic link"));
        skipped.clear();

        assertThat(names(true, Integer.MAX_VALUE)).containsExactly("folder/file", "link/file");
        assertThat(skipped)
                .containsExactlyInAnyOrder(
                        "nothing: a symbolic link to nothing",
                        "folder/back: a symbolic link that leads back to a folder above it",
                        "link/back: a symbolic link that leads back to a folder above it");
        assertThat(failed).isEmpty();
    }

    @Test
    void leftovers_ofInterruptedDownloads_areLeftOut() throws IOException {
        write("a", ".a.0123.chordata-part");
        assertThat(names(false, 1)).containsExactly("a");
    }

    @Test
    void folder_thatIsNotThere_isAFailure() {
        assertThat(new LocalTree(root.resolve("gone"), false, 1, this).hasNext())
                .isFalse();
        assertThat(failed).singleElement().asString().contains("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/../../x", "/etc/passwd", "a//b", ".", "a/./b", "a/..", "a/", "", "a\0b"})
    void key_thatIsNoFileBelowTheFolder_isRefused(String name) {
        assertThatThrownBy(() -> new LocalFolder(root).file(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be no name of a file");
    }

    @Test
    void key_withOddCharacters_isAFileBelowTheFolder() {
        for (String name : List.of("a", "..a/b..", "...", "a b/*?[x]\\", "~", "-rf")) {
            assertThat(new LocalFolder(root).file(name).normalize().toString()).isEqualTo(root + "/" + name);
        }
    }

    @Test
    void folders_ofAFile_neverLeadThroughALink() throws IOException {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Path inside = Files.createDirectory(root.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        write("inside/file");
        LocalFolder folder = new LocalFolder(inside);

        assertThatThrownBy(() -> folder.makeFoldersOf(folder.file("link/x"))).hasMessageContaining("symbolic link");
        assertThatThrownBy(() -> folder.makeFoldersOf(folder.file("file/x"))).hasMessageContaining("is a file");
        folder.makeFoldersOf(folder.file("new/deep/x"));
        assertThat(inside.resolve("new/deep")).isDirectory();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void folders_thatAreMade_areSyncedWhereTheyStandOrNotAtAll() throws IOException {
        List<Path> synced = new ArrayList<>();
        LocalFolder lasting = new LocalFolder(root.resolve("lasting"), synced::add);
        lasting.makeFoldersOf(lasting.file("new/deep/x"));
        lasting.makeFoldersOf(lasting.file("new/deep/y"));
        assertThat(synced).containsExactly(root, root.resolve("lasting"), root.resolve("lasting/new"));

        LocalFolder fleeting = new LocalFolder(root.resolve("fleeting"), DurableFolders.Syncing.NONE);
        fleeting.makeFoldersOf(fleeting.file("new/x"));
        assertThat(root.resolve("fleeting/new")).isDirectory();
    }

    @Test
    void names_spooled_comeBackInOrder() {
        List<String> names = List.of("a", "ü/💡", "x".repeat(1_024));
        List<String> read = new ArrayList<>();
        try (Spool spool = new Spool()) {
            names.forEach(spool::add);
            assertThat(spool.count()).isEqualTo(3);
            spool.forEach(read::add);
        }
        assertThat(read).isEqualTo(names);
    }

    @Test
    void note_ofAnUpload_isFoundUntilForgotten() throws IOException {
        UploadNotes notes = new UploadNotes(root.resolve("notes"));
        assertThat(notes.find("a")).isEmpty();
        notes.keep("a", "upload-1");
        assertThat(new UploadNotes(root.resolve("notes")).find("a")).contains("upload-1");
        assertThat(notes.find("b")).isEmpty();
        notes.forget("a");
        assertThat(notes.find("a")).isEmpty();

        Path file = Files.write(root.resolve("no folder"), "x".getBytes(StandardCharsets.UTF_8));
        UploadNotes nowhere = new UploadNotes(file);
        nowhere.keep("a", "upload-2");
        assertThat(nowhere.find("a")).isEqualTo(Optional.empty());
    }
}
