package io.chordata.node.partition.move;

/** Something that is tried until it is done, with pauses. */
final class Attempt {
    private boolean isUnderWay;
    private boolean isDone;
    private long dueMillis;
    private int begun;

    boolean isDue(long nowMillis) {
        return !isUnderWay && !isDone && nowMillis >= dueMillis;
    }

    boolean isUnderWay() {
        return isUnderWay;
    }

    boolean isDone() {
        return isDone;
    }

    void begin() {
        isUnderWay = true;
        begun++;
    }

    /** How often. */
    int begun() {
        return begun;
    }

    void end(boolean well, long againMillis) {
        isUnderWay = false;
        isDone = well;
        dueMillis = againMillis;
    }

    /** What comes of it counts no more than a moment ago: it is to be done again then. */
    void expire(long againMillis) {
        isUnderWay = false;
        isDone = false;
        dueMillis = againMillis;
    }
}
