package io.chordata.node.partition.raft;

import java.util.ArrayDeque;

/**
 * What the leader knows of one member's log, and what is on its way there (thesis, section 10.2.1).
 *
 * <p>Invariant: {@code match < next}. In PROBE one message at a time asks where the logs meet; in REPLICATE messages follow on
 * each other without waiting, within bounds; in SNAPSHOT nothing is sent until the state that is streamed has arrived.
 */
final class Progress {
    enum State {
        PROBE,
        REPLICATE,
        SNAPSHOT
    }

    private record Inflight(long lastIndex, long bytes) {}

    private final Member member;
    private final RaftOptions options;
    private final ArrayDeque<Inflight> inflight = new ArrayDeque<>();
    private long inflightBytes;
    private State state = State.PROBE;
    private long match;
    private long next;
    private boolean paused;
    private boolean loading;
    private long heardMillis;
    private long round;
    private int level;

    Progress(Member member, long next, RaftOptions options, long nowMillis) {
        this.member = member;
        this.next = next;
        this.options = options;
        this.heardMillis = nowMillis;
    }

    Member member() {
        return member;
    }

    State state() {
        return state;
    }

    /** Up to where its log is known to be the leader's, and synced there. */
    long match() {
        return match;
    }

    /** Of the entry to be sent next. */
    long next() {
        return next;
    }

    /** 0 until it said. */
    int level() {
        return level;
    }

    long round() {
        return round;
    }

    long heardMillis() {
        return heardMillis;
    }

    boolean isHeardSince(long millis) {
        return heardMillis >= millis;
    }

    void hear(long nowMillis, int announcedLevel) {
        heardMillis = nowMillis;
        level = announcedLevel;
    }

    void forgive(long nowMillis) {
        heardMillis = nowMillis;
    }

    void answerRound(long answered) {
        round = Math.max(round, answered);
    }

    void forgetRounds() {
        round = 0;
    }

    boolean isReady() {
        boolean full = inflight.size() >= options.maxInflightAppends() || inflightBytes >= options.maxInflightBytes();
        return state != State.SNAPSHOT && !paused && !loading && !full;
    }

    /** Entries up to {@code lastIndex} are on their way. */
    void onSent(long lastIndex, long bytes) {
        if (state == State.PROBE) {
            paused = true;
            return;
        }
        next = lastIndex + 1;
        inflight.add(new Inflight(lastIndex, bytes));
        inflightBytes += bytes;
    }

    void onLoading() {
        loading = true;
    }

    void onLoaded() {
        loading = false;
    }

    /**
     * Its log is the leader's up to {@code index}.
     *
     * @param base of the leader's log: whose log reaches it needs no snapshot
     */
    void onAccepted(long index, long base) {
        match = Math.max(match, index);
        next = Math.max(next, match + 1);
        while (!inflight.isEmpty() && inflight.element().lastIndex() <= match) {
            inflightBytes -= inflight.remove().bytes();
        }
        paused = false;
        if (state == State.PROBE || match >= base) {
            state = State.REPLICATE;
        }
    }

    /**
     * It lacks the entry before those that were sent.
     *
     * @param hint where the logs may meet
     * @return false for a late answer, which says nothing
     */
    boolean onRefused(long prevIndex, long hint) {
        if (state == State.SNAPSHOT || prevIndex <= match) {
            return false;
        }
        if (state == State.PROBE && prevIndex != next - 1) {
            return false;
        }
        probe(Math.max(match, Math.min(hint, prevIndex - 1)) + 1);
        return true;
    }

    /** Something may have been lost: asks again where the logs meet. */
    void probe(long from) {
        state = State.PROBE;
        next = from;
        paused = false;
        inflight.clear();
        inflightBytes = 0;
    }

    void unpause() {
        paused = false;
    }

    void onSnapshot() {
        probe(match + 1);
        state = State.SNAPSHOT;
    }
}
