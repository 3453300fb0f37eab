package io.chordata.node.core;

/** A bucket as the index knows it. Random, so a bucket made again under an old name is another bucket. */
public record BucketId(Uint128 value) implements Comparable<BucketId> {
    public static BucketId parse(String hex) {
        return new BucketId(Uint128.parse(hex));
    }

    public static BucketId random(RandomSource random) {
        return new BucketId(random.nextUint128());
    }

    @Override
    public int compareTo(BucketId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
