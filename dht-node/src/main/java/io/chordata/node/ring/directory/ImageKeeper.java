package io.chordata.node.ring.directory;

import org.jspecify.annotations.Nullable;

/** Has the table written to disk when it changed, but not more often than every few seconds. */
final class ImageKeeper {
    private final Parts parts;
    private Agenda.@Nullable Task next;

    ImageKeeper(Parts parts) {
        this.parts = parts;
    }

    void onChanged() {
        if (next == null) {
            next = parts.agenda().in(parts.options().imagePeriodMillis(), this::store);
        }
    }

    void store() {
        if (next != null) {
            parts.agenda().cancel(next);
            next = null;
        }
        parts.outbox().store(encode());
    }

    byte[] encode() {
        return ImageCodec.encode(parts.table().all().stream().map(Entry::member).toList());
    }
}
