package io.chordata.node.kube;

import io.chordata.node.process.Command;
import io.chordata.node.process.Requirement;
import java.nio.file.Files;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link RequiresImage}. */
final class RequiresImageCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (!Files.exists(UnpackedImage.archive())) {
            return missing(UnpackedImage.archive() + " is not there: build with the profile, mvn -Pimage");
        }
        return Command.of("/usr/bin/unshare", "--mount", "/bin/true").runToEnd().exitCode() == 0
                ? ConditionEvaluationResult.enabled("can mount")
                : missing("cannot mount, which needs root");
    }

    private static ConditionEvaluationResult missing(String reason) {
        return Requirement.missing(reason, Requirement.isAllRequired());
    }
}
