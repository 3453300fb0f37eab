package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import java.util.function.Consumer;

/** Gives each suspect its time to object. */
final class Suspicions {
    private final Parts parts;
    private final Consumer<Entry> onExpired;

    Suspicions(Parts parts, Consumer<Entry> onExpired) {
        this.parts = parts;
        this.onExpired = onExpired;
    }

    void start(Entry entry, NodeId accuser) {
        stop(entry);
        parts.count(Counter.SUSPICIONS);
        SuspicionTimeout timeout =
                SuspicionTimeout.of(parts.options(), parts.table().upCount());
        Agenda.Task expiry = parts.agenda().in(timeout.millis(0), () -> expire(entry));
        entry.setSuspicion(new Suspicion(accuser, parts.agenda().now(), timeout, expiry));
    }

    void stop(Entry entry) {
        Suspicion suspicion = entry.suspicion();
        if (suspicion != null) {
            parts.agenda().cancel(suspicion.expiry());
            entry.setSuspicion(null);
        }
    }

    /** Whether that is news: one more accuser, and less time. */
    boolean confirm(Entry entry, NodeId accuser) {
        Suspicion suspicion = entry.suspicion();
        if (suspicion == null || !suspicion.confirm(accuser)) {
            return false;
        }
        parts.count(Counter.CONFIRMATIONS);
        parts.agenda().cancel(suspicion.expiry());
        suspicion.setExpiry(parts.agenda().at(suspicion.expiryMillis(), () -> expire(entry)));
        return true;
    }

    /** Who was heard a moment ago is not down, whatever became of its objection. */
    private void expire(Entry entry) {
        Suspicion suspicion = entry.suspicion();
        if (suspicion == null) {
            return;
        }
        long moment = 2 * parts.options().probePeriodMillis();
        if (entry.isHeardSince(parts.agenda().now() - moment)) {
            suspicion.setExpiry(parts.agenda().in(moment, () -> expire(entry)));
        } else {
            onExpired.accept(entry);
        }
    }
}
