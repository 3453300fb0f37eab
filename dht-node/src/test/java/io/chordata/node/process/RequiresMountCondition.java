package io.chordata.node.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link RequiresMount}, by trying. */
final class RequiresMountCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        try (SmallDisk disk = SmallDisk.ofMebibytes(1)) {
            return ConditionEvaluationResult.enabled("mounted " + disk.path());
        } catch (IOException | UncheckedIOException e) {
            return Requirement.missing(
                    "cannot mount a tmpfs, which needs root: " + e.getMessage(), Requirement.isAllRequired());
        }
    }
}
