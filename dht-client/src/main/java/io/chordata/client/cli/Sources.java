package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.chordata.client.files.Glob;
import io.chordata.client.files.Item;
import io.chordata.client.files.LocalTree;
import io.chordata.client.files.NameFilter;
import io.chordata.client.files.S3Name;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** What the words of a command name: files, folders, objects, patterns of these. Blocks. */
final class Sources {
    private final ChordataClient client;
    private final Choice choice;
    private final Report report;
    private final String action;

    /**
     * How words are taken.
     *
     * @param noGlob whether what looks like a pattern is none
     * @param followLinks whether symbolic links in folders are followed
     * @param filter of names in folders
     */
    record Choice(boolean recursive, boolean noGlob, boolean followLinks, NameFilter filter) {}

    Sources(ChordataClient client, Choice choice, Report report, String action) {
        this.client = client;
        this.choice = choice;
        this.report = report;
        this.action = action;
    }

    /** Whether it can be more than one thing, or none, so that the target must be a folder. */
    boolean isMany(String word) {
        boolean pattern = !choice.noGlob() && Glob.isPattern(word);
        return choice.recursive() || (pattern && (S3Name.isOne(word) || !Files.exists(Path.of(word))));
    }

    /**
     * Reads the names behind a word as they come.
     *
     * @param reader gets each with its name below the folder that the word names, and the place itself
     */
    void forEach(String word, BiConsumer<Item, Place> reader) {
        Found found = new Found(reader);
        if (S3Name.isOne(word)) {
            objects(S3Name.parse(word), found);
        } else if (word.equals("-")) {
            found.accept(new Item("-", -1, 0, null), Place.STANDARD_INPUT);
        } else {
            files(word, found);
        }
        if (!found.any) {
            report.failed(action, word, Outcome.NOT_FOUND, "NotFound", "there is nothing of that name");
        }
    }

    private static final class Found implements BiConsumer<Item, Place> {
        private final BiConsumer<Item, Place> reader;
        private boolean any;

        Found(BiConsumer<Item, Place> reader) {
            this.reader = reader;
        }

        @Override
        public void accept(Item item, Place place) {
            any = true;
            reader.accept(item, place);
        }
    }

    private void objects(S3Name name, Found found) {
        if (choice.recursive()) {
            S3Name folder = name.asFolder();
            Listing.objects(client, folder)
                    .filter(object -> object.key().length() > folder.key().length())
                    .map(object -> Listing.item(object, folder.key()))
                    .filter(item -> choice.filter().test(item.name()))
                    .forEach(item -> found.accept(item, Place.of(name.withKey(folder.key() + item.name()))));
        } else if (!choice.noGlob() && Glob.isPattern(name.key())) {
            Glob glob = Glob.of(name.key());
            Listing.matches(client, name.bucket(), glob)
                    .filter(object -> object.key().length() > glob.folder().length())
                    .map(object -> Listing.item(object, glob.folder()))
                    .forEach(item -> found.accept(item, Place.of(name.withKey(glob.folder() + item.name()))));
        } else {
            S3Name one = choice.noGlob() ? name : name.withKey(Glob.plain(name.key()));
            found.accept(new Item(one.baseName(), -1, 0, null), Place.of(one));
        }
    }

    private void files(String word, Found found) {
        Path path = Path.of(word);
        if (Files.isDirectory(path)) {
            if (choice.recursive()) {
                tree(path, Integer.MAX_VALUE, choice.filter(), found);
            } else {
                found.any = true;
                report.failed(action, word, Outcome.NOT_DONE, "IsFolder", "it is a folder; -r takes what is in it");
            }
        } else if (Files.exists(path)) {
            long size = path.toFile().length();
            found.accept(Item.file(String.valueOf(path.getFileName()), size, 0), Place.of(path));
        } else if (!choice.noGlob() && Glob.isPattern(word)) {
            Glob glob = Glob.of(word);
            Path folder = Path.of(glob.folder());
            if (Files.isDirectory(folder.toAbsolutePath())) {
                tree(folder, glob.depth(), name -> glob.matches(glob.folder() + name), found);
            }
        }
    }

    private void tree(Path folder, int depth, Predicate<String> wanted, Found found) {
        LocalTree tree = new LocalTree(folder, choice.followLinks(), depth, new TreeReport(report, action));
        tree.forEachRemaining(item -> {
            if (wanted.test(item.name())) {
                found.accept(item, Place.of(tree.path(item)));
            }
        });
    }
}
