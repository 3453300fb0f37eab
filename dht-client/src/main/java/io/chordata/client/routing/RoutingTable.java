package io.chordata.client.routing;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who holds what, as one node of a cluster told it. Immutable.
 *
 * @param version of the node that told it; numbers of two nodes say nothing of each other
 * @param nodes in the order told
 */
public record RoutingTable(long version, List<Endpoint> nodes, List<Partition> partitions) {
    public RoutingTable {
        nodes = List.copyOf(nodes);
        partitions = List.copyOf(partitions);
        for (int i = 1; i < partitions.size(); i++) {
            if (Long.compareUnsigned(
                            partitions.get(i - 1).start(), partitions.get(i).start())
                    >= 0) {
                throw new IllegalArgumentException("partitions are not in order of their points");
            }
        }
    }

    /**
     * A run of the key space and who keeps it.
     *
     * @param start the leading 64 bits of the point at which it begins
     * @param leader who answers at once; null if nobody is known to
     * @param members that can be reached, the leader among them
     */
    public record Partition(long start, @Nullable Endpoint leader, List<Endpoint> members) {
        public Partition {
            members = List.copyOf(members);
        }
    }

    /** What a node answers to {@code GET /?chordata-routing&bucket=NAME}. */
    public record Answer(RoutingTable table, KeyPlaces.@Nullable Bucket bucket) {}

    /**
     * Reads an answer {@code {version, nodes: [{id, s3}], partitions: [{point, members, leader}], bucket: {id, shards}}}.
     *
     * @param self who answered; tells whether to speak TLS with the others
     * @throws RuntimeException for anything else
     */
    public static Answer parse(JsonObject json, Endpoint self) {
        Map<String, Endpoint> byId = new HashMap<>();
        List<Endpoint> nodes = new ArrayList<>();
        for (Object each : json.getJsonArray("nodes")) {
            JsonObject node = (JsonObject) each;
            Endpoint endpoint = endpoint(node.getString("s3"), self);
            byId.put(node.getString("id"), endpoint);
            nodes.add(endpoint);
        }
        List<Partition> partitions = new ArrayList<>();
        for (Object each : json.getJsonArray("partitions")) {
            partitions.add(partition((JsonObject) each, byId));
        }
        JsonObject bucket = json.getJsonObject("bucket");
        return new Answer(
                new RoutingTable(json.getLong("version"), nodes, partitions),
                bucket == null ? null : new KeyPlaces.Bucket(bucket.getString("id"), bucket.getInteger("shards")));
    }

    /** The partition that a point lies in; empty if the table has none. */
    public Optional<Partition> partitionOf(long point) {
        int low = 0;
        int high = partitions.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(partitions.get(middle).start(), point) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (partitions.isEmpty()) {
            return Optional.empty();
        }
        // before the first start lies what the last one goes around to
        return Optional.of(partitions.get(low == 0 ? partitions.size() - 1 : low - 1));
    }

    private static Partition partition(JsonObject json, Map<String, Endpoint> byId) {
        JsonArray ids = json.getJsonArray("members");
        List<Endpoint> members = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Endpoint member = byId.get(ids.getString(i));
            if (member != null) {
                members.add(member);
            }
        }
        String leader = json.getString("leader");
        return new Partition(
                Long.parseUnsignedLong(json.getString("point").substring(0, 16), 16),
                leader == null ? null : byId.get(leader),
                Collections.unmodifiableList(members));
    }

    private static Endpoint endpoint(String s3, Endpoint self) {
        int colon = s3.lastIndexOf(':');
        String host = s3.substring(0, colon);
        return self.at(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                Integer.parseInt(s3.substring(colon + 1)));
    }
}
