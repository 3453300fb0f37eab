package io.chordata.node.core;

/** A cluster, named once at its founding. Nodes of different clusters refuse each other. */
public record ClusterId(Uint128 value) implements Comparable<ClusterId> {
    /** In the place of a cluster's id while a node has none yet. */
    public static final ClusterId NONE = new ClusterId(Uint128.ZERO);

    public static ClusterId parse(String hex) {
        return new ClusterId(Uint128.parse(hex));
    }

    public static ClusterId random(RandomSource random) {
        return new ClusterId(random.nextUint128());
    }

    public boolean isNone() {
        return equals(NONE);
    }

    @Override
    public int compareTo(ClusterId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
