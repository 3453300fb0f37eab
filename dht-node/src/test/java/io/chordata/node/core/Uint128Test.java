package io.chordata.node.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.chordata.node.sim.SimRandom;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Against {@link BigInteger}: all pairs of the numbers where carries, signs and wraps happen, and of random ones. */
class Uint128Test {
    private static final long SEED = 128;
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(128);
    private static final long[] EDGES = {0, 1, 2, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1, 1L << 52, (1L << 53) + 1};

    @Test
    void sum_ofAllPairs_wrapsLikeIntegersModulo() {
        forAllPairs((a, b) -> assertThat(big(a.plus(b)))
                .as("%s + %s", a, b)
                .isEqualTo(big(a).add(big(b)).mod(MODULUS)));
    }

    @Test
    void difference_ofAllPairs_wrapsLikeIntegersModulo() {
        forAllPairs((a, b) -> assertThat(big(a.minus(b)))
                .as("%s - %s", a, b)
                .isEqualTo(big(a).subtract(big(b)).mod(MODULUS)));
    }

    @Test
    void order_ofAllPairs_isUnsigned() {
        forAllPairs((a, b) ->
                assertThat(Integer.signum(a.compareTo(b))).as("%s and %s", a, b).isEqualTo(big(a).compareTo(big(b))));
    }

    @Test
    void toDouble_ofAll_isWithinTwoUnitsOfTheLastPlace() {
        for (Uint128 number : numbers()) {
            double exact = big(number).doubleValue();
            assertThat(number.toDouble())
                    .as("%s", number)
                    .isBetween(exact - 2 * Math.ulp(exact), exact + 2 * Math.ulp(exact));
        }
    }

    @Test
    void toDouble_ofRisingNumbers_neverFalls() {
        List<Uint128> sorted = numbers().stream().sorted().toList();
        for (int i = 1; i < sorted.size(); i++) {
            assertThat(sorted.get(i).toDouble())
                    .as("%s after %s", sorted.get(i), sorted.get(i - 1))
                    .isGreaterThanOrEqualTo(sorted.get(i - 1).toDouble());
        }
    }

    @Test
    void bytesAndText_ofAll_comeBack() {
        byte[] target = new byte[Uint128.BYTES + 3];
        for (Uint128 number : numbers()) {
            number.writeTo(target, 2);
            assertThat(Uint128.fromBytes(target, 2)).isEqualTo(number);
            assertThat(new BigInteger(1, number.toBytes())).isEqualTo(big(number));
            assertThat(Uint128.parse(number.toString())).isEqualTo(number);
            assertThat(number.toString()).hasSize(32);
        }
    }

    @Test
    void leadingBits_ofAllLengths_areTheQuotient() {
        for (Uint128 number : numbers()) {
            for (int bits = 0; bits <= 31; bits++) {
                assertThat(BigInteger.valueOf(number.leadingBits(bits)))
                        .as("%d bits of %s", bits, number)
                        .isEqualTo(big(number).shiftRight(128 - bits));
            }
        }
    }

    @Test
    void parse_ofAnythingElse_isRefused() {
        for (String text : List.of(
                "", "0", "0".repeat(31), "0".repeat(33), "g" + "0".repeat(31), "-" + "0".repeat(31), "０".repeat(32))) {
            assertThatThrownBy(() -> Uint128.parse(text)).as("'%s'", text).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private interface Pair {
        void check(Uint128 a, Uint128 b);
    }

    private static void forAllPairs(Pair pair) {
        List<Uint128> numbers = numbers();
        for (Uint128 a : numbers) {
            for (Uint128 b : numbers) {
                pair.check(a, b);
            }
        }
    }

    private static List<Uint128> numbers() {
        SimRandom random = new SimRandom(SEED);
        List<Uint128> numbers = new ArrayList<>();
        for (long high : EDGES) {
            for (long low : EDGES) {
                numbers.add(new Uint128(high, low));
            }
        }
        for (int i = 0; i < 100; i++) {
            numbers.add(random.nextUint128());
        }
        return numbers;
    }

    private static BigInteger big(Uint128 number) {
        return unsigned(number.high()).shiftLeft(64).add(unsigned(number.low()));
    }

    private static BigInteger unsigned(long value) {
        return new BigInteger(Long.toUnsignedString(value));
    }
}
