package io.chordata.node.partition;

import io.chordata.node.core.Clock;
import java.util.concurrent.TimeUnit;

/**
 * A moment, as the two clocks of a node show it.
 *
 * @param monotonicMillis only goes forward, from any origin
 * @param wallMillis since 1970; may jump
 */
record Now(long monotonicMillis, long wallMillis) {
    static Now of(Clock clock) {
        return new Now(TimeUnit.NANOSECONDS.toMillis(clock.monotonicNanos()), clock.wallMillis());
    }
}
