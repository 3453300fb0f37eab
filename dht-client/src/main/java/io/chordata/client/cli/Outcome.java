package io.chordata.client.cli;

import io.chordata.client.model.ChordataException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How a command on objects ended. Scripts rely on the numbers, which go with those of the whole program. */
public enum Outcome {
    DONE(0, "all of it was done"),
    INTERNAL_ERROR(1, "unexpected error, with a stack trace"),
    USAGE(2, "an option or a name is unknown, missing or not usable"),
    NOT_DONE(8, "refused, or a file or the output could not be read or written; the message says why"),
    SOME_NOT_DONE(9, "of several some were not done; each that was tried is named"),
    NOT_FOUND(10, "there is no such bucket, object or file"),
    NOT_ALLOWED(11, "the endpoint does not accept the keys, or the clock"),
    UNREACHABLE(
            12,
            "no endpoint answered, or none could do it now; it may have happened all the same if the message says so"),
    INTERRUPTED(130, "Ctrl-C (143: SIGTERM); the same command goes on where it ended"),
    OUTPUT_CLOSED(141, "nobody reads what 'ls', 'cat' or 'stat' print");

    private static final Set<String> BUSY = Set.of(ChordataException.CONNECTION_FAILED, ChordataException.TIMEOUT);

    /** These would be no better for the next object. */
    private static final Set<String> HOPELESS = Set.of(
            ChordataException.CONNECTION_FAILED,
            ChordataException.TIMEOUT,
            "InvalidAccessKeyId",
            "SignatureDoesNotMatch",
            "RequestTimeTooSkewed");

    private static final Set<String> KEYS = Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch");

    private final int number;
    private final String meaning;

    Outcome(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    /** For the help text: numbers and meanings, in order. */
    public static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (Outcome outcome : values()) {
            table.put(String.valueOf(outcome.number), outcome.meaning);
        }
        return table;
    }

    static Outcome of(Throwable failure) {
        if (!(failure instanceof ChordataException shown)) {
            return failure instanceof NoSuchFileException ? NOT_FOUND : NOT_DONE;
        }
        if (shown.isNotFound()) {
            return NOT_FOUND;
        }
        return BUSY.contains(shown.code()) ? UNREACHABLE : ofStatus(shown.status());
    }

    /** Of an answer that is a refusal. */
    public static Outcome ofStatus(int status) {
        return status == 401 || status == 403
                ? NOT_ALLOWED
                : status == 404 ? NOT_FOUND : status >= 500 ? UNREACHABLE : NOT_DONE;
    }

    /** Whether others would fail in the same way. */
    static boolean isHopeless(Throwable failure) {
        return failure instanceof ChordataException shown && HOPELESS.contains(shown.code());
    }

    /** Whether the bucket is not there, as it would not be for what else is in it. */
    static boolean isOfBucket(Throwable failure) {
        return failure instanceof ChordataException shown && shown.code().equals("NoSuchBucket");
    }

    /** What went wrong, and what helps if anything does. */
    static String text(Throwable failure) {
        if (!(failure instanceof ChordataException shown)) {
            boolean isPathOnly = failure instanceof FileSystemException;
            return isPathOnly || failure.getMessage() == null ? failure.toString() : failure.getMessage();
        }
        String hint = KEYS.contains(shown.code())
                ? "; the keys are CHORDATA_ACCESS_KEY and CHORDATA_SECRET_KEY"
                : BUSY.contains(shown.code()) ? "; --endpoint names others" : "";
        return shown.getMessage() + hint;
    }
}
