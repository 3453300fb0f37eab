package io.chordata.node.ring.directory;

/**
 * How far this node trusts its own judgement (Lifeguard, section IV-A). Each sign that it is the slow one, and not those it
 * asks, makes it ask less often and wait longer.
 */
final class LocalHealth {
    private final int max;
    private int score;

    LocalHealth(int max) {
        this.max = max;
    }

    /** 0 is well. */
    int score() {
        return score;
    }

    void better() {
        score = Math.max(0, score - 1);
    }

    void worse(int by) {
        score = Math.min(max, score + by);
    }

    long scale(long millis) {
        return millis * (1 + score);
    }
}
