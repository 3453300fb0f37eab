package io.chordata.client.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** One result, or two beside each other with their ratio, as text. */
final class BenchTable {
    private static final double MIB = 1 << 20;
    private static final double BUSY = 0.8;

    private BenchTable() {}

    static String of(BenchResult result) {
        return text(List.of(result));
    }

    static String of(BenchResult ours, BenchResult theirs) {
        return text(List.of(ours, theirs));
    }

    private static String text(List<BenchResult> results) {
        StringBuilder table = new StringBuilder();
        row(table, results, "operations/s", "%,.0f", BenchResult::operationsPerSecond);
        row(table, results, "MiB/s", "%,.1f", result -> result.bytesPerSecond() / MIB);
        row(table, results, "p50 ms", "%,.2f", result -> result.latencyMicros().p50() / 1e3);
        row(table, results, "p90 ms", "%,.2f", result -> result.latencyMicros().p90() / 1e3);
        row(table, results, "p99 ms", "%,.2f", result -> result.latencyMicros().p99() / 1e3);
        row(
                table,
                results,
                "p99.9 ms",
                "%,.2f",
                result -> result.latencyMicros().p999() / 1e3);
        row(table, results, "max ms", "%,.2f", result -> result.latencyMicros().max() / 1e3);
        row(table, results, "operations", "%,.0f", BenchResult::operations);
        row(table, results, "client us/op", "%,.1f", BenchResult::clientMicrosPerOperation);
        row(table, results, "client busy %", "%,.0f", result -> 100 * result.clientBusyShare());
        row(table, results, "errors", "%,.0f", BenchResult::errors);
        if (results.stream().anyMatch(result -> result.clientBusyShare() > BUSY)) {
            table.append("bench itself was busy most of the time: the endpoint may be faster than it could show\n");
        }
        for (BenchResult result : results) {
            table.append(result.errorText().isEmpty() ? "" : "errors: " + result.errorText() + "\n");
        }
        return table.toString();
    }

    private static void row(
            StringBuilder table,
            List<BenchResult> results,
            String name,
            String format,
            ToDoubleFunction<BenchResult> figure) {
        table.append(String.format(Locale.ROOT, "%-14s", name));
        for (BenchResult result : results) {
            table.append(String.format(
                    Locale.ROOT, "%14s", String.format(Locale.ROOT, format, figure.applyAsDouble(result))));
        }
        if (results.size() == 2 && figure.applyAsDouble(results.get(1)) > 0) {
            double ratio = figure.applyAsDouble(results.get(0)) / figure.applyAsDouble(results.get(1));
            table.append(String.format(Locale.ROOT, "%12.2f x", ratio));
        }
        table.append('\n');
    }
}
