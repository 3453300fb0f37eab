package io.chordata.node.history;

/**
 * What a checker came to.
 *
 * @param explanation for people; empty if all is well
 */
public record Verdict(Kind kind, String explanation) {
    static final Verdict LINEARIZABLE = new Verdict(Kind.LINEARIZABLE, "");

    enum Kind {
        LINEARIZABLE,
        NOT_LINEARIZABLE,
        /** Not within the bounds: no pass, but something to look at. */
        UNDECIDED
    }

    public boolean isLinearizable() {
        return kind == Kind.LINEARIZABLE;
    }

    @Override
    public String toString() {
        return explanation.isEmpty() ? kind.toString() : kind + ": " + explanation;
    }
}
