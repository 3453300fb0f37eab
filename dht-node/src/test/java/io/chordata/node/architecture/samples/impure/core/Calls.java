package io.chordata.node.architecture.samples.impure.core;

import java.time.Instant;
import java.util.UUID;

/** Breaks: each of these answers differently on each run. */
public final class Calls {
    private Calls() {}

    public static String all() {
        return "" + System.currentTimeMillis() + System.nanoTime() + Instant.now() + UUID.randomUUID() + Math.random();
    }
}
