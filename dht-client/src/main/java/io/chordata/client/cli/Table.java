package io.chordata.client.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text in columns: as wide as they need, two spaces apart. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> isRight = new ArrayList<>();

    /** @param heads titles; one that begins with {@code >} stands over figures, on the right */
    Table(String... heads) {
        List<String> titles = new ArrayList<>();
        for (String head : heads) {
            isRight.add(head.startsWith(">"));
            titles.add((head.startsWith(">") ? head.substring(1) : head).toUpperCase(Locale.ROOT));
        }
        rows.add(titles);
    }

    Table row(Object... cells) {
        rows.add(List.of(cells).stream().map(String::valueOf).toList());
        return this;
    }

    /** A line for each row, the titles first. */
    List<String> lines() {
        int columns = isRight.size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : "  ").append(isRight.get(i) ? pad + row.get(i) : row.get(i) + pad);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
