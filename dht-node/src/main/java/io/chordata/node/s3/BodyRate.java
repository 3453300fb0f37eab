package io.chordata.node.s3;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Finds out that a body which somebody waits for hardly arrives. A window counts only if the client could send throughout:
 * what we held back ourselves is not its fault. Belongs to the request's event loop.
 */
final class BodyRate {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final HttpServerRequest http;
    private final long windowMillis;
    private final long windowBytesMin;
    private final Runnable onTooSlow;
    private long timer = NONE;
    private long bytesBefore;
    private boolean flowing;
    private boolean wasHeld;

    /** @param onTooSlow called at most once */
    BodyRate(Vertx vertx, HttpServerRequest http, S3Options options, Runnable onTooSlow) {
        this.vertx = vertx;
        this.http = http;
        this.windowMillis = options.bodyRateWindowMillis();
        this.windowBytesMin = Math.max(1, options.bodyBytesPerSecondMin() * windowMillis / 1000);
        this.onTooSlow = onTooSlow;
    }

    /** The client may send. */
    void flow() {
        flowing = true;
        if (timer == NONE && !http.isEnded()) {
            bytesBefore = http.bytesRead();
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
        long bytes = http.bytesRead();
        boolean tooSlow = !wasHeld && bytes - bytesBefore < windowBytesMin;
        bytesBefore = bytes;
        wasHeld = !flowing;
        if (http.isEnded()) {
            stop();
        } else if (tooSlow) {
            stop();
            onTooSlow.run();
        }
    }
}
