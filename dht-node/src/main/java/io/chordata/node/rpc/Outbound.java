package io.chordata.node.rpc;

import io.chordata.node.rpc.RpcProtos.Envelope;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * The sending side of a connection. Frames of one turn of the event loop go out together: in as few records as hold them,
 * in one write. Counts what waits until the socket has taken it.
 */
final class Outbound {
    /** Frames that are put together before they are sealed, unless a single one is larger. */
    private static final int BATCH_BYTES = 64 << 10;

    private static final byte[] NOTHING = {};

    private final NetSocket socket;
    private final ContextInternal context;
    private final RecordKey key;
    private final Runnable onDrained;
    private final Queue<Envelope> frames = new ArrayDeque<>();
    private long waitingBytes;
    private boolean flushIsDue;
    private boolean closed;

    /** @param onDrained called whenever the socket took something */
    Outbound(NetSocket socket, ContextInternal context, RecordKey key, Runnable onDrained) {
        this.socket = socket;
        this.context = context;
        this.key = key;
        this.onDrained = onDrained;
    }

    long waitingBytes() {
        return waitingBytes;
    }

    void write(Envelope frame) {
        if (closed) {
            return;
        }
        frames.add(frame);
        waitingBytes += Frames.size(frame);
        if (!flushIsDue) {
            flushIsDue = true;
            context.nettyEventLoop().execute(this::flush);
        }
    }

    /** Nothing is sent any more. */
    void close() {
        closed = true;
        frames.clear();
    }

    void heartbeat() {
        byte[] record = new byte[RecordKey.sealedBytes(0)];
        key.seal(NOTHING, 0, 0, record, 0);
        socket.write(BufferInternal.buffer(Unpooled.wrappedBuffer(record)));
    }

    private void flush() {
        flushIsDue = false;
        List<byte[]> batches = new ArrayList<>();
        long length = 0;
        while (!frames.isEmpty()) {
            int batchLength = lengthOfNextBatch();
            batches.add(seal(nextBatch(batchLength)));
            length += batchLength;
        }
        if (!batches.isEmpty()) {
            write(batches, length);
        }
    }

    private byte[] nextBatch(int length) {
        byte[] plain = new byte[length];
        int end = 0;
        while (end < length) {
            end = Frames.write(frames.remove(), plain, end);
        }
        return plain;
    }

    /** One record after the other. */
    private byte[] seal(byte[] plain) {
        int max = RecordKey.PLAIN_BYTES_MAX;
        int records = (plain.length + max - 1) / max;
        byte[] sealed = new byte[plain.length + records * RecordKey.sealedBytes(0)];
        int end = 0;
        for (int begin = 0; begin < plain.length; begin += max) {
            int length = Math.min(max, plain.length - begin);
            key.seal(plain, begin, length, sealed, end);
            end += RecordKey.sealedBytes(length);
        }
        return sealed;
    }

    private void write(List<byte[]> batches, long length) {
        ByteBuf bytes = Unpooled.wrappedBuffer(batches.toArray(byte[][]::new));
        socket.write(BufferInternal.buffer(bytes)).onComplete(done -> onWritten(length));
    }

    private int lengthOfNextBatch() {
        int length = 0;
        for (Envelope frame : frames) {
            int size = Frames.size(frame);
            if (length > 0 && length + size > BATCH_BYTES) {
                break;
            }
            length += size;
        }
        return length;
    }

    private void onWritten(long length) {
        waitingBytes -= length;
        if (!closed) {
            onDrained.run();
        }
    }
}
