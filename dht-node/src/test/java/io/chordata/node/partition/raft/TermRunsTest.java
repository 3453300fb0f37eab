package io.chordata.node.partition.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.sim.SimRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TermRunsTest {
    private static final int RUNS = 300;
    private static final int STEPS = 60;

    @Test
    void runs_afterAnySteps_sayWhatAListWould() {
        for (long seed = 1; seed <= RUNS; seed++) {
            Twin twin = new Twin(seed);
            for (int step = 0; step < STEPS; step++) {
                twin.step();
                twin.check();
            }
        }
    }

    /** Two logs of one history, one of them cut: a hint leads to where they part within as many steps as there are terms. */
    @Test
    void hints_betweenLogsThatParted_leadToTheirLastCommonEntry() {
        for (long seed = 1; seed <= RUNS; seed++) {
            SimRandom random = new SimRandom(seed);
            TermRuns leader = new TermRuns(0, 0);
            TermRuns follower = new TermRuns(0, 0);
            int common = random.nextInt(20);
            long term = 1;
            for (int i = 1; i <= common; i++) {
                term += random.nextInt(2);
                leader.append(i, term);
                follower.append(i, term);
            }
            grow(leader, term + 1, random, true);
            grow(follower, term + 1, random, false);
            long prev = leader.last();
            int questions = 0;
            while (follower.termOf(prev) != leader.termOf(prev)) {
                long hint = follower.lastUpTo(prev, leader.termOf(prev));
                long met = leader.lastUpTo(hint, follower.termOf(hint));
                assertThat(met).as("seed %d", seed).isBetween((long) common, prev);
                prev = Math.min(met, prev - 1);
                questions++;
            }
            assertThat(prev).as("seed %d", seed).isEqualTo(common);
            assertThat(questions).as("seed %d", seed).isLessThan(25);
        }
    }

    /** Terms of the two are different, as a term has one leader. */
    private static void grow(TermRuns runs, long from, SimRandom random, boolean isEven) {
        long term = from;
        for (int i = random.nextInt(30); i > 0; i--) {
            term += random.nextInt(3);
            runs.append(runs.last() + 1, 2 * term + (isEven ? 0 : 1));
        }
    }

    @Test
    void entry_thatDoesNotFollow_isRefused() {
        TermRuns runs = new TermRuns(5, 3);
        assertThatThrownBy(() -> runs.append(7, 3)).hasMessageContaining("does not follow");
        assertThatThrownBy(() -> runs.append(6, 2)).hasMessageContaining("does not follow");
        assertThatThrownBy(() -> runs.truncateFrom(5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> runs.forgetBefore(6)).isInstanceOf(IllegalArgumentException.class);
        assertThat(runs.termOf(5)).isEqualTo(3);
        assertThat(runs.termOf(6)).isEqualTo(TermRuns.UNKNOWN);
        assertThat(runs.termOf(4)).isEqualTo(TermRuns.UNKNOWN);
    }

    /** The runs beside a plain list of terms. */
    private static final class Twin {
        private final long seed;
        private final SimRandom random;
        private final TermRuns runs;
        private final List<Long> terms = new ArrayList<>();
        private long first;

        Twin(long seed) {
            this.seed = seed;
            this.random = new SimRandom(seed);
            this.first = random.nextInt(3) * 10;
            long term = first == 0 ? 0 : random.nextInt(3);
            this.runs = new TermRuns(first, term);
            terms.add(term);
        }

        private long last() {
            return first + terms.size() - 1;
        }

        private long termAt(long index) {
            return terms.get((int) (index - first));
        }

        void step() {
            if (terms.size() > 1 && random.chance(0.1)) {
                long from = random.nextLong(first + 1, last() + 1);
                runs.truncateFrom(from);
                terms.subList((int) (from - first), terms.size()).clear();
            } else if (random.chance(0.1)) {
                long from = random.nextLong(first, last() + 1);
                runs.forgetBefore(from);
                terms.subList(0, (int) (from - first)).clear();
                first = from;
            } else {
                long term = termAt(last()) + (random.chance(0.3) ? 1 + random.nextInt(3) : 0);
                runs.append(last() + 1, term);
                terms.add(term);
            }
        }

        void check() {
            assertThat(runs.first()).as("seed %d", seed).isEqualTo(first);
            assertThat(runs.last()).as("seed %d", seed).isEqualTo(last());
            assertThat(runs.lastTerm()).as("seed %d", seed).isEqualTo(termAt(last()));
            for (long index = first - 2; index <= last() + 2; index++) {
                boolean isKnown = index >= first && index <= last();
                assertThat(runs.termOf(index)).isEqualTo(isKnown ? termAt(index) : TermRuns.UNKNOWN);
            }
            long index = random.nextLong(first - 1, last() + 3);
            long term = random.nextLong(0, termAt(last()) + 2);
            assertThat(runs.lastUpTo(index, term))
                    .as("seed %d: the last up to %d of term %d in %s from %d", seed, index, term, terms, first)
                    .isEqualTo(lastUpTo(index, term));
        }

        private long lastUpTo(long index, long term) {
            for (long at = Math.min(index, last()); at >= first; at--) {
                if (termAt(at) <= term) {
                    return at;
                }
            }
            return first;
        }
    }
}
