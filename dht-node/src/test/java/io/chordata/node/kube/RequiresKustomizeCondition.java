package io.chordata.node.kube;

import io.chordata.node.process.Requirement;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link RequiresKustomize}. */
final class RequiresKustomizeCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return Kustomize.program()
                .map(words -> ConditionEvaluationResult.enabled("rendered by " + words))
                .orElseGet(() -> Requirement.missing(
                        "neither /usr/bin/kubectl (1.21 or newer) nor /usr/local/bin/kustomize is installed: the latter by"
                                + " 'GOBIN=/usr/local/bin go install sigs.k8s.io/kustomize/kustomize/v5@v5.7.1'",
                        Requirement.isAllRequired()));
    }
}
