package io.chordata.client.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who answers for an id, and how that was found out.
 *
 * @param position that succeeds the id on the ring
 * @param node whose position that is
 * @param replicas nodes that should hold the partition; who should lead it stands first
 * @param path nodes that were asked, first to last
 */
public record Lookup(String id, String position, String node, int partition, List<String> replicas, List<Hop> path) {
    /**
     * A node that was asked.
     *
     * @param position of the node that it was asked for; null where the lookup began at the node
     */
    public record Hop(String node, @Nullable String position, Source source, long roundTripMicros) {
        private static Hop of(Fields fields) {
            return new Hop(
                    fields.text("node"),
                    fields.optionalText("position"),
                    fields.constant("source", Source.class, Source.OTHER),
                    fields.number("roundTripMicros"));
        }
    }

    /** Where the one before knew a node from. */
    public enum Source {
        SELF,
        FINGER,
        SUCCESSOR,
        CACHE,
        DIRECTORY,
        /** Of a newer release than this one. */
        OTHER
    }

    public Lookup {
        replicas = List.copyOf(replicas);
        path = List.copyOf(path);
    }

    static Lookup of(Fields fields) {
        return new Lookup(
                fields.text("id"),
                fields.text("position"),
                fields.text("node"),
                fields.count("partition"),
                fields.texts("replicas"),
                fields.list("path", Hop::of));
    }
}
