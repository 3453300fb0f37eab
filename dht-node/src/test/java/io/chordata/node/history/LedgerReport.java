package io.chordata.node.history;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a ledger's verification came to.
 *
 * @param keys that were read
 * @param findings one for each key that is not as it should be
 */
public record LedgerReport(int keys, List<Finding> findings) {
    private static final int SHOWN = 20;

    public LedgerReport {
        findings = List.copyOf(findings);
    }

    public enum Kind {
        /** An acknowledged body is gone. */
        LOST,
        /** There is a body, but one that was overwritten or never written. */
        WRONG_BODY,
        /** It was deleted, or never written, but it is there. */
        RESURRECTED,
        /** Nobody knows. */
        UNREAD
    }

    public record Finding(Kind kind, String key, String detail) {
        @Override
        public String toString() {
            return kind + " " + key + ": " + detail;
        }
    }

    public boolean isClean() {
        return findings.isEmpty();
    }

    /** The keys of this kind of finding. */
    public Collection<String> keys(Kind kind) {
        return findings.stream()
                .filter(finding -> finding.kind() == kind)
                .map(Finding::key)
                .toList();
    }

    @Override
    public String toString() {
        return keys + " keys, " + (keys - findings.size()) + " fine"
                + findings.stream()
                        .limit(SHOWN)
                        .map(finding -> "\n  " + finding)
                        .collect(Collectors.joining())
                + (findings.size() > SHOWN ? "\n  and " + (findings.size() - SHOWN) + " more" : "");
    }
}
