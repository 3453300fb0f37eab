package io.chordata.node.cluster;

import io.chordata.node.history.DurabilityLedger;
import io.chordata.node.history.History;
import io.chordata.node.history.Linearizability;
import io.chordata.node.history.ListingOracle;
import io.chordata.node.history.Operation;
import io.chordata.node.history.Outcome;
import io.chordata.node.history.Verdict;
import io.chordata.node.history.Version;
import io.chordata.node.sim.SimScheduler;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was asked of the cluster and what it answered, told to all who judge that. */
final class Oracles {
    private static final int OPERATIONS_MAX = 2_000;
    private static final int CLAIMS_MAX = 400;

    private final SimScheduler scheduler;
    private final History history = new History(OPERATIONS_MAX);
    final DurabilityLedger ledger = new DurabilityLedger(DurabilityLedger.Doubts.MAY_COME_LATE, CLAIMS_MAX);
    final ListingOracle listing = new ListingOracle();

    /** Of each version that may be there. */
    private final Map<String, byte[]> bodies = new LinkedHashMap<>();

    private long acknowledged;
    private long refused;
    private long inDoubt;

    Oracles(SimScheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** An operation under way; {@link #end} is called once. */
    final class Call {
        private final History.Call recorded;
        private final DurabilityLedger.@Nullable Write owed;
        private final ListingOracle.@Nullable Change change;

        private Call(
                History.Call recorded, DurabilityLedger.@Nullable Write owed, ListingOracle.@Nullable Change change) {
            this.recorded = recorded;
            this.owed = owed;
            this.change = change;
        }

        void end(Outcome outcome) {
            scheduler.trace(outcome.toString().hashCode());
            recorded.end(scheduler.nowMillis(), outcome);
            if (outcome.equals(Outcome.UNKNOWN)) {
                inDoubt++;
            } else if (outcome.equals(Outcome.REFUSED)) {
                refused++;
            } else {
                acknowledged++;
            }
            if (owed != null && change != null) {
                settle(owed, change, outcome);
            }
        }

        private void settle(DurabilityLedger.Write write, ListingOracle.Change listed, Outcome outcome) {
            if (outcome.equals(Outcome.DONE)) {
                write.acknowledged();
                listed.acknowledged();
            } else if (outcome.equals(Outcome.UNKNOWN)) {
                write.inDoubt();
                listed.inDoubt();
            } else {
                write.refused();
                listed.refused();
            }
        }
    }

    /** Whether one more operation on the key can be recorded, whatever it is. */
    boolean hasRoom(String key) {
        return history.hasRoom(key, 2) && ledger.hasRoom(key);
    }

    Call read(String client, String key, Operation operation) {
        return new Call(history.invoke(scheduler.nowMillis(), client, key, operation), null, null);
    }

    /** The body is what the key holds if it happens. */
    Call put(String client, String key, Operation operation, Version version, byte[] body) {
        bodies.putIfAbsent(version.eTag(), body);
        return new Call(
                history.invoke(scheduler.nowMillis(), client, key, operation),
                ledger.beginPut(key, version.body()),
                listing.beginPut(key));
    }

    Call delete(String client, String key, Operation operation) {
        return new Call(
                history.invoke(scheduler.nowMillis(), client, key, operation),
                ledger.beginDelete(key),
                listing.beginDelete(key));
    }

    /** Whether these bytes are what that version has from {@code offset} on. */
    boolean isPartOf(String eTag, byte[] bytes, int offset) {
        byte[] body = bodies.get(eTag);
        return body != null
                && offset + bytes.length <= body.length
                && Arrays.equals(bytes, 0, bytes.length, body, offset, offset + bytes.length);
    }

    /** -1 if there is no such version. */
    int sizeOf(String eTag) {
        byte[] body = bodies.get(eTag);
        return body == null ? -1 : body.length;
    }

    byte[] bodyOf(String eTag) {
        byte[] body = bodies.get(eTag);
        if (body == null) {
            throw new AssertionError("nobody ever wrote " + eTag);
        }
        return body;
    }

    long acknowledged() {
        return acknowledged;
    }

    long refused() {
        return refused;
    }

    long inDoubt() {
        return inDoubt;
    }

    /** Holds each key's history against a register. No operation may be under way. */
    void judge() {
        for (String key : history.keys()) {
            Verdict verdict = Linearizability.check(history.retire(key));
            if (!verdict.isLinearizable()) {
                throw new AssertionError(verdict.toString());
            }
        }
    }
}
