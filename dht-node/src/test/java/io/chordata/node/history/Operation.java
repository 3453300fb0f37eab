package io.chordata.node.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a key.
 *
 * <p>An attempt is an operation: a put that is sent again may happen twice, so it is recorded twice. Only a completion that
 * is repeated until it succeeds is one operation, from the first attempt to the answer, since it happens once.
 *
 * @param writes what it leaves if it happens; null for reads and deletes
 * @param other the key at the other end of a copy, null if it is none
 */
public record Operation(
        Kind kind,
        @Nullable Version writes,
        Condition condition,
        @Nullable String other) {
    enum Kind {
        GET,
        HEAD,
        PUT,
        COMPLETE,
        DELETE,
        /** A copy, on the key that it writes. */
        COPY,
        /** A copy, on the key that it reads: a head under a condition. */
        COPY_SOURCE
    }

    public static Operation get() {
        return new Operation(Kind.GET, null, Condition.NONE, null);
    }

    public static Operation head() {
        return new Operation(Kind.HEAD, null, Condition.NONE, null);
    }

    public static Operation put(Version version, Condition condition) {
        return new Operation(Kind.PUT, version, condition, null);
    }

    /** Completes a multipart upload. */
    public static Operation complete(Version version, Condition condition) {
        return new Operation(Kind.COMPLETE, version, condition, null);
    }

    public static Operation delete(Condition condition) {
        return new Operation(Kind.DELETE, null, condition, null);
    }

    /**
     * Copies this version of another key, or none ({@code x-amz-copy-source-if-match}), to the one that this is invoked on. So
     * even a copy without an answer says what it may have written.
     */
    public static Operation copy(String source, Version version) {
        return new Operation(Kind.COPY, version.copied(), Condition.ifMatch(version.eTag()), source);
    }

    Operation atSource(String target) {
        return new Operation(Kind.COPY_SOURCE, null, condition, target);
    }

    @Override
    public String toString() {
        String what = switch (kind) {
            case COPY -> "copy from " + other;
            case COPY_SOURCE -> "copy to " + other;
            case GET, HEAD, PUT, COMPLETE, DELETE -> kind.name().toLowerCase(Locale.ROOT);
        };
        return what + (writes == null ? "" : " " + TimeLine.brief(writes.eTag())) + condition;
    }
}
