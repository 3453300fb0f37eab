package io.chordata.client.files;

import io.chordata.client.model.DownloadRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The files below a folder in the order in which S3 lists the keys that they become. One folder of each depth is in memory.
 * Symbolic links are followed only if told so, and never into a folder that they are in; what is neither a file nor a
 * folder is left out, and so is what a download that was interrupted left.
 */
public final class LocalTree implements Iterator<Item> {
    private static final char UNREADABLE = '\ufffd';

    private final Path root;
    private final boolean followLinks;
    private final int depthMax;
    private final Watcher watcher;
    private final Deque<Level> levels = new ArrayDeque<>();
    private @Nullable Item next;

    /** Told of what is not listed. */
    public interface Watcher {
        /** Left out as it should be. */
        void onSkipped(Path path, String why);

        /** It should be in the listing, and is not: the listing is not whole. */
        void onFailure(Path path, String why);

        /** What a download that was interrupted left. */
        default void onPart(Path path) {}
    }

    private record Child(String name, String orderName, Path path, boolean isFolder, long size, long modifiedMillis) {}

    /** @param realPath to see where links lead back to */
    private record Level(@Nullable Path realPath, Iterator<Child> children) {}

    /** @param depthMax how many folders deep files are listed; 1: those in the folder itself */
    public LocalTree(Path root, boolean followLinks, int depthMax, Watcher watcher) {
        this.root = root;
        this.followLinks = followLinks;
        this.depthMax = depthMax;
        this.watcher = watcher;
        enter(root, "");
        advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Item next() {
        Item item = next;
        if (item == null) {
            throw new NoSuchElementException();
        }
        advance();
        return item;
    }

    /** The file of an item of this listing. */
    public Path path(Item item) {
        return root.resolve(item.name());
    }

    private void advance() {
        next = null;
        while (next == null && !levels.isEmpty()) {
            Iterator<Child> children = levels.element().children();
            if (!children.hasNext()) {
                levels.pop();
                continue;
            }
            Child child = children.next();
            if (!child.isFolder()) {
                next = Item.file(child.name(), child.size(), child.modifiedMillis());
            } else if (levels.size() < depthMax) {
                enter(child.path(), child.orderName());
            }
        }
    }

    private void enter(Path folder, String prefix) {
        try {
            Path real = followLinks ? folder.toRealPath() : null;
            if (real != null && levels.stream().anyMatch(level -> real.equals(level.realPath()))) {
                watcher.onSkipped(folder, "a symbolic link that leads back to a folder above it");
                return;
            }
            List<Child> children = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    add(children, entry, prefix);
                }
            }
            children.sort(Comparator.comparing(Child::orderName, KeyOrder.INSTANCE));
            levels.push(new Level(real, children.iterator()));
        } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
            watcher.onFailure(folder, "the folder cannot be read: " + e);
        }
    }

    private void add(List<Child> children, Path entry, String prefix) {
        String name = prefix + entry.getFileName();
        if (name.indexOf(UNREADABLE) >= 0) {
            watcher.onFailure(entry, "the name is no text in this locale (LC_ALL), so no key can be made of it");
            return;
        }
        if (name.endsWith(DownloadRequest.SUFFIX)) {
            watcher.onPart(entry);
            return;
        }
        try {
            BasicFileAttributes attributes = attributes(entry);
            if (attributes.isDirectory()) {
                children.add(new Child(name, name + '/', entry, true, 0, 0));
            } else if (attributes.isRegularFile()) {
                children.add(new Child(
                        name,
                        name,
                        entry,
                        false,
                        attributes.size(),
                        attributes.lastModifiedTime().toMillis()));
            } else {
                watcher.onSkipped(entry, attributes.isSymbolicLink() ? "a symbolic link" : "no file and no folder");
            }
        } catch (NoSuchFileException e) {
            // gone since it was listed, or a link to nothing
            if (Files.isSymbolicLink(entry)) {
                watcher.onSkipped(entry, "a symbolic link to nothing");
            }
        } catch (IOException e) {
            watcher.onFailure(entry, "it cannot be looked at: " + e);
        }
    }

    private BasicFileAttributes attributes(Path entry) throws IOException {
        return followLinks
                ? Files.readAttributes(entry, BasicFileAttributes.class)
                : Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }
}
