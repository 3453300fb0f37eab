package io.chordata.node.history;

/**
 * What an operation needs the register to hold. A state is {@link #ABSENT}, {@link #OTHER} or the number of a version.
 *
 * @param state what IS and NOT compare with
 */
record Guard(Kind kind, int state) {
    static final int ABSENT = 0;

    /** Any version that nobody asks for by name (any more): they cannot be told apart, so they are one state. */
    static final int OTHER = 1;

    static final int FIRST_VERSION = 2;

    static final Guard ANY = new Guard(Kind.ANY, ABSENT);
    static final Guard NEVER = new Guard(Kind.NEVER, ABSENT);
    static final Guard EXISTS = new Guard(Kind.EXISTS, ABSENT);
    static final Guard MISSING = is(ABSENT);

    enum Kind {
        ANY,
        NEVER,
        IS,
        EXISTS,
        /** There is something, and it is not this. */
        NOT
    }

    static Guard is(int state) {
        return new Guard(Kind.IS, state);
    }

    static Guard not(int version) {
        return new Guard(Kind.NOT, version);
    }

    boolean holds(int now) {
        return switch (kind) {
            case ANY -> true;
            case NEVER -> false;
            case IS -> now == state;
            case EXISTS -> now != ABSENT;
            case NOT -> now != ABSENT && now != state;
        };
    }

    /** It needs one particular version. */
    boolean isExact() {
        return kind == Kind.IS && state != ABSENT;
    }

    /** It tells one particular version from all others. */
    boolean namesVersion() {
        return isExact() || kind == Kind.NOT;
    }

    /** Wherever this holds, the other does. */
    boolean isWithin(Guard other) {
        return equals(other)
                || switch (kind) {
                    case ANY -> false;
                    case NEVER -> true;
                    case IS -> other.holds(state);
                    case EXISTS, NOT -> other.kind == Kind.ANY || other.kind == Kind.EXISTS;
                };
    }
}
