package io.chordata.node.partition.raft;

import java.util.List;

/**
 * What a replica starts from: what its disk holds, or the snapshot that was just installed.
 *
 * @param hardState the newest that was synced
 * @param terms of what lies right before the oldest entry kept (index 0 of term 0 if all are kept), and of all behind
 * @param applied up to where the rows hold the log; not before the first of {@code terms}
 * @param configurations the one as of the first of {@code terms}, then those of later entries, in order
 * @param lastTimeMillis log time of the last entry
 * @param lastLevel level of the last entry
 */
public record RaftStart(
        HardState hardState,
        TermRuns terms,
        long applied,
        List<Configuration> configurations,
        long lastTimeMillis,
        int lastLevel) {
    public RaftStart {
        configurations = List.copyOf(configurations);
        if (configurations.isEmpty()) {
            throw new IllegalArgumentException("a replica starts from a configuration");
        }
        if (applied < terms.first() || applied > terms.last()) {
            throw new IllegalArgumentException(
                    "applied " + applied + " is outside of the log, " + terms.first() + " to " + terms.last());
        }
    }
}
