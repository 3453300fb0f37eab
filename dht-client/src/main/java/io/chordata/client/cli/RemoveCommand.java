package io.chordata.client.cli;

import io.chordata.client.files.Glob;
import io.chordata.client.files.NameFilter;
import io.chordata.client.files.S3Name;
import io.chordata.client.model.ChordataException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Deletes objects. */
@Command(
        name = "rm",
        description = {
            "Deletes objects: those that are named, those that match a pattern (quote it), or with -r all in a folder.",
            "A name that is there exactly as given is that object alone. One that is not there counts as deleted, as S3",
            "has it."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "-r takes a name as that of a folder: 's3://photos/2026' is all whose keys begin with '2026/'.",
            "",
            "Examples:",
            "  chordata rm s3://photos/cat.jpg",
            "  chordata rm 's3://photos/**/*.tmp' --dry-run",
            "  chordata rm -r --exclude '*.raw' s3://photos/2025/",
            "  chordata ls --json -r s3://photos | jq -r .name | xargs -d '\\n' chordata rm --no-glob"
        })
public final class RemoveCommand extends PrintingCommand {
    @Parameters(arity = "1..*", paramLabel = "s3://BUCKET[/KEY]", description = "What to delete.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "All in these folders, or in the whole bucket.")
    private boolean recursive;

    @Option(names = "--no-glob", description = "Take * ? [ and \\ in names as they stand, always: for scripts.")
    private boolean noGlob;

    @Option(names = "--dry-run", description = "Only tell what would be deleted.")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "Tell failures only.")
    private boolean quiet;

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            description = "Only names that match one of these, below the folder.")
    private List<String> include = new ArrayList<>();

    @Option(names = "--exclude", paramLabel = "PATTERN", description = "No names that match one of these.")
    private List<String> exclude = new ArrayList<>();

    public RemoveCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    void check() {
        NameFilter.of(include, exclude);
        for (String text : names) {
            S3Name name = S3Name.parse(text);
            if (name.bucket().isEmpty() || (name.key().isEmpty() && !recursive)) {
                throw new IllegalArgumentException("'" + text + "' names no object; -r empties a whole bucket");
            }
        }
    }

    @Override
    Outcome run(Session session) {
        Report report = new Report(out(), err(), isJson(), quiet, new ProgressBar(err(), false));
        Map<String, Optional<S3Name>> named = new HashMap<>();
        for (String text : recursive ? List.<String>of() : names) {
            named.put(text, NamedKey.of(session.client(), S3Name.parse(text), noGlob));
        }
        for (String text : names) {
            S3Name name = S3Name.parse(text);
            try (Deletions deletions = new Deletions(session.client(), name.bucket(), report, dryRun)) {
                Iterator<String> keys = keys(session, name, named.getOrDefault(text, Optional.empty()))
                        .iterator();
                if (!keys.hasNext()
                        && named.getOrDefault(text, Optional.empty()).isPresent()) {
                    report.skipped(text, "--include or --exclude leaves it out");
                } else if (!keys.hasNext()) {
                    report.failed("rm", text, Outcome.NOT_FOUND, "NotFound", "there is nothing of that name");
                }
                while (keys.hasNext()) {
                    deletions.add(keys.next());
                }
            } catch (ChordataException e) {
                report.failed("rm", text, e);
            }
        }
        return report.end();
    }

    /** @param one which it is, if it is no pattern and no folder */
    private Stream<String> keys(Session session, S3Name name, Optional<S3Name> one) {
        NameFilter filter = NameFilter.of(include, exclude);
        if (recursive) {
            S3Name folder = name.asFolder();
            return Listing.objects(session.client(), folder)
                    .map(object -> object.key())
                    .filter(key -> filter.test(key.substring(folder.key().length())));
        }
        if (one.isPresent()) {
            return filter.test(one.get().baseName()) ? Stream.of(one.get().key()) : Stream.empty();
        }
        Glob glob = Glob.of(name.key());
        return Listing.matches(session.client(), name.bucket(), glob)
                .map(object -> object.key())
                .filter(key -> filter.test(key.substring(glob.folder().length())));
    }
}
