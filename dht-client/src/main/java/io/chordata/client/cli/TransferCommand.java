package io.chordata.client.cli;

import io.chordata.client.files.NameFilter;
import io.chordata.client.files.S3Name;
import io.chordata.client.files.UploadNotes;
import io.chordata.client.model.ChordataException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What commands have in common that bring files and objects somewhere else. */
abstract class TransferCommand extends PrintingCommand {
    private static final long MIB = 1L << 20;
    private static final int PART_MIB_MIN = 5;
    private static final int PART_MIB_MAX = 5_120;
    private static final int PARALLEL_MAX = 512;

    private final boolean onTerminal;
    private final @Nullable InputStream standardInput;

    @Option(
            names = "--parallel",
            defaultValue = "16",
            paramLabel = "N",
            description = "Objects at a time, each in up to four parts at a time (${DEFAULT-VALUE}).")
    private int parallel;

    @Option(
            names = "--part-mib",
            defaultValue = "16",
            paramLabel = "MIB",
            description = "Of each part of a large object, 5 to 5120 (${DEFAULT-VALUE}).")
    private int partMib;

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            description = {
                "Only names that match one of these, below the folder of -r or of SOURCE's pattern. One without a",
                "slash is of a name's last part, one that ends with a slash of a folder anywhere."
            })
    private List<String> include = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "No names that match one of these.")
    private List<String> exclude = new ArrayList<>();

    @Option(names = "--dry-run", description = "Only tell what would be done.")
    private boolean dryRun;

    @Option(names = "--follow-symlinks", description = "Follow symbolic links in folders; else they are left out.")
    private boolean followLinks;

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell failures only.")
    private boolean quiet;

    /** @param standardInput null for a command that does not read it */
    TransferCommand(Map<String, String> environment, boolean onTerminal, @Nullable InputStream standardInput) {
        super(environment);
        this.onTerminal = onTerminal;
        this.standardInput = standardInput;
    }

    @Override
    int parallel() {
        return parallel;
    }

    @Override
    void check() {
        if (parallel < 1 || parallel > PARALLEL_MAX) {
            throw new IllegalArgumentException("--parallel takes 1 to " + PARALLEL_MAX);
        }
        if (partMib < PART_MIB_MIN || partMib > PART_MIB_MAX) {
            throw new IllegalArgumentException("--part-mib takes " + PART_MIB_MIN + " to " + PART_MIB_MAX);
        }
        filter();
        if (words().contains("")) {
            throw new IllegalArgumentException("an empty word names nothing; the folder one is in is '.'");
        }
    }

    final boolean isReadingStandardInput() {
        return standardInput != null;
    }

    @Override
    final Outcome run(Session session) {
        ProgressBar bar = new ProgressBar(err(), onTerminal && !isJson() && !quiet);
        Report report = new Report(out(), err(), isJson(), quiet, bar);
        Mover mover =
                new Mover(session, UploadNotes.ofUser(environment()), standardInput, partMib * MIB, isSyncingFiles());
        Transfers transfers =
                new Transfers(mover, report, bar, new Transfers.Rules(action(), isDeleting(), dryRun, parallel));
        try {
            attempt(report, String.join(" ", words()), () -> transfer(session, transfers, report));
        } finally {
            transfers.await();
        }
        if (report.hasLeftOut()) {
            report.complain("what is left would fare no better; the same command goes on where this ended");
        }
        attempt(report, String.join(" ", words()), () -> finish(session, report));
        return report.end();
    }

    /** @param name of what fails if it does */
    final void attempt(Report report, String name, Runnable work) {
        try {
            work.run();
        } catch (ChordataException | InvalidPathException | UncheckedIOException e) {
            report.failed(action(), name, e);
        }
    }

    /** As it is told. */
    abstract String action();

    abstract List<String> words();

    boolean isDeleting() {
        return false;
    }

    /** Whether small files, too, are to be on the disk before they count. */
    boolean isSyncingFiles() {
        return true;
    }

    abstract void transfer(Session session, Transfers transfers, Report report);

    /** After all transfers are done, or have failed. */
    void finish(Session session, Report report) {}

    final boolean isDryRun() {
        return dryRun;
    }

    final boolean isFollowingLinks() {
        return followLinks;
    }

    final NameFilter filter() {
        return NameFilter.of(include, exclude);
    }

    /** @throws IllegalArgumentException if what is written could be read again */
    static void requireApart(String source, String target) {
        if (!S3Name.isOne(source) || !S3Name.isOne(target)) {
            return;
        }
        S3Name from = S3Name.parse(source).asFolder();
        S3Name to = S3Name.parse(target).asFolder();
        boolean within = from.bucket().equals(to.bucket())
                && (to.key().startsWith(from.key()) || from.key().startsWith(to.key()));
        if (within) {
            throw new IllegalArgumentException(source + " and " + target + " are not apart: one is in the other");
        }
    }
}
