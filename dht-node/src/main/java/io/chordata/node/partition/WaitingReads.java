package io.chordata.node.partition;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;

/**
 * Queries that wait: first until the leader knows that it still leads, then until the rows hold all that was committed when
 * they came (Ongaro's thesis, section 6.4).
 */
final class WaitingReads {
    /** In order of their round. */
    private final ArrayDeque<Waiting> unconfirmed = new ArrayDeque<>();
    /** In order of their index. */
    private final ArrayDeque<Waiting> unapplied = new ArrayDeque<>();

    /** @param until a round while unconfirmed, an index while unapplied */
    private record Waiting(long until, Promise<Void> ready) {}

    Future<Void> add(long round) {
        Promise<Void> ready = Promise.promise();
        unconfirmed.add(new Waiting(round, ready));
        return ready.future();
    }

    void confirm(long round, long index) {
        while (!unconfirmed.isEmpty() && unconfirmed.element().until() <= round) {
            unapplied.add(new Waiting(index, unconfirmed.remove().ready()));
        }
    }

    void release(long applied) {
        while (!unapplied.isEmpty() && unapplied.element().until() <= applied) {
            unapplied.remove().ready().complete();
        }
    }

    /** No leader any more: nothing that waits will be confirmed. What is confirmed will be answered. */
    void failUnconfirmed(RuntimeException cause) {
        failAll(unconfirmed, cause);
    }

    void failAll(RuntimeException cause) {
        failAll(unconfirmed, cause);
        failAll(unapplied, cause);
    }

    private static void failAll(ArrayDeque<Waiting> reads, RuntimeException cause) {
        while (!reads.isEmpty()) {
            reads.remove().ready().fail(cause);
        }
    }
}
