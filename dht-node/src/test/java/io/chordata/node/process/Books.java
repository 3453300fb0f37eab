package io.chordata.node.process;

import io.chordata.node.history.Condition;
import io.chordata.node.history.DurabilityLedger;
import io.chordata.node.history.History;
import io.chordata.node.history.KeyHistory;
import io.chordata.node.history.LedgerReport;
import io.chordata.node.history.Linearizability;
import io.chordata.node.history.ListingOracle;
import io.chordata.node.history.Operation;
import io.chordata.node.history.Outcome;
import io.chordata.node.history.Verdict;
import io.chordata.node.history.Version;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that clients of a cluster wrote down, kept outside of it: who asked what of each key and what came of it, what was
 * acknowledged, and what listings must show. An attempt goes into all three, before its request leaves and when its answer is
 * there, so that they cannot differ.
 */
final class Books implements AutoCloseable {
    private static final int OPERATIONS_MAX = 400;
    /** Of those, for clients that saw room at the same moment, and for reads of audits. */
    private static final int RESERVED = 64;

    private final History history = new History(OPERATIONS_MAX);
    private final ListingOracle listings = new ListingOracle();
    private final DurabilityLedger ledger;
    private final long begunNanos = System.nanoTime();
    private long keysJudged;

    private Books(DurabilityLedger ledger) {
        this.ledger = ledger;
    }

    /** The ledger is written to this file as well, which must not exist. */
    static Books keptIn(Path file) {
        return new Books(DurabilityLedger.keptIn(file, DurabilityLedger.Doubts.MAY_COME_LATE, OPERATIONS_MAX));
    }

    /** One request to one node, not repeated by anybody. {@link #end} is called once. */
    final class Attempt {
        private final History.Call call;
        private final DurabilityLedger.@Nullable Write write;
        private final ListingOracle.@Nullable Change change;

        private Attempt(
                History.Call call, DurabilityLedger.@Nullable Write write, ListingOracle.@Nullable Change change) {
            this.call = call;
            this.write = write;
            this.change = change;
        }

        void end(Outcome outcome) {
            call.end(now(), outcome);
            if (write == null || change == null) {
                return;
            }
            if (outcome.equals(Outcome.DONE)) {
                write.acknowledged();
                change.acknowledged();
            } else if (outcome.equals(Outcome.UNKNOWN)) {
                write.inDoubt();
                change.inDoubt();
            } else {
                write.refused();
                change.refused();
            }
        }
    }

    Attempt get(String client, String key) {
        return read(client, key, Operation.get());
    }

    Attempt head(String client, String key) {
        return read(client, key, Operation.head());
    }

    private Attempt read(String client, String key, Operation operation) {
        return new Attempt(history.invoke(now(), client, key, operation), null, null);
    }

    Attempt put(String client, String key, Version version, Condition condition) {
        return new Attempt(
                history.invoke(now(), client, key, Operation.put(version, condition)),
                ledger.beginPut(key, version.body()),
                listings.beginPut(key));
    }

    Attempt delete(String client, String key, Condition condition) {
        return new Attempt(
                history.invoke(now(), client, key, Operation.delete(condition)),
                ledger.beginDelete(key),
                listings.beginDelete(key));
    }

    /** Whether clients may go on with this key. */
    boolean hasRoom(String key) {
        return history.hasRoom(key, RESERVED);
    }

    /** Whether operations on it are still written down: not after it was judged. */
    boolean isOpen(String key) {
        return history.keys().contains(key);
    }

    ListingOracle listings() {
        return listings;
    }

    /** Every key that was ever written, or tried to. */
    List<String> keys() {
        return ledger.keys();
    }

    long acknowledgements() {
        return ledger.acknowledgements();
    }

    /** See {@link DurabilityLedger#verify}. */
    LedgerReport verify(DurabilityLedger.Reader reader) {
        return ledger.verify(reader);
    }

    /** Takes the histories of all keys, which are never to be used again. What is wrong with them; nothing may be under way. */
    List<String> judge() {
        List<String> violations = new ArrayList<>();
        for (String key : history.keys()) {
            KeyHistory whole = history.retire(key);
            Verdict verdict = Linearizability.check(whole);
            keysJudged++;
            if (!verdict.isLinearizable()) {
                violations.add(verdict.toString());
            }
        }
        return violations;
    }

    long keysJudged() {
        return keysJudged;
    }

    /** Milliseconds since the books were opened. */
    private long now() {
        return (System.nanoTime() - begunNanos) / 1_000_000;
    }

    @Override
    public void close() {
        ledger.close();
    }
}
