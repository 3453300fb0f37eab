package io.chordata.client.cli;

import io.chordata.client.ChordataClient;
import io.chordata.client.StaleParts;
import io.chordata.client.files.DurableFolders.Syncing;
import io.chordata.client.files.Item;
import io.chordata.client.files.LocalFolder;
import io.chordata.client.files.LocalTree;
import io.chordata.client.files.S3Name;
import io.chordata.client.files.Spool;
import io.chordata.client.files.SyncPlan;
import io.chordata.client.files.SyncPlan.Comparison;
import io.chordata.client.files.SyncPlan.Step;
import io.chordata.client.model.ChordataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes what is below one name like what is below another. */
@Command(
        name = "sync",
        description = {
            "Makes TARGET have what SOURCE has: a folder and an s3:// name, in either direction, or two s3:// names.",
            "Copies what is not there, has another size, or another time: to objects, only what is newer at the source.",
            "A file that differs and is newer than the object is left as it is, and told. Empty folders do not count."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Interrupted, it goes on where it ended when it is called again. Both sides are listed in one order and",
            "compared as they come, so that memory does not grow with their number. When files of up to 1 MiB reach the disk is",
            "left to the system: one that a power cut made short has another size, and the next call fetches it anew.",
            "--delete deletes last, and nothing at all if a listing was not whole or anything failed. It does not empty a",
            "target because the source is empty ('rm -r' does), and leaves alone what --exclude leaves out.",
            "",
            "Examples:",
            "  chordata sync album s3://photos/album",
            "  chordata sync --delete --dry-run s3://photos/album album",
            "  chordata sync --exclude .git/ --exclude '*.tmp' . s3://backup/work"
        })
public final class SyncCommand extends TransferCommand {
    @Parameters(index = "0", paramLabel = "SOURCE", description = "A folder, or s3://BUCKET[/FOLDER].")
    private String source = "";

    @Parameters(index = "1", paramLabel = "TARGET", description = "As SOURCE; it need not be there, a bucket must.")
    private String target = "";

    @Option(names = "--delete", description = "Delete what the source does not have.")
    private boolean delete;

    @Option(names = "--size-only", description = "What has the same size is the same, whatever its time.")
    private boolean sizeOnly;

    @Option(names = "--overwrite-newer", description = "Replace files, too, that are newer than the object.")
    private boolean overwriteNewer;

    /** More are left for another call. */
    private static final int PARTS_MAX = 1_000;

    private final List<Path> parts = new ArrayList<>();
    private @Nullable Spool extra;
    private boolean sourceEmpty;
    private boolean listed;

    public SyncCommand(Map<String, String> environment, boolean onTerminal) {
        super(environment, onTerminal, null);
    }

    @Override
    String action() {
        return "sync";
    }

    @Override
    List<String> words() {
        return List.of(source, target);
    }

    /** The next call finds a file that a power cut made short by its size. */
    @Override
    boolean isSyncingFiles() {
        return false;
    }

    @Override
    void check() {
        super.check();
        if (!S3Name.isOne(source) && !S3Name.isOne(target)) {
            throw new IllegalArgumentException("neither " + source + " nor " + target + " is an s3:// name");
        }
        for (String word : words()) {
            if (S3Name.isOne(word) && S3Name.parse(word).bucket().isEmpty()) {
                throw new IllegalArgumentException("'" + word + "' names no bucket");
            }
        }
        if (words().contains("-")) {
            throw new IllegalArgumentException("'-' is no folder; './-' is one");
        }
        requireApart(source, target);
    }

    @Override
    void transfer(Session session, Transfers transfers, Report report) {
        if (!S3Name.isOne(source) && !Files.isDirectory(Path.of(source))) {
            report.failed(action(), source, Outcome.NOT_FOUND, "NotFound", "there is no such folder");
            return;
        }
        Targets targets = new Targets(report, action(), !isDryRun(), Syncing.NONE);
        Iterator<Item> from = items(session.client(), source, isFollowingLinks(), report);
        sourceEmpty = !from.hasNext();
        SyncPlan plan = plan(session, from, report);
        extra = delete ? new Spool() : null;
        while (plan.hasNext() && !report.isHopeless()) {
            take(plan.next(), transfers, targets, report);
        }
        listed = !plan.hasNext();
        if (!listed) {
            report.leaveOut();
        }
    }

