package io.chordata.client.cli;

import io.chordata.client.model.ChordataException;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a command did to each of many things: counts it, and prints a line for it. Where nobody reads these lines, or
 * they cannot be written, the work goes on without them, and the latter is a failure in the end. Belongs to the command's own
 * thread, as printing may block.
 */
final class Report {
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean json;
    private final boolean quiet;
    private final ProgressBar bar;
    private final Tally tally = new Tally();
    private long skipped;
    private long bytes;
    private boolean muted;
    private boolean untold;
    private boolean leftOut;

    /** @param quiet whether only failures are told */
    Report(PrintWriter out, PrintWriter err, boolean json, boolean quiet, ProgressBar bar) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.quiet = quiet;
        this.bar = bar;
    }

    /** @param target null where there is only one name */
    void done(String action, String source, @Nullable String target, long size) {
        tally.done();
        bytes += size;
        show(action, source, target, size, false);
    }

    /** It would have been done. */
    void planned(String action, String source, @Nullable String target, long size) {
        tally.done();
        show(action, source, target, size, true);
    }

    private void show(String action, String source, @Nullable String target, long size, boolean planned) {
        if (json) {
            JsonObject line = new JsonObject().put("action", action).put("source", source);
            if (target != null) {
                line.put("target", target).put("bytes", size);
            }
            line(planned ? line.put("dryRun", true) : line);
        } else if (!quiet) {
            String arrow = target == null ? "" : " -> " + Texts.printable(target) + " (" + Texts.bytes(size) + ')';
            line((planned ? "would " : "") + action + ' ' + Texts.printable(source) + arrow);
        }
    }

    void failed(String action, String name, Throwable failure) {
        tally.failed(failure);
        tell(action, name, code(failure), Outcome.text(failure));
    }

    void failed(String action, String name, Outcome outcome, String code, String message) {
        tally.failed(outcome);
        tell(action, name, code, message);
    }

    private void tell(String action, String name, String code, String message) {
        if (json) {
            line(new JsonObject()
                    .put("action", action)
                    .put("source", name)
                    .put("error", code)
                    .put("message", message));
        } else {
            complain(action + ' ' + name + ": " + message);
        }
    }

    /** Left out, as it should be. */
    void skipped(String name, String why) {
        skipped++;
        if (json) {
            line(new JsonObject().put("action", "skip").put("source", name).put("message", why));
        } else if (!quiet) {
            line("skip " + Texts.printable(name) + ": " + why);
        }
    }

    /** Of all of it. */
    void complain(String message) {
        bar.clear();
        err.println("chordata: " + Texts.printable(message));
        err.flush();
    }

    private static String code(Throwable failure) {
        return failure instanceof ChordataException shown ? shown.code() : "NotDone";
    }

    private void line(JsonObject object) {
        line(object.encode());
    }

    private void line(String text) {
        if (!muted) {
            bar.clear();
            out.println(text);
            muted = out.checkError();
            if (muted) {
                mute(OutputException.of(out));
            }
        }
    }

    private void mute(OutputException why) {
        if (!why.isClosed()) {
            untold = true;
            complain(why.getMessage() + "; the work goes on without it");
        }
    }

    long failures() {
        return tally.failedCount();
    }

    /** Whether what is left would fail like what failed. */
    boolean isHopeless() {
        return tally.isHopeless();
    }

    /** Something else was to be done, and nobody tries it. */
    void leaveOut() {
        leftOut = true;
    }

    boolean hasLeftOut() {
        return leftOut;
    }

    /** After all of it: a last line, and the outcome. */
    Outcome end() {
        bar.close();
        long done = tally.doneCount();
        long failed = tally.failedCount();
        if (json) {
            line(new JsonObject()
                    .put("done", done)
                    .put("failed", failed)
                    .put("skipped", skipped)
                    .put("bytes", bytes));
        } else if (done + failed + skipped > 1 && (!quiet || failed > 0)) {
            err.println(done + " done" + (failed == 0 ? "" : ", " + failed + " FAILED")
                    + (skipped == 0 ? "" : ", " + skipped + " skipped") + ", " + Texts.bytes(bytes) + "B");
            err.flush();
        }
        return failed == 0 && untold ? Outcome.NOT_DONE : tally.outcome();
    }
}
