package io.chordata.node.rpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.chordata.node.core.Peers.Service;
import io.chordata.node.rpc.RpcProtos.Envelope;
import io.chordata.node.rpc.RpcProtos.Kind;
import io.chordata.node.rpc.RpcProtos.Refusal;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.Arrays;

/**
 * Frames and their bytes: a length of 4 bytes, then an {@link Envelope} of that many. Records carry them as a stream: a frame
 * may begin in one and end in another.
 */
final class Frames {
    /** More than all fields of an envelope but its payload take. */
    private static final int ENVELOPE_BYTES_MAX = 64;

    static final int LENGTH_BYTES = Integer.BYTES;

    /** No envelope is larger: that of the largest message of any service. */
    static final int FRAME_BYTES_MAX = ENVELOPE_BYTES_MAX
            + Arrays.stream(Service.values()).mapToInt(Service::bytesMax).max().orElseThrow();

    private Frames() {}

    static Envelope message(Service service, Buffer payload) {
        return Envelope.newBuilder()
                .setKind(Kind.MESSAGE)
                .setService(service.number())
                .setPayload(bytes(payload))
                .build();
    }

    /** @param clientRequest that it is made for, 0 for none */
    static Envelope request(Service service, long request, long timeoutMillis, long clientRequest, Buffer payload) {
        return Envelope.newBuilder()
                .setKind(Kind.REQUEST)
                .setService(service.number())
                .setRequest(request)
                .setTimeoutMillis((int) Math.min(timeoutMillis, Integer.MAX_VALUE))
                .setClientRequest(clientRequest)
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

    /** What the frame takes. */
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
}
