package io.chordata.node.partition.raft;

import java.util.ArrayDeque;

/**
 * Reads without a log entry (thesis, section 6.4): the leader notes its commit index, then learns from a majority that no
 * other has taken its place. All reads that came before a round began are confirmed by it together. A round belongs to the
 * configuration under which it is answered; when that changes, the rounds under way are asked again.
 *
 * <p>Invariant: {@code confirmed <= started <= joined <= started + 1}.
 */
final class ReadRounds {
    private record Round(long number, long readIndex) {}

    private final RaftRules rules;
    private final int maxUnderWay;
    private final ArrayDeque<Round> underWay = new ArrayDeque<>();
    private long started;
    private long joined;

    ReadRounds(RaftRules rules, int maxUnderWay) {
        this.rules = rules;
        this.maxUnderWay = maxUnderWay;
    }

    /** @return the round that confirms it */
    long join() {
        joined = Math.max(joined, rules.roundOfRead(started));
        return rules.roundOfRead(started);
    }

    /** @return whether a round began, which the members are to be asked for */
    boolean start(long commit) {
        if (joined <= started || underWay.size() >= maxUnderWay) {
            return false;
        }
        started++;
        underWay.add(new Round(started, commit));
        return true;
    }

    long started() {
        return started;
    }

    boolean isUnderWay() {
        return !underWay.isEmpty();
    }

    /**
     * Rounds up to {@code round} are confirmed.
     *
     * @return whether any of them was not before
     */
    boolean confirm(long round, RaftOutbox outbox) {
        Round last = null;
        while (!underWay.isEmpty() && underWay.element().number() <= round) {
            last = underWay.remove();
        }
        if (last != null) {
            outbox.confirmReads(last.number(), last.readIndex());
        }
        return last != null;
    }
}
