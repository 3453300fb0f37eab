package io.chordata.node.runtime;

import io.chordata.node.core.RandomSource;
import java.security.SecureRandom;

/** The platform's cryptographically strong generator, so that nobody can guess an id before it is used. */
public final class SecureRandomSource implements RandomSource {
    private final SecureRandom random = new SecureRandom();

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }
}
