package io.chordata.node.process;

import io.chordata.node.history.Outcome;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** How the attempts of a load ended, and what no node should ever have answered. */
final class LoadCounts {
    private static final int WRONG_KEPT_MAX = 20;

    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unknown = new AtomicLong();
    private final AtomicLong unconnected = new AtomicLong();
    private final AtomicLong failedRequests = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    /** Begins anew. What was wrong stays wrong. */
    void reset() {
        answered.set(0);
        unknown.set(0);
        unconnected.set(0);
        failedRequests.set(0);
    }

    void add(Outcome outcome) {
        if (outcome.equals(Outcome.UNKNOWN)) {
            unknown.incrementAndGet();
        } else if (outcome.equals(Outcome.REFUSED)) {
            unconnected.incrementAndGet();
        } else {
            answered.incrementAndGet();
        }
    }

    /** A client gave up after all its attempts. */
    void failedRequest() {
        failedRequests.incrementAndGet();
    }

    /** An answer that is wrong whatever the cluster's state. */
    void wrong(String answer) {
        if (wrong.size() < WRONG_KEPT_MAX) {
            wrong.add(answer);
        }
    }

    long answered() {
        return answered.get();
    }

    long failedRequests() {
        return failedRequests.get();
    }

    List<String> wrongAnswers() {
        return List.copyOf(wrong);
    }

    /** Of the attempts that reached a node, those whose outcome is known; 1 for none. */
    double answeredShare() {
        long all = answered.get() + unknown.get();
        return all == 0 ? 1 : (double) answered.get() / all;
    }

    @Override
    public String toString() {
        return answered.get() + " attempts answered, " + unknown.get() + " of unknown outcome ("
                + Math.round(answeredShare() * 1000) / 10.0 + " % answered), " + unconnected.get()
                + " refused or not connected, " + failedRequests.get() + " requests failed after all attempts";
    }
}
