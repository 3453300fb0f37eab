package io.chordata.node.ring;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The figures of large rings as they stand in the documents: a row for each size, by the newest run of that size. */
record RingTable(List<Row> rows) {
    private static final String HEAD =
            "| nodes | positions each | hops: mean | median | p99 | messages per lookup | idle, each node: messages/s"
                    + " | bytes/s | after a join: ring right | fingers | after a departure: ring right | fingers"
                    + " | half gone: right at once | right after repair | ring right | fingers | measured on |";
    private static final int COLUMNS = 17;
    private static final int HEAD_LINES = 2;

    RingTable {
        rows = List.copyOf(rows);
    }

    record Row(RingScale.Figures figures, LocalDate day) {
        private static final Comparator<Row> ORDER = Comparator.<Row>comparingInt(row -> row.figures.positions())
                .thenComparingInt(row -> row.figures.nodes());

        private String size() {
            return figures.nodes() + "x" + figures.positions();
        }

        private String line() {
            RingScale.Lookups lookups = figures.lookups();
            return String.format(
                    Locale.ROOT,
                    "| %,d | %d | %.2f | %d | %d | %.1f | %.1f | %,.0f | %s | %s | %.2f %% | %.2f %% | %s | %s |",
                    figures.nodes(),
                    figures.positions(),
                    lookups.meanHops(),
                    lookups.p50Hops(),
                    lookups.p99Hops(),
                    lookups.messages(),
                    figures.messagesPerSecond(),
                    figures.bytesPerSecond(),
                    seconds(figures.joined()),
                    seconds(figures.left()),
                    100 * figures.rightBefore(),
                    100 * figures.rightAfter(),
                    seconds(figures.repaired()),
                    day);
        }

        private static String seconds(RingScale.Convergence convergence) {
            return String.format(
                    Locale.ROOT, "%.1f s | %.0f s", convergence.ringMillis() / 1e3, convergence.fingersMillis() / 1e3);
        }

        /** As exactly as the line has it. */
        private static Row of(String line) {
            Cells cells = new Cells(line);
            return new Row(
                    new RingScale.Figures(
                            (int) cells.number(0),
                            (int) cells.number(1),
                            new RingScale.Lookups(
                                    1, cells.number(2), (int) cells.number(3), (int) cells.number(4), cells.number(5)),
                            cells.number(6),
                            cells.number(7),
                            cells.convergence(8),
                            cells.convergence(10),
                            cells.number(12) / 100,
                            cells.number(13) / 100,
                            cells.convergence(14)),
                    LocalDate.parse(cells.text(16)));
        }
    }

    /** What stands between the bars of a line. */
    private record Cells(String[] texts) {
        Cells(String line) {
            this(Arrays.stream(line.substring(1).split("\\|")).map(String::trim).toArray(String[]::new));
        }

        private Cells {
            if (texts.length != COLUMNS) {
                throw new IllegalArgumentException("no row of figures: " + String.join("|", texts));
            }
        }

        String text(int column) {
            return texts[column];
        }

        double number(int column) {
            return Double.parseDouble(texts[column].replaceAll("[^0-9.-]", ""));
        }

        RingScale.Convergence convergence(int column) {
            return new RingScale.Convergence(Math.round(1e3 * number(column)), Math.round(1e3 * number(column + 1)));
        }
    }

    static RingTable of(List<RingScale.Figures> figures, LocalDate day) {
        return new RingTable(
                figures.stream().map(figure -> new Row(figure, day)).toList());
    }

    /** @param lines what {@link #lines} made */
    static RingTable parse(List<String> lines) {
        return new RingTable(lines.stream().skip(HEAD_LINES).map(Row::of).toList());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(HEAD);
        lines.add("|" + "---:|".repeat(COLUMNS));
        rows.forEach(row -> lines.add(row.line()));
        return lines;
    }

    /** With the rows of another in the place of those of the same size, in order. */
    RingTable with(RingTable newer) {
        Map<String, Row> bySize = new TreeMap<>();
        rows.forEach(row -> bySize.put(row.size(), row));
        newer.rows.forEach(row -> bySize.put(row.size(), row));
        return new RingTable(bySize.values().stream().sorted(Row.ORDER).toList());
    }

    List<RingScale.Figures> figures() {
        return rows.stream().map(Row::figures).toList();
    }
}
