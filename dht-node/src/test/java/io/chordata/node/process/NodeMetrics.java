package io.chordata.node.process;

import java.util.Map;
import java.util.stream.Collectors;

/** What a node's {@code /metrics} say at one moment. */
final class NodeMetrics {
    private final Map<String, Double> values;

    private NodeMetrics(Map<String, Double> values) {
        this.values = values;
    }

    static NodeMetrics of(ChordataProcess process) {
        return new NodeMetrics(process.adminGet("/metrics")
                .lines()
                .filter(line -> line.startsWith("chordata_"))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.lastIndexOf(' ')),
                        line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))));
    }

    /** @param name with its labels, as it is shown */
    double value(String name) {
        Double value = values.get(name);
        if (value == null) {
            throw new AssertionError("no metric " + name + " among " + values.keySet());
        }
        return value;
    }

    /** Over all labels. */
    double sum(String name) {
        return values.entrySet().stream()
                .filter(each -> each.getKey().equals(name) || each.getKey().startsWith(name + "{"))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }
}
