package io.chordata.node.core;

/** One written body: each put and each attempt of a part gets its own. Blocks are named by it. */
public record BodyId(Uint128 value) implements Comparable<BodyId> {
    public static BodyId parse(String hex) {
        return new BodyId(Uint128.parse(hex));
    }

    public static BodyId random(RandomSource random) {
        return new BodyId(random.nextUint128());
    }

    @Override
    public int compareTo(BodyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
