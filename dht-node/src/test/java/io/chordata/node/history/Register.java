package io.chordata.node.history;

import org.jspecify.annotations.Nullable;

/**
 * One key as it should be: says what becomes of an operation in a state. It is written apart from {@link Moves}, by what S3
 * answers, so that one can be held against the other.
 */
final class Register {
    private @Nullable Version current;

    Register(@Nullable Version current) {
        this.current = current;
    }

    @Nullable
    Version current() {
        return current;
    }

    Outcome get() {
        return current == null ? Outcome.MISSING : Outcome.seen(current);
    }

    Outcome head() {
        return current == null ? Outcome.MISSING : Outcome.seenETag(current.eTag());
    }

    /** Writes a version, or deletes with null. */
    Outcome write(@Nullable Version version, Condition condition) {
        Outcome refusal = refusal(condition);
        if (refusal == null) {
            current = version;
        }
        return refusal == null ? Outcome.DONE : refusal;
    }

    /** The beginning of a copy. */
    Outcome copyFromHere(Condition condition) {
        if (current == null) {
            return Outcome.MISSING;
        }
        return current.eTag().equals(condition.eTag()) ? Outcome.DONE : Outcome.CONDITION_FAILED;
    }

    private @Nullable Outcome refusal(Condition condition) {
        return switch (condition.kind()) {
            case NONE -> null;
            case IF_NONE_MATCH -> current == null ? null : Outcome.CONDITION_FAILED;
            case IF_MATCH_ANY -> current == null ? Outcome.MISSING : null;
            case IF_MATCH ->
                current == null
                        ? Outcome.MISSING
                        : condition.eTag().equals(current.eTag()) ? null : Outcome.CONDITION_FAILED;
        };
    }
}
