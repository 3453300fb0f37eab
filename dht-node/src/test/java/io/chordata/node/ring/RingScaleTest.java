package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.chordata.node.process.Figures;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The targets for large rings, at a size for each build; {@code .ci/long ring} goes on to large ones. */
class RingScaleTest {
    private static final Logger LOG = LoggerFactory.getLogger(RingScaleTest.class);
    private static final String SIZES = System.getProperty("chordata.ringSizes", "300x1,40x8");
    /** Of a ring of 256, below which one hop is more than the logarithm is exact by. */
    private static final int SMALL_LOG2 = 8;

    private static final @Nullable String DOCS = System.getProperty("chordata.ringDocs");

    static Stream<String> sizes() {
        return Arrays.stream(SIZES.split(","));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void largeRing_grownByJoins_keepsItsTargets(String size) {
        String[] parts = size.split("x");
        RingScale.Figures figures = RingScale.measure(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), 1);
        LOG.info("{}", figures);
        report(figures);
        assertThat(figures.lookups().right()).as("right lookups").isEqualTo(1);
        assertThat(figures.lookups().meanHops()).as("mean hops").isLessThanOrEqualTo(figures.log2() / 2 + 1);
        assertThat((double) figures.lookups().p99Hops())
                .as("p99 of hops")
                .isLessThanOrEqualTo(figures.log2() < SMALL_LOG2 ? SMALL_LOG2 : figures.log2());
        assertThat(figures.rightBefore())
                .as("right lookups with half of the nodes gone")
                .isGreaterThanOrEqualTo(0.99);
        assertThat(figures.rightAfter()).as("right lookups after the repair").isEqualTo(1);
        assertConverged(figures.joined(), figures);
        assertConverged(figures.left(), figures);
    }

    /** Pointers in busy periods, as something changes; fingers far away in quiet ones, as nobody there knows of it. */
    private static void assertConverged(RingScale.Convergence convergence, RingScale.Figures figures) {
        assertThat(convergence.ringMillis() / (double) RingOptions.DEFAULT.busyPeriodMillis())
                .as("busy periods until all pointers are right")
                .isLessThanOrEqualTo(figures.periodsMax());
        assertThat(convergence.fingersMillis() / (double) RingOptions.DEFAULT.quietPeriodMillis())
                .as("quiet periods until all fingers are right")
                .isLessThanOrEqualTo(figures.periodsMax());
    }

    /** At once, as the next size may take an hour. */
    private static void report(RingScale.Figures figures) {
        RingTable measured = RingTable.of(List.of(figures), LocalDate.now(ZoneOffset.UTC));
        measured.lines().forEach(Figures::note);
        if (DOCS != null) {
            new RingReport(Path.of(DOCS)).add(measured);
        }
    }
}
