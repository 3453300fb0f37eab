package io.chordata.node.core;

/** One command as its proposer means it: attempts that carry the same id happen once. */
public record RequestId(Uint128 value) {
    public static RequestId random(RandomSource random) {
        return new RequestId(random.nextUint128());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
