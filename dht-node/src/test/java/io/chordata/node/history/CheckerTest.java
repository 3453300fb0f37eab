package io.chordata.node.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import io.chordata.node.sim.Seeds;
import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The checker on histories that are right for sure, on others that are wrong for sure, and on small ones of either kind, held
 * against the definition. {@code -Dchordata.seed=N} tries one seed alone, {@code -Dchordata.histories=N} more small ones.
 */
class CheckerTest {
    private static final int SMALL = Integer.getInteger("chordata.histories", 40_000);
    private static final int MIDDLE = SMALL / 4;
    private static final double DECIDED_SHARE_MIN = 0.2;
    private static final int LARGE = 10_000;
    private static final int SECONDS_MAX = 120;
    private static final GoodHistories.Shape COMMON =
            new GoodHistories.Shape(8, 300, 2, 0.1, 50, GoodHistories.Mix.ALL);

    @Test
    void history_ofARealRegister_isLinearizable() {
        Seeds.ofThisCommit(100)
                .forEach(seed -> GoodHistories.of(seed, COMMON)
                        .forEach(history -> assertThat(Linearizability.check(history))
                                .as("seed %s, %s", seed, history.key())
                                .isEqualTo(Verdict.LINEARIZABLE)));
    }

    @ParameterizedTest
    @EnumSource
    void history_withAViolation_isNot(Violation violation) {
        GoodHistories.Shape shape = new GoodHistories.Shape(8, 300, 1, 0.05, 50, GoodHistories.Mix.FEW_DELETES);
        List<Long> applied = new ArrayList<>();
        Seeds.ofThisCommit(40).forEach(seed -> {
            KeyHistory right = GoodHistories.of(seed, shape).get(0);
            Optional<KeyHistory> wrong = Violation.apply(violation, right, new SimRandom(seed));
            wrong.ifPresent(history -> {
                applied.add(seed);
                assertThat(Linearizability.check(history).kind())
                        .as("seed %s", seed)
                        .isEqualTo(Verdict.Kind.NOT_LINEARIZABLE);
            });
        });
        assertThat(applied).as("seeds it applies to").isNotEmpty();
    }

    @Test
    void verdict_onSmallHistories_isThatOfBruteForce() {
        Map<Verdict.Kind, Integer> verdicts = new EnumMap<>(Verdict.Kind.class);
        Seeds.ofThisCommit(SMALL).forEach(seed -> {
            KeyHistory history = RandomHistories.of(seed, 7);
            Verdict verdict = Linearizability.check(history);
            verdicts.merge(verdict.kind(), 1, Integer::sum);
            assertThat(verdict.isLinearizable())
                    .as("seed %s: %s", seed, history.entries())
                    .isEqualTo(BruteForce.isLinearizable(history));
        });
        assertBothAreFrequent(verdicts, SMALL);
        Figures.note("linearizability: " + SMALL + " small histories agree with brute force, " + verdicts);
    }

    @Test
    void verdict_onMiddlingHistories_isThatOfThePlainSearch() {
        Map<Verdict.Kind, Integer> verdicts = new EnumMap<>(Verdict.Kind.class);
        Seeds.ofThisCommit(MIDDLE).forEach(seed -> {
            KeyHistory history = RandomHistories.of(seed, 20);
            Verdict verdict = Linearizability.check(history);
            verdicts.merge(verdict.kind(), 1, Integer::sum);
            Moves moves = Moves.of(history);
            assertThat(verdict.kind())
                    .as("seed %s: %s", seed, history.entries())
                    .isEqualTo(
                            PlainSearch.run(moves.initial(), moves.list()) == Search.Answer.YES
                                    ? Verdict.Kind.LINEARIZABLE
                                    : Verdict.Kind.NOT_LINEARIZABLE);
        });
        assertBothAreFrequent(verdicts, MIDDLE);
    }

    private static void assertBothAreFrequent(Map<Verdict.Kind, Integer> verdicts, int histories) {
        if (Long.getLong("chordata.seed") == null) {
            assertThat(verdicts).containsOnlyKeys(Verdict.Kind.LINEARIZABLE, Verdict.Kind.NOT_LINEARIZABLE);
            assertThat(verdicts.values())
                    .allSatisfy(count -> assertThat(count).isGreaterThan((int) (histories * DECIDED_SHARE_MIN)));
        }
    }

    /** Two windows with a lone get between them, of which the second begins with what the get saw. */
    @Test
    void windows_ofAnyHistory_agreeWithTheWhole() {
        Map<Verdict.Kind, Integer> verdicts = new EnumMap<>(Verdict.Kind.class);
        Seeds.ofThisCommit(MIDDLE).forEach(seed -> {
            KeyHistory whole = RandomHistories.inTwoWindows(seed);
            Verdict verdict = Linearizability.check(whole);
            verdicts.merge(verdict.kind(), 1, Integer::sum);
            assertThat(RandomHistories.windows(whole).stream()
                            .allMatch(window -> Linearizability.check(window).isLinearizable()))
                    .as("seed %s: %s", seed, whole.entries())
                    .isEqualTo(verdict.isLinearizable());
        });
        assertBothAreFrequent(verdicts, MIDDLE);
    }

    @ParameterizedTest
    @EnumSource
    void history_ofTenThousandOperations_isDecidedInSeconds(GoodHistories.Mix mix) {
        long seed = Seeds.ofThisCommit(1).findFirst().orElseThrow();
        KeyHistory right = GoodHistories.of(seed, new GoodHistories.Shape(16, LARGE, 1, 0.1, 500, mix))
                .get(0);
        long unknown = right.entries().stream().filter(Entry::isUnknown).count();
        double rightSeconds = decide(right, Verdict.Kind.LINEARIZABLE, seed);
        KeyHistory wrong = Violation.apply(Violation.LOST_WRITE, right, new SimRandom(seed))
                .orElseThrow();
        double wrongSeconds = decide(wrong, Verdict.Kind.NOT_LINEARIZABLE, seed);
        Figures.note(String.format(
                "linearizability: %d operations of 16 clients on one key, %d unknown, %s: right %.1f s, wrong %.1f s",
                right.entries().size(), unknown, mix, rightSeconds, wrongSeconds));
        assertThat(rightSeconds).isLessThan(SECONDS_MAX);
        assertThat(wrongSeconds).isLessThan(SECONDS_MAX);
    }

    private static double decide(KeyHistory history, Verdict.Kind expected, long seed) {
        long begin = System.nanoTime();
        assertThat(Linearizability.check(history).kind()).as("seed %s", seed).isEqualTo(expected);
        return (System.nanoTime() - begin) / 1e9;
    }
}
