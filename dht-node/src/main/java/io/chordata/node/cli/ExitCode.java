package io.chordata.node.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** How the program ended. Scripts rely on the numbers. */
enum ExitCode {
    OK(0, "ended as asked"),
    INTERNAL_ERROR(1, "unexpected error; the log has the cause"),
    USAGE(2, "an option is unknown, missing or not usable"),
    DATA_IN_USE(3, "another process uses the data directory"),
    PORT_TAKEN(4, "an address to listen at is taken or not ours"),
    DATA_UNREADABLE(5, "the data directory is damaged, foreign, or of a newer version; nothing was touched"),
    DISK_FAILED(6, "the disk failed, or the data directory cannot be read or written"),
    REFUSED(7, "the cluster refuses this node: it was decommissioned, or another runs on a copy of its data directory"),
    NOT_DONE(
            8,
            "the cluster did not do what it was asked, no node answered, or the output could not be written;"
                    + " the message says why");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    /** For the help text: numbers and meanings, in order. */
    static Map<String, String> table() {
        Map<String, String> table = new LinkedHashMap<>();
        for (ExitCode code : values()) {
            table.put(String.valueOf(code.number), code.meaning);
        }
        return table;
    }
}
