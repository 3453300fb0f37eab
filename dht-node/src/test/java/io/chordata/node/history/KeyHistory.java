package io.chordata.node.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that was asked of one key since it was created, or since its last window was closed.
 *
 * @param initial what the key held at the beginning, null for nothing
 * @param entries in the order invoked
 */
public record KeyHistory(String key, @Nullable Version initial, List<Entry> entries) {
    public KeyHistory {
        entries = List.copyOf(entries);
    }

    KeyHistory with(List<Entry> others) {
        return new KeyHistory(key, initial, others);
    }

    /** What was known at this position: what had not returned by then is open. */
    KeyHistory until(long position) {
        List<Entry> known = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.invoked() <= position) {
                known.add(entry.returned() <= position ? entry : entry.with(Outcome.UNKNOWN));
            }
        }
        return with(known);
    }
}
