package io.chordata.node.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RingTableTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 26);

    private static RingScale.Figures figures(int nodes, int positions, double hops) {
        return new RingScale.Figures(
                nodes,
                positions,
                new RingScale.Lookups(1, hops, 7, 11, 14.5),
                0.5,
                1_234,
                new RingScale.Convergence(3_000, 5_000),
                new RingScale.Convergence(2_500, 97_000),
                0.995,
                1,
                new RingScale.Convergence(14_000, 212_000));
    }

    @Test
    void table_readBack_isWhatWasWritten() {
        RingTable table = RingTable.of(List.of(figures(10_000, 1, 7.25), figures(40, 32, 3)), DAY);
        assertThat(RingTable.parse(table.lines())).isEqualTo(table);
    }

    @Test
    void newerRows_replaceThoseOfTheirSize_andStandInOrder() {
        RingTable table = RingTable.of(List.of(figures(10_000, 1, 7), figures(40, 32, 3)), DAY);
        RingTable newer = RingTable.of(List.of(figures(40, 32, 4), figures(300, 1, 5)), DAY.plusDays(1));
        assertThat(table.with(newer).rows())
                .containsExactly(
                        newer.rows().get(1), table.rows().get(0), newer.rows().get(0));
    }

    @Test
    void report_intoAPage_changesItsTableAndNothingElse(@TempDir Path docs) throws IOException {
        RingTable table = RingTable.of(List.of(figures(100, 1, 4)), DAY);
        Path page = docs.resolve("ring.md");
        Files.writeString(page, "# Page\n\nBefore.\n\n" + String.join("\n", table.lines()) + "\n\nAfter.\n");
        RingTable newer = RingTable.of(List.of(figures(1_000, 1, 5)), DAY);
        new RingReport(docs).add(newer);
        assertThat(page)
                .hasContent("# Page\n\nBefore.\n\n"
                        + String.join("\n", table.with(newer).lines()) + "\n\nAfter.\n");
        assertThat(docs.resolve("ring.svg"))
                .content()
                .startsWith("<svg")
                .contains(">1,000<")
                .endsWith("</svg>\n");
    }
}
