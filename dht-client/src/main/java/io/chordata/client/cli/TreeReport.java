package io.chordata.client.cli;

import io.chordata.client.files.LocalTree;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Tells of what a listing of files leaves out.
 *
 * @param parts gets what downloads that were interrupted left
 */
record TreeReport(Report report, String action, Consumer<Path> parts) implements LocalTree.Watcher {
    TreeReport(Report report, String action) {
        this(report, action, part -> {});
    }

    @Override
    public void onPart(Path path) {
        parts.accept(path);
    }

    @Override
    public void onSkipped(Path path, String why) {
        report.skipped(path.toString(), why + "; it is left out (--follow-symlinks follows symbolic links)");
    }

    @Override
    public void onFailure(Path path, String why) {
        report.failed(action, path.toString(), Outcome.NOT_DONE, "Unreadable", why);
    }
}
