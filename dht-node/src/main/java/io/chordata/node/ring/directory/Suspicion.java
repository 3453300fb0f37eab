package io.chordata.node.ring.directory;

import io.chordata.node.core.NodeId;
import java.util.TreeSet;

/** That a node is suspected, since when and by whom. */
final class Suspicion {
    private final NodeId accuser;
    private final long sinceMillis;
    private final SuspicionTimeout timeout;
    private final TreeSet<NodeId> accusers = new TreeSet<>();
    private Agenda.Task expiry;

    Suspicion(NodeId accuser, long sinceMillis, SuspicionTimeout timeout, Agenda.Task expiry) {
        this.accuser = accuser;
        this.sinceMillis = sinceMillis;
        this.timeout = timeout;
        this.expiry = expiry;
        accusers.add(accuser);
    }

    /** The first. */
    NodeId accuser() {
        return accuser;
    }

    Agenda.Task expiry() {
        return expiry;
    }

    void setExpiry(Agenda.Task next) {
        expiry = next;
    }

    /** Whether this makes the time shorter: more than enough, or the same again, do not. */
    boolean confirm(NodeId other) {
        return accusers.size() <= timeout.confirmationsWanted() && accusers.add(other);
    }

    long expiryMillis() {
        return sinceMillis + timeout.millis(accusers.size() - 1);
    }

    long minMillis() {
        return timeout.minMillis();
    }
}
