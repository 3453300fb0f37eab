package io.chordata.node.history;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of an operation, as far as its client knows.
 *
 * @param eTag of the version seen; null if none was
 * @param body of the version seen; null if none was, or only its ETag
 */
public record Outcome(
        Kind kind, @Nullable String eTag, @Nullable String body) {
    /** 2xx of a write. */
    public static final Outcome DONE = of(Kind.DONE);

    /** 404 NoSuchKey: of a read, of a write that asked for an object, of a copy that found nothing to copy. */
    public static final Outcome MISSING = of(Kind.MISSING);

    /** 412: the condition did not hold. */
    public static final Outcome CONDITION_FAILED = of(Kind.CONDITION_FAILED);

    /** Any other 4xx: it did not happen and never will, and says nothing of the key. */
    public static final Outcome REFUSED = of(Kind.REFUSED);

    /** A time-out, a 5xx, a connection lost: it may have happened, may happen at any later time, or never. */
    public static final Outcome UNKNOWN = of(Kind.UNKNOWN);

    enum Kind {
        DONE,
        SEEN,
        MISSING,
        CONDITION_FAILED,
        REFUSED,
        UNKNOWN
    }

    private static Outcome of(Kind kind) {
        return new Outcome(kind, null, null);
    }

    /** 200 of a get: this ETag, and a body with this MD5. */
    public static Outcome seen(Version version) {
        return new Outcome(Kind.SEEN, version.eTag(), version.body());
    }

    /** 200 of a head. */
    public static Outcome seenETag(String eTag) {
        return new Outcome(Kind.SEEN, eTag, null);
    }

    @Nullable
    Version version() {
        return eTag == null || body == null ? null : new Version(body, eTag);
    }

    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        if (eTag == null) {
            return name;
        }
        return name + " " + TimeLine.brief(eTag)
                + (body == null || eTag.equals(body) ? "" : " with the body " + TimeLine.brief(body));
    }
}
