package io.chordata.node.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.chordata.node.rpc.RpcProtos.Kind;
import io.chordata.node.rpc.RpcProtos.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Frames and their bytes: a length of 4 bytes, then an {@link Envelope} of that many. A record holds one frame or more, or
 * none, which is a heartbeat.
 */
final class Frames {
    /** More than all fields of an envelope but its payload take. */
    private static final int ENVELOPE_BYTES_MAX = 64;

    private static final int LENGTH_BYTES = Integer.BYTES;

    /** No record is larger inside: the largest frame of any service, on its own. */
    static final int RECORD_BYTES_MAX = LENGTH_BYTES
            + ENVELOPE_BYTES_MAX
            + Arrays.stream(Service.values()).mapToInt(Service::bytesMax).max().orElseThrow();

    private Frames() {}

    static Envelope message(Service service, Buffer payload) {
        return Envelope.newBuilder()
                .setKind(Kind.MESSAGE)
                .setService(service.number())
                .setPayload(bytes(payload))
                .build();
    }

    static Envelope request(Service service, long request, long timeoutMillis, Buffer payload) {
        return Envelope.newBuilder()
                .setKind(Kind.REQUEST)
                .setService(service.number())
                .setRequest(request)
                .setTimeoutMillis((int) Math.min(timeoutMillis, Integer.MAX_VALUE))
                .setPayload(bytes(payload))
                .build();
    }

    static Envelope answer(long request, Buffer payload) {
        return Envelope.newBuilder()
                .setKind(Kind.ANSWER)
                .setRequest(request)
                .setPayload(bytes(payload))
                .build();
    }

    static Envelope refusal(long request, Refusal why) {
        return Envelope.newBuilder()
                .setKind(Kind.REFUSAL)
                .setRequest(request)
                .setRefusal(why)
                .build();
    }

    /** A copy, so that the sender may go on with its buffer. */
    private static ByteString bytes(Buffer payload) {
        return UnsafeByteOperations.unsafeWrap(payload.getBytes());
    }

    static Buffer payload(Envelope frame) {
        return Buffer.buffer(frame.getPayload().toByteArray());
    }

    /** What the frame takes within a record. */
    static int size(Envelope frame) {
        return LENGTH_BYTES + frame.getSerializedSize();
    }

    /** Writes the frame at {@code offset}; returns where it ends. */
    static int write(Envelope frame, byte[] target, int offset) {
        int length = frame.getSerializedSize();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(target, offset, LENGTH_BYTES + length);
            out.writeFixed32NoTag(Integer.reverseBytes(length));
            frame.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return offset + LENGTH_BYTES + length;
    }

    /**
     * The frames of a record.
     *
     * @throws IOException if it does not hold frames and nothing else
     */
    static List<Envelope> read(byte[] record) throws IOException {
        List<Envelope> frames = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(record);
        while (!in.isAtEnd()) {
            int length = Integer.reverseBytes(in.readRawLittleEndian32());
            int outer = in.pushLimit(length);
            frames.add(Envelope.parseFrom(in));
            in.checkLastTagWas(0);
            in.popLimit(outer);
        }
        return frames;
    }
}
