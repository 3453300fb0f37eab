package io.chordata.node.ring.directory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All claims of a small world: two starts and a twin of one of them, three versions, all verdicts. */
class StandingTest {
    private static final List<Standing> WORLD = world();

    private static List<Standing> world() {
        List<Standing> world = new ArrayList<>();
        for (Life life : List.of(new Life(1, 5), new Life(2, -3), new Life(2, 4))) {
            for (long version = 1; version <= 3; version++) {
                for (Verdict verdict : Verdict.values()) {
                    world.add(new Standing(life, version, verdict));
                }
            }
        }
        return world;
    }

    @Test
    void merge_ofAnyTwo_isCommutative() {
        for (Standing a : WORLD) {
            for (Standing b : WORLD) {
                assertThat(merge(a, b)).isEqualTo(merge(b, a));
            }
        }
    }

    @Test
    void merge_ofAnyThree_isAssociative() {
        for (Standing a : WORLD) {
            for (Standing b : WORLD) {
                for (Standing c : WORLD) {
                    assertThat(merge(merge(a, b), c)).isEqualTo(merge(a, merge(b, c)));
                }
            }
        }
    }

    @Test
    void merge_withItself_changesNothing() {
        assertThat(WORLD).allSatisfy(claim -> {
            assertThat(merge(claim, claim)).isEqualTo(claim);
            assertThat(claim.overrides(claim)).isFalse();
        });
    }

    @Test
    void overrides_betweenAnyTwo_followsTheTable() {
        for (Standing a : WORLD) {
            for (Standing b : WORLD) {
                assertThat(a.overrides(b)).as("%s over %s", a, b).isEqualTo(byTheTable(a, b));
            }
        }
    }

    /** The table of {@link Standing}, line by line. */
    private static boolean byTheTable(Standing a, Standing b) {
        boolean isEnd = a.verdict() == Verdict.DECOMMISSIONED;
        if (isEnd != (b.verdict() == Verdict.DECOMMISSIONED)) {
            return isEnd;
        }
        if (a.life().incarnation() != b.life().incarnation()) {
            return a.life().incarnation() > b.life().incarnation();
        }
        if (a.life().nonce() != b.life().nonce()) {
            return a.life().nonce() > b.life().nonce();
        }
        if (a.version() != b.version()) {
            return a.version() > b.version();
        }
        return a.verdict().ordinal() > b.verdict().ordinal();
    }

    @Test
    void decommissioned_withWhatever_staysDecommissioned() {
        for (Standing claim : WORLD) {
            assertThat(merge(claim, new Standing(new Life(1, 1), 1, Verdict.DECOMMISSIONED))
                            .verdict())
                    .isEqualTo(Verdict.DECOMMISSIONED);
        }
    }

    @Test
    void objection_toAnyAccusation_overridesIt() {
        for (Verdict verdict : List.of(Verdict.LIVE, Verdict.SUSPECT, Verdict.DOWN)) {
            Standing accused = new Standing(new Life(2, 4), 2, verdict);
            assertThat(new Standing(new Life(2, 4), 3, Verdict.LIVE).overrides(accused))
                    .isTrue();
            assertThat(new Standing(new Life(3, -9), 1, Verdict.LIVE).overrides(accused))
                    .isTrue();
        }
    }

    @Test
    void twins_ofOneStart_areToldApart() {
        assertThat(new Life(2, 4).isTwinOf(new Life(2, -3))).isTrue();
        assertThat(new Life(2, 4).isTwinOf(new Life(2, 4))).isFalse();
        assertThat(new Life(2, 4).isTwinOf(new Life(3, 5))).isFalse();
    }

    @Test
    void tag_ofDifferentWords_differsAndIsNeverZero() {
        assertThat(WORLD.stream().map(Standing::tag).distinct()).hasSize(9).doesNotContain(0);
    }

    private static Standing merge(Standing a, Standing b) {
        Member merged = Nodes.member(1, a).merge(Nodes.member(1, b));
        return merged.standing();
    }
}
