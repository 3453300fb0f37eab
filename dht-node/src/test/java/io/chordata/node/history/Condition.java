package io.chordata.node.history;

/**
 * What a write asks of the key's state.
 *
 * @param eTag what IF_MATCH compares with; empty for the others
 */
public record Condition(Kind kind, String eTag) {
    public static final Condition NONE = new Condition(Kind.NONE, "");
    public static final Condition IF_NONE_MATCH = new Condition(Kind.IF_NONE_MATCH, "");
    public static final Condition IF_MATCH_ANY = new Condition(Kind.IF_MATCH_ANY, "");

    enum Kind {
        NONE,
        /** {@code If-None-Match: *}: there is no object. */
        IF_NONE_MATCH,
        /** {@code If-Match: *}: there is one. */
        IF_MATCH_ANY,
        /** {@code If-Match} with an ETag: there is this one. */
        IF_MATCH
    }

    public static Condition ifMatch(String eTag) {
        return new Condition(Kind.IF_MATCH, eTag);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case NONE -> "";
            case IF_NONE_MATCH -> " if none";
            case IF_MATCH_ANY -> " if any";
            case IF_MATCH -> " if " + TimeLine.brief(eTag);
        };
    }
}
