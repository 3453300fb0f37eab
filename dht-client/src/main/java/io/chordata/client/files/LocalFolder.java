package io.chordata.client.files;

import io.chordata.client.files.DurableFolders.Syncing;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder that keys become files in, and never files outside of it: not by {@code ..}, not by a slash at the beginning, and
 * not by a symbolic link in it. Belongs to one thread.
 */
public final class LocalFolder {
    private static final Spelling SPELLING = new Spelling();

    private final Path root;
    private final Syncing syncing;

    /** The last one that was made or found: most names come after another of the same folder. */
    private @Nullable Path latest;

    public LocalFolder(Path root) {
        this(root, DurableFolders::sync);
    }

    /** @param syncing done to each folder in which one is made */
    public LocalFolder(Path root, Syncing syncing) {
        this.root = root;
        this.syncing = syncing;
    }

    public Path root() {
        return root;
    }

    /**
     * Which file a name below the folder is.
     *
     * @throws IllegalArgumentException if it can be none here; the message says why
     */
    public Path file(String name) {
        Path path = root;
        for (String part : name.split("/", -1)) {
            require(part, name);
            try {
                path = path.resolve(part);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(
                        "'" + name + "' can be no name of a file here: " + e.getReason() + " (LC_ALL=C.UTF-8 may help)",
                        e);
            }
        }
        return path;
    }

    private static void require(String part, String name) {
        String why = part.isEmpty()
                ? "a part of it is empty"
                : part.equals(".") || part.equals("..")
                        ? "'" + part + "' in it means another folder"
                        : part.indexOf('\\') >= 0 && File.separatorChar == '\\' ? "it has a backslash" : "";
        if (!why.isEmpty()) {
            throw new IllegalArgumentException("'" + name + "' can be no name of a file: " + why);
        }
    }

    /**
     * Makes the folders that the file needs.
     *
     * @throws IllegalArgumentException if one of them is a symbolic link or a file
     */
    public void makeFoldersOf(Path file) throws IOException {
        Path wanted = file.resolveSibling("");
        if (wanted.equals(latest)) {
            return;
        }
        make(root, syncing);
        Path folder = root;
        for (Path part : root.relativize(wanted)) {
            folder = part.toString().isEmpty() ? folder : folder.resolve(part);
            if (folder.equals(root)) {
                continue;
            }
            if (Files.isSymbolicLink(folder)) {
                throw new IllegalArgumentException(
                        folder + " is a symbolic link, and what is behind it is outside of the target");
            }
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException(folder + " is a file, so there can be none in it");
            }
            requireOwnName(folder);
        }
        make(folder, syncing);
        latest = wanted;
    }

    private static void requireOwnName(Path folder) throws IOException {
        try {
            SPELLING.requireOwn(folder);
        } catch (IOException e) {
            throw new IOException(folder + ": " + e.getMessage(), e);
        }
    }

    /** Makes a folder and those that it is in. A link to a folder is one. */
    public static void make(Path folder, Syncing syncing) throws IOException {
        DurableFolders.make(folder, syncing);
    }
}
