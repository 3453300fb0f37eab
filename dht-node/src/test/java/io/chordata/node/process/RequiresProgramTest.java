package io.chordata.node.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;

class RequiresProgramTest {
    @RequiresProgram(value = "/bin/sh", debian = "dash")
    private static final class Present {}

    @RequiresProgram(
            value = {"/bin/sh", "/no/such/program"},
            debian = "no-such-package")
    private static final class Absent {}

    @Test
    void program_thatIsThere_letsTheTestRun() {
        assertThat(decide(Present.class, true).isDisabled()).isFalse();
    }

    @Test
    void program_thatIsMissing_skipsWithTheReason() {
        ConditionEvaluationResult result = decide(Absent.class, false);
        assertThat(result.isDisabled()).isTrue();
        assertThat(result.getReason()).hasValue("[/no/such/program] not installed: apt-get install no-such-package");
    }

    @Test
    void program_thatIsMissingWhereAllIsRequired_fails() {
        assertThatThrownBy(() -> decide(Absent.class, true))
                .hasMessageContaining("/no/such/program")
                .hasMessageContaining("CHORDATA_REQUIRE_ALL");
    }

    private static ConditionEvaluationResult decide(Class<?> type, boolean allRequired) {
        return RequiresProgramCondition.decide(type.getAnnotation(RequiresProgram.class), allRequired);
    }
}
