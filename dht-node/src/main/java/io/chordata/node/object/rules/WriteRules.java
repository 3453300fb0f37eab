package io.chordata.node.object.rules;

import io.chordata.node.object.rules.MessageProtos.Conditions;
import io.chordata.node.object.rules.MessageProtos.Refusal.Reason;
import io.chordata.node.object.rules.RowProtos.Body;
import io.chordata.node.object.rules.RowProtos.Head;
import org.jspecify.annotations.Nullable;

/** What every write is held to. */
final class WriteRules {
    private static final String ANY = "*";

    private WriteRules() {}

    /** @param current the key's head, null if it has none */
    static void check(Conditions conditions, @Nullable Head current) {
        if (conditions.getIfNoneMatch() && current != null) {
            throw new RuleRefusal(Reason.PRECONDITION_FAILED, "the object exists");
        }
        if (conditions.hasIfMatch()) {
            checkMatch(conditions.getIfMatch(), current);
        }
    }

    private static void checkMatch(String wanted, @Nullable Head current) {
        if (current == null) {
            throw new RuleRefusal(Reason.NO_SUCH_KEY, "the object does not exist");
        }
        if (!wanted.equals(ANY) && !wanted.equals(current.getEtag())) {
            throw new RuleRefusal(Reason.PRECONDITION_FAILED, "the object's ETag is another");
        }
    }

    /** A body that nothing refers to may be condemned once it is too old, and never before. */
    static void checkAge(Change change, Body body) {
        if (isTooOld(change, body.getStartedMillis())) {
            throw new RuleRefusal(Reason.BODY_TOO_OLD, "the upload took more than 24 hours");
        }
    }

    static boolean isTooOld(Change change, long startedMillis) {
        return change.timeMillis() - Periods.BODY_START_MILLIS > startedMillis;
    }
}
