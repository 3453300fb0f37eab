package io.chordata.node.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides for {@link RequiresProgram}. */
final class RequiresProgramCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class)
                .map(needs -> decide(needs, Requirement.isAllRequired()))
                .orElse(ConditionEvaluationResult.enabled("needs no program"));
    }

    static ConditionEvaluationResult decide(RequiresProgram needs, boolean allRequired) {
        List<String> missing = Stream.of(needs.value())
                .filter(program -> !Files.exists(Path.of(program)))
                .toList();
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all programs are there");
        }
        return Requirement.missing(missing + " not installed: apt-get install " + needs.debian(), allRequired);
    }
}
