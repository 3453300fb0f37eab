package io.chordata.client.files;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which upload is of which file, so that another run goes on with it: a small file each, in the user's cache. Where that
 * cannot be written nothing is noted, and an interrupted upload begins anew. What is older than a week is forgotten.
 */
public final class UploadNotes {
    private static final Duration KEPT = Duration.ofDays(7);
    private static final long ID_BYTES_MAX = 4_096;

    private final Path folder;

    public UploadNotes(Path folder) {
        this.folder = folder;
    }

    /** Where such notes are by custom: {@code $XDG_CACHE_HOME/chordata/uploads}, or below {@code ~/.cache}. */
    public static UploadNotes ofUser(Map<String, String> environment) {
        String cache = environment.get("XDG_CACHE_HOME");
        Path base = cache == null || cache.isEmpty()
                ? Path.of(System.getProperty("user.home", "."), ".cache")
                : Path.of(cache);
        return new UploadNotes(base.resolve("chordata").resolve("uploads"));
    }

    /** @param identity of file, target and layout: what must be equal for an upload to be gone on with */
    public Optional<String> find(String identity) {
        Path note = note(identity);
        try {
            return Files.isRegularFile(note) && Files.size(note) <= ID_BYTES_MAX
                    ? Optional.of(Files.readString(note))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    public void keep(String identity, String uploadId) {
        try {
            Files.createDirectories(folder);
            forgetOld();
            Files.writeString(note(identity), uploadId);
        } catch (IOException e) {
            forget(identity);
        }
    }

    public void forget(String identity) {
        try {
            Files.deleteIfExists(note(identity));
        } catch (IOException e) {
            // it names an upload that is no more; the next run will notice
        }
    }

    private void forgetOld() throws IOException {
        Instant oldest = Instant.now().minus(KEPT);
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(folder)) {
            for (Path note : notes) {
                if (Files.getLastModifiedTime(note).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(note);
                }
            }
        }
    }

    private Path note(String identity) {
        return folder.resolve(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                .toString());
    }
}
