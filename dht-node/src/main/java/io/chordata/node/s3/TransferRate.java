package io.chordata.node.s3;

import io.vertx.core.Vertx;
import java.util.function.LongSupplier;

/**
 * Finds out that bytes which somebody waits for hardly move. A window counts only if the client could move them
 * throughout: what we held back ourselves is not its fault. Belongs to the request's event loop.
 */
final class TransferRate {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final long windowMillis;
    private final long windowBytesMin;
    private final LongSupplier bytesMoved;
    private final Runnable onTooSlow;
    private long timer = NONE;
    private long bytesBefore;
    private boolean flowing;
    private boolean wasHeld;

    /**
     * @param bytesPerSecondMin 0 for no limit
     * @param bytesMoved asked now and then
     * @param onTooSlow called at most once
     */
    TransferRate(Vertx vertx, long windowMillis, long bytesPerSecondMin, LongSupplier bytesMoved, Runnable onTooSlow) {
        this.vertx = vertx;
        this.windowMillis = windowMillis;
        this.windowBytesMin = bytesPerSecondMin == 0 ? 0 : Math.max(1, bytesPerSecondMin * windowMillis / 1000);
        this.bytesMoved = bytesMoved;
        this.onTooSlow = onTooSlow;
    }

    /** The client may move bytes. */
    void flow() {
        flowing = true;
        if (timer == NONE && windowBytesMin > 0) {
            bytesBefore = bytesMoved.getAsLong();
            timer = vertx.setPeriodic(windowMillis, window -> onWindow());
        }
    }

    /** The client is held back. */
    void hold() {
        flowing = false;
        wasHeld = true;
    }

    /** Nobody waits any more. */
    void stop() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }

    private void onWindow() {
        long bytes = bytesMoved.getAsLong();
        boolean tooSlow = !wasHeld && bytes - bytesBefore < windowBytesMin;
        bytesBefore = bytes;
        wasHeld = !flowing;
        if (tooSlow) {
            stop();
            onTooSlow.run();
        }
    }
}
