package io.chordata.node.s3.auth;

import io.chordata.node.sim.FakeStream;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Queue;

/** A request's body: gives its pieces while it is not paused, then its end, or goes away. */
final class FakeWire extends FakeStream {
    final Queue<Buffer> pieces = new ArrayDeque<>();
    boolean goesAway;

    private boolean giving;
    private boolean over;

    /** Cuts the body before each of {@code cuts}, which ascend. */
    static FakeWire of(byte[] body, int... cuts) {
        FakeWire wire = new FakeWire();
        int start = 0;
        for (int cut : cuts) {
            wire.pieces.add(Buffer.buffer(body).getBuffer(start, cut));
            start = cut;
        }
        wire.pieces.add(Buffer.buffer(body).getBuffer(start, body.length));
        return wire;
    }

    @Override
    protected void onResume() {
        if (giving) {
            return;
        }
        giving = true;
        while (!isPaused() && !pieces.isEmpty()) {
            give(pieces.remove());
        }
        giving = false;
        if (!isPaused() && !over) {
            over = true;
            finish();
        }
    }

    private void finish() {
        if (goesAway) {
            fail("connection was closed");
        } else {
            end();
        }
    }
}
