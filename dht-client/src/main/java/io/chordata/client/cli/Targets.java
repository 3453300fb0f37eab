package io.chordata.client.cli;

import io.chordata.client.files.DurableFolders.Syncing;
import io.chordata.client.files.Item;
import io.chordata.client.files.LocalFolder;
import io.chordata.client.files.S3Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where things go: below a folder by their names, or to one name. Blocks. */
final class Targets {
    private final Report report;
    private final String action;
    private final boolean making;
    private final Syncing syncing;
    private @Nullable LocalFolder folder;

    /**
     * @param making whether folders are made, as they are not where nothing is done
     * @param syncing done to each folder in which one is made
     */
    Targets(Report report, String action, boolean making, Syncing syncing) {
        this.report = report;
        this.action = action;
        this.making = making;
        this.syncing = syncing;
    }

    /** Whether a word names a folder for what is in it, rather than the thing itself. */
    static boolean isFolder(String word) {
        return S3Name.isOne(word)
                ? S3Name.parse(word).isFolder()
                : word.endsWith("/") || Files.isDirectory(Path.of(word));
    }

    /** The place of that item below the folder; empty, and told, where it can have none. */
    Optional<Place> below(String word, Item item, Place source) {
        if (S3Name.isOne(word)) {
            S3Name name = S3Name.parse(word).asFolder();
            return Optional.of(Place.of(name.withKey(name.key() + item.name())));
        }
        if (item.name().endsWith("/") || item.name().isEmpty()) {
            report.skipped(source.toString(), "it stands for a folder");
            return Optional.empty();
        }
        LocalFolder root = folder(Path.of(word));
        try {
            Path file = root.file(item.name());
            if (making) {
                root.makeFoldersOf(file);
            }
            return free(file, source);
        } catch (IllegalArgumentException e) {
            refuse(source, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            refuse(source, "its folder cannot be made: " + e);
        }
        return Optional.empty();
    }

    private LocalFolder folder(Path root) {
        LocalFolder known = folder;
        if (known == null || !known.root().equals(root)) {
            known = new LocalFolder(root, syncing);
            folder = known;
        }
        return known;
    }

    /** The place itself. */
    Optional<Place> exactly(String word, Place source) {
        if (S3Name.isOne(word)) {
            return Optional.of(Place.of(S3Name.parse(word)));
        }
        Path file = Path.of(word);
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (making && parent != null) {
                LocalFolder.make(parent, syncing);
            }
            return free(file, source);
        } catch (IOException e) {
            refuse(source, "the folder of " + word + " cannot be made: " + e);
            return Optional.empty();
        }
    }

    private Optional<Place> free(Path file, Place source) {
        if (Files.isDirectory(file)) {
            refuse(source, file + " is a folder, so there can be no file of that name");
            return Optional.empty();
        }
        return Optional.of(Place.of(file));
    }

    private void refuse(Place source, String why) {
        report.failed(action, source.toString(), Outcome.NOT_DONE, "NoPlace", why);
    }
}
