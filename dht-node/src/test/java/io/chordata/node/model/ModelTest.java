package io.chordata.node.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.chordata.node.process.Figures;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The TLA+ models come to what their README says, with all rules and with each taken out. Every build runs the short ones;
 * {@code -Dchordata.models=all}, or some names with commas between them, runs others.
 */
class ModelTest {
    private static final Pattern RULE = Pattern.compile("\\bOn\\(\"(\\w+)\"\\)");

    private final List<ModelRun> runs = runs();
    /** A short run keeps one core busy, a long one may have them all. */
    private final ExecutorService checkers =
            Executors.newFixedThreadPool(runs.stream().allMatch(ModelRun::inEveryBuild) ? 2 : 1);

    @AfterEach
    void stop() {
        checkers.shutdownNow();
    }

    @TestFactory
    List<DynamicTest> model_runAsTheReadmeSays_comesToWhatItSays() {
        return runs.stream()
                .map(run -> {
                    Future<Tlc.Result> result = checkers.submit(() -> Tlc.check(run));
                    return dynamicTest(run.name(), () -> hold(run, result.get()));
                })
                .toList();
    }

    @Test
    void readme_ofTheModels_takesOutEachRule() {
        List<ModelRun> all = ModelRun.all();
        assertThat(all).extracting(ModelRun::name).doesNotHaveDuplicates();
        assertThat(all).extracting(ModelRun::module).contains("Group", "Movement", "Condemn");
        for (ModelRun run : all) {
            Stream<String> rules = RULE.matcher(run.specification()).results().map(match -> match.group(1));
            assertThat(rules)
                    .isNotEmpty()
                    .allSatisfy(rule -> assertThat(all)
                            .as("runs of %s without %s", run.module(), rule)
                            .anyMatch(other -> other.module().equals(run.module())
                                    && other.off().contains(rule)));
        }
    }

    private static List<ModelRun> runs() {
        String wanted = System.getProperty("chordata.models", "");
        List<String> names = List.of(wanted.split(","));
        return ModelRun.all().stream()
                .filter(run ->
                        wanted.isEmpty() ? run.inEveryBuild() : wanted.equals("all") || names.contains(run.name()))
                .toList();
    }

    private static void hold(ModelRun run, Tlc.Result result) {
        String without = run.off().isEmpty() ? "" : " without " + String.join(", ", run.off());
        Figures.note("model " + run.module() + " " + run.name() + without + ": " + result.toFigure());
        assertThat(result.verdict()).isEqualTo(run.outcome());
        assertThat(result.size()).isEqualTo(run.size());
    }
}
