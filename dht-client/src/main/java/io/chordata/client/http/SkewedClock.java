package io.chordata.client.http;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The time that signatures name: the local clock, set right by what an endpoint said that refused it. */
final class SkewedClock {
    /** Signatures are good for 15 minutes; what is this far off will be refused, whatever the code says. */
    private static final long SUSPICIOUS_MILLIS = Duration.ofMinutes(5).toMillis();

    private final LongSupplier clock;
    private final AtomicLong offsetMillis = new AtomicLong();

    /** @param clock milliseconds since 1970 */
    SkewedClock(LongSupplier clock) {
        this.clock = clock;
    }

    long millis() {
        return clock.getAsLong() + offsetMillis.get();
    }

    /** True if times differ by so much that they may be why a request was refused. */
    boolean isFarFrom(long serverMillis) {
        return Math.abs(serverMillis - millis()) >= SUSPICIOUS_MILLIS;
    }

    void adjustTo(long serverMillis) {
        offsetMillis.set(serverMillis - clock.getAsLong());
    }

    /** How the local clock differs, in words. */
    String describe(OptionalLong serverMillis) {
        if (serverMillis.isEmpty()) {
            return "the clocks of this computer and of the endpoint differ";
        }
        long seconds = (clock.getAsLong() - serverMillis.getAsLong()) / 1000;
        return "the clock of this computer is " + Math.abs(seconds) + " s " + (seconds < 0 ? "behind" : "ahead of")
                + " the endpoint's";
    }
}
