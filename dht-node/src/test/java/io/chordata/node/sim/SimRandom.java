package io.chordata.node.sim;

import io.chordata.node.core.RandomSource;
import java.util.SplittableRandom;

/** Randomness that follows from a seed. */
public final class SimRandom implements RandomSource {
    private final SplittableRandom random;

    public SimRandom(long seed) {
        this(new SplittableRandom(seed));
    }

    private SimRandom(SplittableRandom random) {
        this.random = random;
    }

    /** An independent stream, so that one user drawing more leaves the others' draws as they were. */
    public SimRandom fork() {
        return new SimRandom(random.split());
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    /** Uniform in [from, to). */
    public long nextLong(long from, long to) {
        return random.nextLong(from, to);
    }

    /** True with this probability. */
    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public byte[] nextBytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }
}
