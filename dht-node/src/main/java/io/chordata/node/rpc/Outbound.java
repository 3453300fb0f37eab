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
 * The sending side of a connection. Frames of one turn of the event loop go out together: sealed in as few records as fit,
 * in one write. Counts what waits until the socket has taken it.
 */
final class Outbound {
    /** Plain bytes in one record, unless a single frame has more. */
    private static final int RECORD_BYTES = 64 << 10;

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
        key.seal(NOTHING, 0, record, 0);
        socket.write(BufferInternal.buffer(Unpooled.wrappedBuffer(record)));
    }

    private void flush() {
        flushIsDue = false;
        List<byte[]> records = new ArrayList<>();
        long length = 0;
        while (!frames.isEmpty()) {
            int recordLength = lengthOfNextRecord();
            records.add(nextRecord(recordLength));
            length += recordLength;
        }
        if (!records.isEmpty()) {
            write(records, length);
        }
    }

    private byte[] nextRecord(int length) {
        byte[] plain = new byte[length];
        int end = 0;
        while (end < length) {
            end = Frames.write(frames.remove(), plain, end);
        }
        byte[] record = new byte[RecordKey.sealedBytes(length)];
        key.seal(plain, length, record, 0);
        return record;
    }

    private void write(List<byte[]> records, long length) {
        ByteBuf bytes = Unpooled.wrappedBuffer(records.toArray(byte[][]::new));
        socket.write(BufferInternal.buffer(bytes)).onComplete(done -> onWritten(length));
    }

    private int lengthOfNextRecord() {
        int length = 0;
        for (Envelope frame : frames) {
            int size = Frames.size(frame);
            if (length > 0 && length + size > RECORD_BYTES) {
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
