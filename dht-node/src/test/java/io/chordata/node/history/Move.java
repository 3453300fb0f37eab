package io.chordata.node.history;

/**
 * An operation as the register knows it: needs a state, leaves a state.
 *
 * @param entry its number in the history
 * @param returned {@link #OPEN} if it may happen until the end of the history, or never
 * @param guard what it needs; by its outcome, if that is known
 * @param effect what it leaves, or {@link #NOTHING}
 */
record Move(int entry, long invoked, long returned, Guard guard, int effect) {
    static final long OPEN = Long.MAX_VALUE;
    static final int NOTHING = -1;

    boolean isCertain() {
        return returned != OPEN;
    }

    boolean isRead() {
        return effect == NOTHING;
    }

    boolean isUnconditional() {
        return guard.kind() == Guard.Kind.ANY;
    }

    Move certainUntil(long deadline) {
        return new Move(entry, invoked, deadline, guard, effect);
    }

    Move with(Guard other, int otherEffect) {
        return new Move(entry, invoked, returned, other, otherEffect);
    }
}
