package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.chordata.client.files.Glob;
import io.chordata.client.files.Item;
import io.chordata.client.files.LocalTree;
import io.chordata.client.files.NameFilter;
import io.chordata.client.files.S3Name;
import io.chordata.client.model.ChordataException;
import io.chordata.client.model.ObjectSummary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What the words of a command name: files, folders, objects, patterns of these. Blocks. */
final class Sources {
    private final ChordataClient client;
    private final Choice choice;
    private final Report report;
    private final String action;

    /** So that a word means the same all the time, though a first move may take away what it named. */
    private final Map<String, Optional<S3Name>> named = new HashMap<>();

    /**
     * How words are taken.
     *
     * @param noGlob whether what looks like a pattern is none
     * @param followLinks whether symbolic links in folders are followed
     * @param filter of names below a folder, or of what a pattern begins with, and of the last part of what is named as such
     */
    record Choice(boolean recursive, boolean noGlob, boolean followLinks, NameFilter filter) {}

    /** One of them, with its name below the folder that the word names. */
    private record Thing(Item item, Place place) {}

    private static final LocalTree.Watcher SILENT = new LocalTree.Watcher() {
        @Override
        public void onSkipped(Path path, String why) {}

        @Override
        public void onFailure(Path path, String why) {}
    };

    Sources(ChordataClient client, Choice choice, Report report, String action) {
        this.client = client;
        this.choice = choice;
        this.report = report;
        this.action = action;
    }

    /** Whether it can be more than one thing, or none, so that the target must be a folder. */
    boolean isMany(String word) {
        if (choice.recursive()) {
            return true;
        }
        return S3Name.isOne(word)
                ? named(word).isEmpty()
                : !choice.noGlob() && Glob.isPattern(word) && !Files.exists(Path.of(word));
    }

    /** Empty for a pattern. */
    private Optional<S3Name> named(String word) {
        return named.computeIfAbsent(word, asked -> NamedKey.of(client, S3Name.parse(asked), choice.noGlob()));
    }

    /**
     * The names of what is behind a word, below the folder that it names, in the order of the keys' bytes. There are none
     * in a bucket that is not there.
     */
    Iterator<String> names(String word) {
        Iterator<String> names =
                wanted(word, SILENT).map(thing -> thing.item().name()).iterator();
        try {
            return names.hasNext() ? names : Collections.emptyIterator();
        } catch (ChordataException e) {
            if (Outcome.isOfBucket(e)) {
                return Collections.emptyIterator();
            }
            throw e;
        }
    }

    /**
     * Reads the names behind a word as they come.
     *
     * @param reader gets each with its name below the folder that the word names, and the place itself
     */
    void forEach(String word, BiConsumer<Item, Place> reader) {
        if (isFolder(word) && !choice.recursive()) {
            report.failed(action, word, Outcome.NOT_DONE, "IsFolder", "it is a folder; -r takes what is in it");
            return;
        }
        Iterator<Thing> things = wanted(word, new TreeReport(report, action)).iterator();
        if (!things.hasNext()) {
            tellNone(word);
        }
        while (things.hasNext()) {
            Thing thing = things.next();
            reader.accept(thing.item(), thing.place());
        }
    }

    private void tellNone(String word) {
        if (!isMany(word) && things(word, SILENT).findAny().isPresent()) {
            report.skipped(word, "--include or --exclude leaves it out");
        } else {
            report.failed(action, word, Outcome.NOT_FOUND, "NotFound", "there is nothing of that name");
        }
    }

    private static boolean isFolder(String word) {
        return !S3Name.isOne(word) && Files.isDirectory(Path.of(word));
    }

    private Stream<Thing> wanted(String word, LocalTree.Watcher watcher) {
        return things(word, watcher)
                .filter(thing -> choice.filter().test(thing.item().name()));
    }

    private Stream<Thing> things(String word, LocalTree.Watcher watcher) {
        return S3Name.isOne(word)
                ? objects(word)
                : word.equals("-")
                        ? Stream.of(new Thing(new Item("-", -1, 0, null), Place.STANDARD_INPUT))
                        : files(word, watcher);
    }

    private Stream<Thing> objects(String word) {
        S3Name name = S3Name.parse(word);
        if (choice.recursive()) {
            S3Name folder = name.asFolder();
            return below(Listing.objects(client, folder), folder);
        }
        Optional<S3Name> one = named(word);
        if (one.isPresent()) {
            return Stream.of(new Thing(new Item(one.get().baseName(), -1, 0, null), Place.of(one.get())));
        }
        Glob glob = Glob.of(name.key());
        return below(Listing.matches(client, name.bucket(), glob), name.withKey(glob.folder()));
    }

    private static Stream<Thing> below(Stream<ObjectSummary> objects, S3Name folder) {
        return objects.filter(object -> object.key().length() > folder.key().length())
                .map(object -> new Thing(Listing.item(object, folder.key()), Place.of(folder.withKey(object.key()))));
    }

    private Stream<Thing> files(String word, LocalTree.Watcher watcher) {
        Path path = Path.of(word);
        if (Files.isDirectory(path)) {
            return choice.recursive() ? tree(path, Integer.MAX_VALUE, name -> true, watcher) : Stream.empty();
        }
        if (Files.exists(path)) {
            long size = path.toFile().length();
            return Stream.of(new Thing(Item.file(String.valueOf(path.getFileName()), size, 0), Place.of(path)));
        }
        if (choice.noGlob() || !Glob.isPattern(word)) {
            return Stream.empty();
        }
        Glob glob = Glob.of(word);
        Path folder = Path.of(glob.folder());
        return Files.isDirectory(folder.toAbsolutePath())
                ? tree(folder, glob.depth(), name -> glob.matches(glob.folder() + name), watcher)
                : Stream.empty();
    }

    private Stream<Thing> tree(Path folder, int depth, Predicate<String> matching, LocalTree.Watcher watcher) {
        LocalTree tree = new LocalTree(folder, choice.followLinks(), depth, watcher);
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(tree, Spliterator.ORDERED), false)
                .filter(item -> matching.test(item.name()))
                .map(item -> new Thing(item, Place.of(tree.path(item))));
    }
}
