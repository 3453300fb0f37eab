package io.chordata.node.ring.directory;

import java.util.List;

/** Forgets, after a long time, nodes that are down and never held data. All others stay until they are decommissioned. */
final class Janitor {
    private static final int ROUNDS = 16;

    private final Parts parts;
    private final Judge judge;

    Janitor(Parts parts, Judge judge) {
        this.parts = parts;
        this.judge = judge;
    }

    void start() {
        parts.agenda().in(parts.options().forgetAfterMillis() / ROUNDS, this::clean);
    }

    private void clean() {
        start();
        long limit = parts.agenda().now() - parts.options().forgetAfterMillis();
        List<Entry> forgotten = parts.table().all().stream()
                .filter(entry -> entry.member().isForgettable() && entry.isDownSince(limit))
                .toList();
        forgotten.forEach(judge::forget);
    }
}