    private SyncPlan plan(Session session, Iterator<Item> from, Report report) {
        Comparison comparison = sizeOnly ? Comparison.SIZE : S3Name.isOne(target) ? Comparison.NEWER : Comparison.TIME;
        boolean keepsNewer = !overwriteNewer && !S3Name.isOne(target);
        return new SyncPlan(from, items(session.client(), target, false, report), comparison, keepsNewer);
    }

    private void take(Step step, Transfers transfers, Targets targets, Report report) {
        switch (step.kind()) {
            case COPY -> {
                Place place = place(source, step.item().name());
                targets.below(target, step.item(), place).ifPresent(there -> transfers.add(step.item(), place, there));
            }
            case EXTRA -> {
                if (extra != null) {
                    extra.add(step.item().name());
                }
            }
            case NEWER_AT_TARGET ->
                report.skipped(
                        place(target, step.item().name()).toString(),
                        "it differs and is newer than the object; --overwrite-newer replaces it");
            case SAME -> {}
        }
    }

    /** All below that name that takes part, in the order of the keys. In a target no link is followed: it leads out of it. */
    private Iterator<Item> items(ChordataClient client, String word, boolean follow, Report report) {
        if (!S3Name.isOne(word)) {
            Path folder = Path.of(word);
            if (!Files.isDirectory(folder)) {
                return Collections.emptyIterator();
            }
            LocalTree tree =
                    new LocalTree(folder, follow, Integer.MAX_VALUE, new TreeReport(report, action(), this::keepPart));
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(tree, Spliterator.ORDERED), false)
                    .filter(item -> filter().test(item.name()))
                    .iterator();
        }
        S3Name folder = S3Name.parse(word).asFolder();
        boolean marksCount = S3Name.isOne(source) && S3Name.isOne(target);
        return Listing.objects(client, folder)
                .filter(object -> object.key().length() > folder.key().length())
                .filter(object -> marksCount || !object.key().endsWith("/"))
                .map(object -> Listing.item(object, folder.key()))
                .filter(item -> filter().test(item.name()))
                .iterator();
    }

    private void keepPart(Path part) {
        if (!S3Name.isOne(target) && parts.size() < PARTS_MAX) {
            parts.add(part);
        }
    }

    /** All files are as their objects are, so what was there of downloads before belongs to none of them. */
    private void removeParts(Report report) {
        if (isDryRun() || !listed || report.failures() > 0) {
            return;
        }
        for (Path part : parts) {
            try {
                StaleParts.remove(part);
            } catch (NoSuchFileException e) {
                // gone on with meanwhile
            } catch (IOException e) {
                report.failed("rm", part.toString(), Outcome.NOT_DONE, "NotDeleted", e.toString());
            }
        }
    }

    private static Place place(String word, String name) {
        if (S3Name.isOne(word)) {
            S3Name folder = S3Name.parse(word).asFolder();
            return Place.of(folder.withKey(folder.key() + name));
        }
        return Place.of(Path.of(word).resolve(name));
    }

    @Override
    void finish(Session session, Report report) {
        removeParts(report);
        Spool names = extra;
        if (names == null) {
            return;
        }
        try (names) {
            if (names.count() == 0) {
                return;
            }
            if (report.failures() > 0 || !listed) {
                report.complain("nothing was deleted, as not all could be listed or copied");
            } else if (sourceEmpty) {
                report.failed(
                        action(),
                        source,
                        Outcome.NOT_DONE,
                        "SourceEmpty",
                        "there is nothing, and a target is not emptied because of that; 'rm -r' does it");
            } else {
                delete(session, names, report);
            }
        }
    }

    private void delete(Session session, Spool names, Report report) {
        if (!S3Name.isOne(target)) {
            LocalFolder folder = new LocalFolder(Path.of(target));
            names.forEach(name -> delete(folder, name, report));
            return;
        }
        S3Name folder = S3Name.parse(target).asFolder();
        try (Deletions deletions = new Deletions(session.client(), folder.bucket(), report, isDryRun())) {
            names.forEach(name -> deletions.add(folder.key() + name));
        } catch (ChordataException e) {
            report.failed("rm", target, e);
        }
    }

    private void delete(LocalFolder folder, String name, Report report) {
        Path file = folder.file(name);
        try {
            if (isDryRun()) {
                report.planned("rm", file.toString(), null, 0);
            } else {
                Files.delete(file);
                report.done("rm", file.toString(), null, 0);
            }
        } catch (IOException e) {
            report.failed("rm", file.toString(), Outcome.NOT_DONE, "NotDeleted", e.toString());
        }
    }
}
