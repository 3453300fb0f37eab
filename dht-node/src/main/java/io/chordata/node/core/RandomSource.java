package io.chordata.node.core;

/** The port to randomness. */
public interface RandomSource {
    long nextLong();

    /** Uniform in [0, bound). */
    int nextInt(int bound);

    default Uint128 nextUint128() {
        return new Uint128(nextLong(), nextLong());
    }
}
