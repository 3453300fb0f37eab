package io.chordata.client.admin;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that happened in the cluster, as one node saw it. */
public sealed interface AdminEvent {
    /** What this release knows. */
    Set<String> TYPES = Set.of("node", "ring", "leader", "move", "repair", "traffic", "warning");

    /** Its place in the log of the node that told it. */
    String id();

    long timeMillis();

    /**
     * A node is another than before.
     *
     * @param change joined, left, suspect, down, alive_again or changed
     * @param state as of a node, or forgotten
     */
    record NodeChanged(String id, long timeMillis, String change, String node, String name, String state)
            implements AdminEvent {}

    /**
     * The ring is another than before.
     *
     * @param change view, pointers or phase
     * @param node null where it is not about one
     */
    record RingChanged(
            String id,
            long timeMillis,
            String change,
            @Nullable String node) implements AdminEvent {}

    /** @param node who leads it now; null: nobody who answers */
    record LeaderChanged(
            String id,
            long timeMillis,
            int partition,
            @Nullable String node,
            long term) implements AdminEvent {}

    /** Who keeps a partition, or how it stands, is another than before. */
    record PartitionMoved(
            String id,
            long timeMillis,
            int partition,
            List<String> voters,
            List<String> learners,
            Partition.State state)
            implements AdminEvent {
        public PartitionMoved {
            voters = List.copyOf(voters);
            learners = List.copyOf(learners);
        }
    }

    /** What the node got of others since the last one, as a new member or because it lacked it. */
    record Repaired(String id, long timeMillis, String node, long blocks, long bytes) implements AdminEvent {}

    /**
     * What S3 clients had of the node since the last one, of about a second.
     *
     * @param operations those of which there were requests
     */
    record Traffic(
            String id,
            long timeMillis,
            String node,
            long requests,
            long failed,
            long bytesReceived,
            long bytesSent,
            List<OperationTraffic> operations)
            implements AdminEvent {
        public Traffic {
            operations = List.copyOf(operations);
        }
    }

    /**
     * Requests of one kind.
     *
     * @param name as of the S3 API, {@code GetObject}
     * @param p50Micros within which half of them were answered
     * @param p99Micros within which 99 of a hundred were
     */
    record OperationTraffic(String name, long requests, long p50Micros, long p99Micros) {
        static OperationTraffic of(Fields fields) {
            return new OperationTraffic(
                    fields.text("name"),
                    fields.number("requests"),
                    fields.number("p50Micros"),
                    fields.number("p99Micros"));
        }
    }

    /**
     * What an operator should know.
     *
     * @param about ring, partitions, or missed: events that are not kept any more
     */
    record Warning(String id, long timeMillis, String about, String detail) implements AdminEvent {}

    /**
     * Of a newer release than this one.
     *
     * @param timeMillis 0 where its data do not tell it
     */
    record Other(String id, long timeMillis, String type, String data) implements AdminEvent {}

    /** @throws AdminException if the data are not of that type */
    static AdminEvent of(String id, String type, String data) {
        if (!TYPES.contains(type)) {
            return new Other(id, timeOf(data), type, data);
        }
        Fields fields = Fields.of(data);
        long time = fields.number("time");
        return switch (type) {
            case "node" ->
                new NodeChanged(
                        id,
                        time,
                        fields.text("change"),
                        fields.text("node"),
                        fields.text("name"),
                        fields.text("state"));
            case "ring" -> new RingChanged(id, time, fields.text("change"), fields.optionalText("node"));
            case "leader" ->
                new LeaderChanged(
                        id, time, fields.count("partition"), fields.optionalText("node"), fields.number("term"));
            case "move" ->
                new PartitionMoved(
                        id,
                        time,
                        fields.count("partition"),
                        fields.texts("voters"),
                        fields.texts("learners"),
                        fields.constant("state", Partition.State.class, Partition.State.OTHER));
            case "repair" ->
                new Repaired(id, time, fields.text("node"), fields.number("blocks"), fields.number("bytes"));
            case "traffic" ->
                new Traffic(
                        id,
                        time,
                        fields.text("node"),
                        fields.number("requests"),
                        fields.number("failed"),
                        fields.number("bytesReceived"),
                        fields.number("bytesSent"),
                        fields.list("operations", OperationTraffic::of));
            case "warning" -> new Warning(id, time, fields.text("about"), fields.text("detail"));
            default -> throw new IllegalStateException("a type without a shape: " + type);
        };
    }

    private static long timeOf(String data) {
        try {
            return Fields.of(data).number("time");
        } catch (AdminException e) {
            return 0;
        }
    }
}
