package io.chordata.client.admin;

import org.jspecify.annotations.Nullable;

/**
 * A node. Figures are what it last said of itself, null while it has said nothing.
 *
 * @param name two nodes may have the same
 * @param s3 {@code HOST:PORT}, as are the other addresses
 * @param weight how much of the ring it takes
 * @param incarnation rises when it restarts, or objects to being called suspect
 * @param version of its software
 * @param leaders partitions that it leads
 * @param load tasks that run on its machine, per core, over a minute; 0 to 1
 */
public record Node(
        String id,
        String name,
        String s3,
        String admin,
        String internal,
        String zone,
        @Nullable Double weight,
        NodeState state,
        long incarnation,
        String version,
        @Nullable Long partitions,
        @Nullable Long leaders,
        @Nullable Long blocks,
        @Nullable Long bytesUsed,
        @Nullable Long bytesFree,
        @Nullable Double load) {
    static Node of(Fields fields) {
        return new Node(
                fields.text("id"),
                fields.text("name"),
                fields.text("s3"),
                fields.text("admin"),
                fields.text("internal"),
                fields.text("zone"),
                fields.optionalReal("weight"),
                fields.constant("state", NodeState.class, NodeState.OTHER),
                fields.number("incarnation"),
                fields.text("version"),
                fields.optionalNumber("partitions"),
                fields.optionalNumber("leaders"),
                fields.optionalNumber("blocks"),
                fields.optionalNumber("bytesUsed"),
                fields.optionalNumber("bytesFree"),
                fields.optionalReal("load"));
    }
}
