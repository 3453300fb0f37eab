package io.chordata.node.block;

import io.chordata.node.core.Loop;
import io.chordata.node.sim.SimRandom;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A client that sends a body in pieces of random sizes, stops when told to, and may fall silent or go away in the middle.
 */
final class FakeSender implements ReadStream<Buffer>, Payload {
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
    boolean paused = true;

    private final Loop loop;
    private final SimRandom random;
    private @Nullable Handler<Buffer> handler;
    private @Nullable Handler<Throwable> exceptionHandler;
    private @Nullable Handler<Void> endHandler;
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

    private void schedule() {
        if (!paused && !scheduled && !finished) {
            scheduled = true;
            loop.execute(this::send);
        }
    }

    private void send() {
        scheduled = false;
        if (paused || sent >= silentAt) {
            return;
        }
        if (sent >= failsAt) {
            finished = true;
            if (exceptionHandler != null) {
                exceptionHandler.handle(new IllegalStateException("client gone"));
            }
        } else if (sent == body.length) {
            finished = true;
            if (endHandler != null) {
                endHandler.handle(null);
            }
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
        if (handler != null) {
            handler.handle(Buffer.buffer(piece));
        }
    }

    @Override
    public FakeSender pause() {
        paused = true;
        return this;
    }

    @Override
    public FakeSender resume() {
        paused = false;
        schedule();
        return this;
    }

    @Override
    public FakeSender fetch(long amount) {
        throw new UnsupportedOperationException("resume is enough here");
    }

    @Override
    public FakeSender handler(@Nullable Handler<Buffer> taker) {
        handler = taker;
        return this;
    }

    @Override
    public FakeSender exceptionHandler(@Nullable Handler<Throwable> onFailure) {
        exceptionHandler = onFailure;
        return this;
    }

    @Override
    public FakeSender endHandler(@Nullable Handler<Void> onEnd) {
        endHandler = onEnd;
        return this;
    }
}
