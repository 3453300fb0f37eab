package io.chordata.node.core;

import java.util.Locale;
import java.util.function.Supplier;

/**
 * The port to what a client's request is known by at every node that works for it: an id that goes along with calls, from loop to
 * loop and from node to node. For logs alone; nothing is decided by it.
 */
public interface Correlation {
    /** Of work that no client's request is behind. */
    long NONE = 0;

    /** As clients are told it: 16 upper-case hex digits. */
    static String text(long request) {
        String digits = Long.toHexString(request).toUpperCase(Locale.ROOT);
        return "0".repeat(16 - digits.length()) + digits;
    }

    /** The id of the request that the caller works for, or {@link #NONE}. */
    long current();

    /** Whatever else the caller does, and what comes of it, is for that request; without effect where that could not be told apart. */
    void begin(long request);

    /** Makes the call; it and what comes of it are for that request, or for {@link #NONE}. */
    <T> T within(long request, Supplier<T> call);
}
