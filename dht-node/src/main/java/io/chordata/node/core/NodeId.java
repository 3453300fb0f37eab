package io.chordata.node.core;

/** A node: one process on one data directory. Random, durable; a wiped disk makes a new node. */
public record NodeId(Uint128 value) implements Comparable<NodeId> {
    public static NodeId parse(String hex) {
        return new NodeId(Uint128.parse(hex));
    }

    public static NodeId random(RandomSource random) {
        return new NodeId(random.nextUint128());
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
