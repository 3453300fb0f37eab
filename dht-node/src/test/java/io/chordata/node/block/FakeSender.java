package io.chordata.node.block;

import io.chordata.node.core.Loop;
import io.chordata.node.sim.FakeStream;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends a body in pieces of random sizes, stops when told to, and may fall silent or go away in the middle.
 */
final class FakeSender extends FakeStream implements Payload {
    final byte[] body;
    Set<ChecksumAlgorithm> checksums = EnumSet.of(ChecksumAlgorithm.CRC32);
    int largestPiece = 70_000;
    int failsAt = Integer.MAX_VALUE;
    int silentAt = Integer.MAX_VALUE;

    @Nullable
    RuntimeException refusal;

    @Nullable
    Digests verified;

    int sent;

    private final Loop loop;
    private final SimRandom random;
    private boolean scheduled;
    private boolean finished;

    FakeSender(Loop loop, SimRandom random, byte[] body) {
        this.loop = loop;
        this.random = random;
        this.body = body;
    }

    @Override
    public ReadStream<Buffer> stream() {
        return this;
    }

    @Override
    public long length() {
        return body.length;
    }

    @Override
    public Set<ChecksumAlgorithm> checksums() {
        return checksums;
    }

    @Override
    public void verify(Digests digests) {
        verified = digests;
        if (refusal != null) {
            throw refusal;
        }
    }

    @Override
    protected void onResume() {
        schedule();
    }

    private void schedule() {
        if (!isPaused() && !scheduled && !finished) {
            scheduled = true;
            loop.execute(this::send);
        }
    }

    private void send() {
        scheduled = false;
        if (isPaused() || sent >= silentAt) {
            return;
        }
        if (sent >= failsAt) {
            finished = true;
            fail("client gone");
        } else if (sent == body.length) {
            finished = true;
            end();
        } else {
            sendPiece();
            schedule();
        }
    }

    private void sendPiece() {
        int length =
                Math.min(1 + random.nextInt(largestPiece), Math.min(Math.min(failsAt, silentAt), body.length) - sent);
        byte[] piece = Arrays.copyOfRange(body, sent, sent + length);
        sent += length;
        give(Buffer.buffer(piece));
    }
}
