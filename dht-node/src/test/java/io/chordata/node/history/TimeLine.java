package io.chordata.node.history;

import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Operations as people read them: one a line, with a bar from its request to its answer. */
final class TimeLine {
    private static final int BRIEF = 8;
    private static final int LINES_MAX = 40;

    private TimeLine() {}

    /** As much of an ETag as tells it apart. */
    static String brief(String eTag) {
        return eTag.length() > BRIEF ? eTag.substring(0, BRIEF) : eTag;
    }

    /** Bars are not to scale: they show which came before which. Long lists are cut to their end. */
    static String of(@Nullable Version initial, List<Entry> entries) {
        List<Entry> shown = entries.subList(Math.max(0, entries.size() - LINES_MAX), entries.size());
        StringBuilder text = new StringBuilder();
        text.append("  first: ")
                .append(initial == null ? "nothing" : brief(initial.eTag()))
                .append('\n');
        if (shown.size() < entries.size()) {
            text.append("  (").append(entries.size() - shown.size()).append(" more before)\n");
        }
        SortedSet<Long> positions = new TreeSet<>();
        for (Entry entry : shown) {
            positions.add(entry.invoked());
            positions.add(entry.returned());
        }
        for (Entry entry : shown) {
            text.append(line(entry, positions)).append('\n');
        }
        return text.toString();
    }

    private static String line(Entry entry, SortedSet<Long> positions) {
        int from = positions.headSet(entry.invoked()).size();
        int to = entry.isUnknown()
                ? positions.size() - 1
                : positions.headSet(entry.returned()).size();
        String bar = " ".repeat(from) + "|" + "-".repeat(Math.max(0, to - from - 1)) + (entry.isUnknown() ? ">" : "|");
        return String.format(
                Locale.ROOT,
                "  %-" + positions.size() + "s  %s  (%d to %s)",
                bar,
                entry,
                entry.invokedTime(),
                entry.isUnknown() ? "?" : Long.toString(entry.returnedTime()));
    }
}
