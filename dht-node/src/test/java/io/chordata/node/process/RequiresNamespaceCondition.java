package io.chordata.node.process;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Decides for {@link RequiresNamespace}, by trying. */
final class RequiresNamespaceCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        try (Namespace namespace = Namespace.create()) {
            namespace.cut(List.of("127.0.0.1"), List.of("127.0.0.2"));
            namespace.heal();
            return ConditionEvaluationResult.enabled("made " + namespace);
        } catch (AssertionError | RuntimeException e) {
            return Requirement.missing(
                    "cannot make a network namespace, which needs root, iproute2 and nftables: " + e.getMessage(),
                    Requirement.isAllRequired());
        }
    }
}
