package io.chordata.client.retry;

import io.chordata.client.retry.Failure.Stage;
import java.util.Set;

/** Decides what comes after a failed attempt; see {@link Verdict}. */
public final class RetryRules {
    /** Refused before anything was done, because of load. */
    private static final Set<String> THROTTLING = Set.of(
            "SlowDown",
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "RequestThrottled",
            "RequestLimitExceeded",
            "TooManyRequests",
            "BandwidthLimitExceeded");

    /** Refused, as a try of one's own against another, or because the body came too slowly. */
    private static final Set<String> PASSING = Set.of("OperationAborted", "RequestTimeout");

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int NOT_IMPLEMENTED = 501;

    private RetryRules() {}

    /** @param knownAgain whether the endpoint knows a request by its invocation id */
    public static Verdict judge(Failure failure, Repeat repeat, boolean knownAgain) {
        boolean mayRepeat = repeat == Repeat.SAFE || knownAgain;
        if (failure.stage() == Stage.NOT_ASKED || failure.stage() == Stage.NOT_SENT) {
            return Verdict.MOVE_ON;
        }
        if (failure.stage() == Stage.NO_ANSWER) {
            return mayRepeat ? Verdict.MOVE_ON : Verdict.FAIL_UNKNOWN;
        }
        if (failure.status() == TOO_MANY_REQUESTS || THROTTLING.contains(failure.code())) {
            return Verdict.THROTTLED;
        }
        if (PASSING.contains(failure.code())) {
            return Verdict.BACK_OFF;
        }
        if (!leavesOutcomeOpen(failure)) {
            return Verdict.FAIL;
        }
        return mayRepeat ? Verdict.BACK_OFF : Verdict.FAIL_UNKNOWN;
    }

    /** True where what was asked for may have been done, or may yet be. */
    public static boolean leavesOutcomeOpen(Failure failure) {
        return switch (failure.stage()) {
            case NOT_ASKED, NOT_SENT -> false;
            case NO_ANSWER -> true;
            case ANSWERED ->
                failure.status() >= 500 && failure.status() != NOT_IMPLEMENTED && !THROTTLING.contains(failure.code());
        };
    }
}
