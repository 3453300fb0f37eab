package io.chordata.node.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.sim.SimRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Intervals against a walk: sixteen points evenly on the ring, and a walker that goes from one to the next. All triples of
 * points, on rings that begin at zero, just before the wrap, in the sign bit and at random.
 */
class RingIdTest {
    private static final int POINTS = 16;
    private static final long SEED = 16;

    /** What lies between two of the points. */
    private static final Uint128 STEP = new Uint128(1L << 60, 0);

    private static final List<Uint128> ORIGINS = List.of(
            Uint128.ZERO,
            new Uint128(0, 1),
            new Uint128(-1, -1),
            new Uint128(0, -1),
            new Uint128(Long.MIN_VALUE, 0),
            new Uint128(Long.MAX_VALUE, -1),
            new SimRandom(SEED).nextUint128());

    @Test
    void between_allTriples_isWhatAWalkMeets() {
        forAllTriples((points, x, from, to) -> assertThat(points.get(x).isBetween(points.get(from), points.get(to)))
                .as("%d strictly between %d and %d", x, from, to)
                .isEqualTo(walkMeets(x, from, to) && x != to));
    }

    @Test
    void arc_allTriples_holdsWhatAWalkMeetsAndItsEnd() {
        forAllTriples(
                (points, x, from, to) -> assertThat(new Arc(points.get(from), points.get(to)).contains(points.get(x)))
                        .as("%d in (%d, %d]", x, from, to)
                        .isEqualTo(walkMeets(x, from, to)));
    }

    @Test
    void arcs_ofAnyPoints_coverEachPointOnce() {
        SimRandom random = new SimRandom(SEED);
        for (int round = 0; round < 200; round++) {
            List<RingId> ends = randomPoints(random, 1 + random.nextInt(8)).stream()
                    .sorted()
                    .toList();
            RingId point = new RingId(random.nextUint128());
            long covering = IntStream.range(0, ends.size())
                    .filter(i -> new Arc(ends.get(Math.floorMod(i - 1, ends.size())), ends.get(i)).contains(point))
                    .count();
            assertThat(covering).as("arcs of %s that hold %s", ends, point).isEqualTo(1);
        }
    }

    @Test
    void shares_ofAnyArcs_sumToOne() {
        SimRandom random = new SimRandom(SEED);
        for (int round = 0; round < 200; round++) {
            List<RingId> ends = randomPoints(random, 1 + random.nextInt(8)).stream()
                    .sorted()
                    .toList();
            double sum = IntStream.range(0, ends.size())
                    .mapToDouble(i -> new Arc(ends.get(Math.floorMod(i - 1, ends.size())), ends.get(i)).share())
                    .sum();
            assertThat(sum).as("shares of %s", ends).isBetween(1 - 1e-12, 1 + 1e-12);
        }
    }

    @Test
    void between_pointNextToAnEnd_isStrict() {
        for (Uint128 origin : ORIGINS) {
            RingId a = new RingId(origin);
            RingId next = a.plus(new Uint128(0, 1));
            RingId afterNext = next.plus(new Uint128(0, 1));
            assertThat(next.isBetween(a, afterNext)).as("%s", a).isTrue();
            assertThat(next.isBetween(a, next)).as("%s", a).isFalse();
            assertThat(next.isBetween(next, a)).as("%s", a).isFalse();
            assertThat(afterNext.isBetween(next, a)).as("%s", a).isTrue();
            assertThat(a.isBetween(a, a)).as("%s", a).isFalse();
            assertThat(next.isBetween(a, a)).as("%s", a).isTrue();
        }
    }

    @Test
    void between_randomPoints_holdsOneWayRoundOnly() {
        SimRandom random = new SimRandom(SEED);
        for (int round = 0; round < 10_000; round++) {
            List<RingId> points = randomPoints(random, 3);
            RingId a = points.get(0);
            RingId x = points.get(1);
            RingId b = points.get(2);
            assertThat(x.isBetween(a, b)).as("%s", points).isNotEqualTo(x.isBetween(b, a));
            assertThat(x.isBetween(a, b))
                    .as("%s", points)
                    .isEqualTo(b.isBetween(x, a))
                    .isEqualTo(a.isBetween(b, x));
        }
    }

    @Test
    void distance_andPlus_areInverse() {
        SimRandom random = new SimRandom(SEED);
        for (int round = 0; round < 10_000; round++) {
            List<RingId> points = randomPoints(random, 2);
            Uint128 there = points.get(0).distanceTo(points.get(1));
            Uint128 back = points.get(1).distanceTo(points.get(0));
            assertThat(points.get(0).plus(there)).isEqualTo(points.get(1));
            assertThat(there.plus(back)).as("once around").isEqualTo(Uint128.ZERO);
        }
        assertThat(new RingId(Uint128.ZERO).distanceTo(new RingId(Uint128.ZERO)))
                .isEqualTo(Uint128.ZERO);
    }

    @Test
    void share_ofASlice_isItsPartOfTheRing() {
        RingId zero = new RingId(Uint128.ZERO);
        assertThat(new Arc(zero, zero.plus(STEP)).share()).isEqualTo(1.0 / POINTS);
        assertThat(new Arc(zero.plus(STEP), zero).share()).isEqualTo(1 - 1.0 / POINTS);
        assertThat(new Arc(zero, zero).share()).isEqualTo(1);
    }

    private interface Triple {
        void check(List<RingId> points, int x, int from, int to);
    }

    private static void forAllTriples(Triple triple) {
        for (Uint128 origin : ORIGINS) {
            List<RingId> points = evenPoints(origin);
            for (int x = 0; x < POINTS; x++) {
                for (int from = 0; from < POINTS; from++) {
                    for (int to = 0; to < POINTS; to++) {
                        triple.check(points, x, from, to);
                    }
                }
            }
        }
    }

    /** Leaves {@code from} and goes on until it stands on {@code to}, where it stops: after a full turn if both are one. */
    private static boolean walkMeets(int x, int from, int to) {
        int at = from;
        do {
            at = (at + 1) % POINTS;
            if (at == x) {
                return true;
            }
        } while (at != to);
        return false;
    }

    private static List<RingId> evenPoints(Uint128 origin) {
        return IntStream.range(0, POINTS)
                .mapToObj(i -> new RingId(origin.plus(new Uint128((long) i << 60, 0))))
                .toList();
    }

    private static List<RingId> randomPoints(SimRandom random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new RingId(random.nextUint128()))
                .toList();
    }
}
