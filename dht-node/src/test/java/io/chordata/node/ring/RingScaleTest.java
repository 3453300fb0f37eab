package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The targets for large rings, at a size for each build; {@code .ci/long ring} goes on to large ones. */
class RingScaleTest {
    private static final Logger LOG = LoggerFactory.getLogger(RingScaleTest.class);
    private static final String SIZES = System.getProperty("chordata.ringSizes", "300x1,40x8");

    static Stream<String> sizes() {
        return Arrays.stream(SIZES.split(","));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void lookups_inALargeRing_takeHalfTheLogarithm(String size) {
        String[] parts = size.split("x");
        RingScale.Figures figures = RingScale.measure(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), 1);
        LOG.info("{}", figures);
        assertThat(figures.right()).as("right lookups").isEqualTo(1);
        assertThat(figures.meanHops()).as("mean hops").isLessThanOrEqualTo(figures.log2() / 2 + 1);
        assertThat((double) figures.p99Hops()).as("p99 of hops").isLessThanOrEqualTo(figures.log2());
        assertThat(figures.rightBefore())
                .as("right lookups with half of the nodes gone")
                .isGreaterThanOrEqualTo(0.99);
        assertThat(figures.rightAfter()).as("right lookups after the repair").isEqualTo(1);
    }
}
