package io.chordata.node.process;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/**
 * What becomes of a test that lacks something: it is skipped and says so, unless the environment sets {@code
 * CHORDATA_REQUIRE_ALL} (as {@code .ci/run} does): then it fails.
 */
public final class Requirement {
    private static final String REQUIRE_ALL = "CHORDATA_REQUIRE_ALL";

    private Requirement() {}

    public static boolean isAllRequired() {
        return System.getenv(REQUIRE_ALL) != null;
    }

    public static ConditionEvaluationResult missing(String reason, boolean allRequired) {
        if (allRequired) {
            throw new IllegalStateException(reason + " (" + REQUIRE_ALL + " is set, so this is a failure)");
        }
        return ConditionEvaluationResult.disabled(reason);
    }
}
