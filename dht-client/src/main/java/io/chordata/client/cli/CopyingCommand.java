package io.chordata.client.cli;

import io.chordata.client.files.Doubles;
import io.chordata.client.files.DurableFolders;
import io.chordata.client.files.Glob;
import io.chordata.client.files.S3Name;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings what is named to a target: {@code put}, {@code get}, {@code cp} and {@code mv}. */
abstract class CopyingCommand extends TransferCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "SOURCE... TARGET",
            description = {
                "Files, folders, s3://BUCKET/KEY, or patterns of these (quoted): * is any run without a slash, ** any",
                "run, ? one character, [a-z] one of these. A TARGET that ends with a slash, is a folder that is there,",
                "or is for several things, is a folder; else it is the name itself. An s3:// name or a file that is",
                "there exactly as given is that one alone, and no pattern."
            })
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-r", "--recursive"},
            description = "What is in a folder, without the folder's own name, as 'sync' does.")
    private boolean recursive;

    @Option(names = "--no-glob", description = "Take * ? [ and \\ in names as they stand, always: for scripts.")
    private boolean noGlob;

    CopyingCommand(Map<String, String> environment, boolean onTerminal, @Nullable InputStream standardInput) {
        super(environment, onTerminal, standardInput);
    }

    @Override
    final List<String> words() {
        return words;
    }

    List<String> sources() {
        return words.subList(0, words.size() - 1);
    }

    String target() {
        return words.get(words.size() - 1);
    }

    @Override
    void check() {
        super.check();
        if (sources().isEmpty()) {
            throw new IllegalArgumentException("give a SOURCE and a TARGET");
        }
        checkDashes();
        for (String source : sources()) {
            if (!S3Name.isOne(source) && !S3Name.isOne(target())) {
                throw new IllegalArgumentException("neither " + source + " nor " + target() + " is an s3:// name");
            }
            if (S3Name.isOne(source)) {
                S3Name name = S3Name.parse(source);
                if (name.bucket().isEmpty() || (name.isFolder() && !recursive)) {
                    throw new IllegalArgumentException(
                            "'" + source + "' names no object; -r takes what is in a folder");
                }
            }
            if (recursive || (!noGlob && source.contains("**") && Glob.isPattern(source))) {
                requireApart(recursive ? source : Glob.of(source).folder(), target());
            }
        }
        if (S3Name.isOne(target()) && S3Name.parse(target()).bucket().isEmpty()) {
            throw new IllegalArgumentException("'" + target() + "' names no bucket");
        }
    }

    private void checkDashes() {
        if (target().equals("-")) {
            throw new IllegalArgumentException(
                    "'-' is no target: 'cat' writes to the standard output, './-' is a file");
        }
        if (!sources().contains("-")) {
            return;
        }
        if (!isReadingStandardInput()) {
            throw new IllegalArgumentException(
                    "'" + action() + "' does not read the standard input; 'put' and 'cp' do, and './-' is a file");
        }
        if (recursive || sources().size() > 1 || Targets.isFolder(target())) {
            throw new IllegalArgumentException("'-' goes to one object: give its whole name");
        }
    }

    /** Before anything is done: one of two that go to one place would be lost. */
    private boolean isDoubled(Sources sources, Report report) {
        if (sources().size() < 2) {
            return false;
        }
        Optional<String> name =
                Doubles.first(sources().stream().map(sources::names).toList());
        name.ifPresent(twice -> report.failed(
                action(),
                twice,
                Outcome.NOT_DONE,
                "SameTarget",
                "two of the sources have this name, and would be one at the target; nothing was done"));
        return name.isPresent();
    }

    @Override
    final void transfer(Session session, Transfers transfers, Report report) {
        Sources sources = new Sources(
                session.client(),
                new Sources.Choice(recursive, noGlob, isFollowingLinks(), filter()),
                report,
                action());
        Targets targets = new Targets(report, action(), !isDryRun(), DurableFolders::sync);
        boolean folder =
                sources().size() > 1 || sources().stream().anyMatch(sources::isMany) || Targets.isFolder(target());
        if (isDoubled(sources, report)) {
            return;
        }
        for (String word : sources()) {
            if (report.isHopeless()) {
                report.leaveOut();
                return;
            }
            attempt(
                    report,
                    word,
                    () -> sources.forEach(word, (item, source) -> {
                        Optional<Place> target =
                                folder ? targets.below(target(), item, source) : targets.exactly(target(), source);
                        target.ifPresent(place -> {
                            if (place.equals(source)) {
                                report.failed(action(), word, Outcome.NOT_DONE, "SameObject", "it is its own target");
                            } else {
                                transfers.add(item, source, place);
                            }
                        });
                    }));
        }
    }
}
