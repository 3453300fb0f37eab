package io.chordata.client.cli;

import io.chordata.client.files.LocalTree;
import java.nio.file.Path;

/** Tells of what a listing of files leaves out. */
record TreeReport(Report report, String action) implements LocalTree.Watcher {
    @Override
    public void onSkipped(Path path, String why) {
        report.skipped(path.toString(), why + "; it is left out (--follow-symlinks follows symbolic links)");
    }

    @Override
    public void onFailure(Path path, String why) {
        report.failed(action, path.toString(), Outcome.NOT_DONE, "Unreadable", why);
    }
}
